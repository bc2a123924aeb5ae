"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { roleFields } from "../team/role-choice";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { changeRole, endSessions, freezeAccount, unfreezeAccount } from "@/lib/accounts/commands";
import { FreezeInput, RoleInput, UserInput } from "@/lib/accounts/schema";
import { staffCommand, type Outcome } from "@/lib/act";

const freeze = staffCommand("freeze-account", "people.manage", FreezeInput, freezeAccount);
const unfreeze = staffCommand("unfreeze-account", "people.manage", UserInput, unfreezeAccount);
const end = staffCommand("end-sessions", "people.manage", UserInput, endSessions);
const assign = staffCommand("change-role", "staff.manage", RoleInput, changeRole);

export async function freezeForm(_: FormState, form: FormData): Promise<FormState> {
  return answer(form, freeze, "frozen");
}

export async function unfreezeForm(_: FormState, form: FormData): Promise<FormState> {
  return answer(form, unfreeze, "unfrozen");
}

export async function endSessionsForm(_: FormState, form: FormData): Promise<FormState> {
  return answer(form, end, "sessionsEnded");
}

export async function changeRoleForm(_: FormState, form: FormData): Promise<FormState> {
  const { role = "", ...fields } = formFields(form);
  return answer(form, () => assign({ ...fields, ...roleFields(role) }), "roleChanged");
}

type Done = "frozen" | "unfrozen" | "sessionsEnded" | "roleChanged";

async function answer(form: FormData, command: (input: unknown) => Promise<Outcome<unknown>>, done: Done): Promise<FormState> {
  const [outcome, t] = await Promise.all([command(formFields(form)), getTranslations("admin.user")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", message: t(`done.${done}`) };
}
