"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { db } from "@/db/client";
import { changeRole, endSessions, freezeAccount, unfreezeAccount } from "@/lib/accounts/commands";
import { mayChangeRole, mayManageAccount } from "@/lib/accounts/permission";
import { FreezeInput, RoleInput, UserInput } from "@/lib/accounts/schema";
import { findRole } from "@/lib/accounts/staff-queries";
import { staffCommand, type Outcome } from "@/lib/act";
import { requireStaff } from "@/lib/auth";
import { refuse } from "@/lib/refusal";

const freeze = staffCommand(FreezeInput, freezeAccount);
const unfreeze = staffCommand(UserInput, unfreezeAccount);
const end = staffCommand(UserInput, endSessions);
const assign = staffCommand(RoleInput, changeRole);

export async function freezeForm(_: FormState, form: FormData): Promise<FormState> {
  return answer(form, mayManageAccount, freeze, "frozen");
}

export async function unfreezeForm(_: FormState, form: FormData): Promise<FormState> {
  return answer(form, mayManageAccount, unfreeze, "unfrozen");
}

export async function endSessionsForm(_: FormState, form: FormData): Promise<FormState> {
  return answer(form, mayManageAccount, end, "sessionsEnded");
}

export async function changeRoleForm(_: FormState, form: FormData): Promise<FormState> {
  return answer(form, mayChangeRole, assign, "roleChanged");
}

type Done = "frozen" | "unfrozen" | "sessionsEnded" | "roleChanged";

/** What the page does not offer to a role is not accepted from it either. */
async function answer(form: FormData, may: typeof mayManageAccount, command: (input: unknown) => Promise<Outcome<unknown>>, done: Done): Promise<FormState> {
  const fields = formFields(form);
  const [staff, person, t] = await Promise.all([requireStaff(), findRole(db(), Number(fields.userId) || 0), getTranslations("admin.user")]);
  const outcome = person && may(staff, person) ? await command(fields) : refuse(person ? "forbidden" : "not_found");
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", message: t(`done.${done}`) };
}
