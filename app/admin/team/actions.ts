"use server";

import type { Route } from "next";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { sendMailSoon } from "@/app/mail-soon";
import { formFields, refusedState } from "@/app/outcome";
import { hrefWith } from "@/components/admin/href";
import type { FormState } from "@/components/ui/form-state";
import { changeRole, endSessions } from "@/lib/accounts/commands";
import { inviteStaff, resendInvitation, revokeInvitation } from "@/lib/accounts/invitations/commands";
import { deleteRole, saveRole } from "@/lib/accounts/roles/commands";
import { InvitationIdInput, InvitationInput, RoleIdInput, RoleInput, StaffRoleInput, UserInput } from "@/lib/accounts/schema";
import { resetSecondFactor } from "@/lib/accounts/second-factor/commands";
import { staffAction, staffCommand } from "@/lib/act";
import { env } from "@/lib/env";
import { mailIsConfigured } from "@/lib/mail";
import { succeed } from "@/lib/outcome";
import { perform } from "@/lib/perform";
import { staffActor } from "@/lib/staff";
import { roleFields } from "./role-choice";

const saveRoleOnce = staffCommand("save-staff-role", "staff.manage", StaffRoleInput, saveRole);
const removeRole = staffCommand("delete-staff-role", "staff.manage", RoleIdInput, deleteRole);
const assign = staffCommand("change-role", "staff.manage", RoleInput, changeRole);
const reset = staffCommand("reset-second-factor", "staff.manage", UserInput, resetSecondFactor);
const end = staffCommand("end-staff-sessions", "staff.manage", UserInput, endSessions);
const revoke = staffCommand("revoke-invitation", "staff.manage", InvitationIdInput, revokeInvitation);
// Not kept as the answer of a request: a link stands nowhere but in the mail, and here for once where none can be sent.
const invite = staffAction("staff.manage", InvitationInput, async (staff, input) => succeed(await perform(staffActor(staff), (ctx) => inviteStaff(ctx, input))));
const resend = staffAction("staff.manage", InvitationIdInput, async (staff, input) => succeed(await perform(staffActor(staff), (ctx) => resendInvitation(ctx, input))));

export async function saveRoleForm(_: FormState, form: FormData): Promise<FormState> {
  const { requestId, id, name } = formFields(form);
  const [outcome, t] = await Promise.all([saveRoleOnce({ requestId, ...(id ? { id } : {}), name, permissions: form.getAll("permissions") }), getTranslations("adminAccess.roleForm")]);
  if (!outcome.ok) return needsOne(await refusedState(outcome), t("needsOne"));
  if (!id) redirect(hrefWith(`/admin/team/roles/${outcome.value.id}`, { created: 1 }));
  refresh();
  return { status: "done", message: t("saved") };
}

/** What is wrong with the list stands at its heading. */
const needsOne = (state: FormState, sentence: string): FormState =>
  Object.keys(state.fields ?? {}).some((field) => field.startsWith("permissions")) ? { ...state, fields: { ...state.fields, permissions: sentence } } : state;

export async function deleteRoleForm(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await removeRole(formFields(form));
  if (!outcome.ok) return refusedState(outcome, form);
  redirect("/admin/team/roles?deleted=1" as Route);
}

export async function changeMemberRoleForm(_: FormState, form: FormData): Promise<FormState> {
  const { requestId, userId, role = "" } = formFields(form);
  const [outcome, t] = await Promise.all([assign({ requestId, userId, ...roleFields(role) }), getTranslations("adminAccess.memberPage")]);
  if (!outcome.ok) return refusedState(outcome, form);
  if (role === "shopper") redirect("/admin/team?removed=1" as Route);
  refresh();
  return { status: "done", message: t("changed") };
}

export async function resetFactorForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([reset(formFields(form)), getTranslations("adminAccess.memberPage")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", message: t("resetDone") };
}

export async function endMemberSessionsForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([end(formFields(form)), getTranslations("adminAccess.memberPage")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", message: t("sessionsEnded") };
}

export async function inviteForm(_: FormState, form: FormData): Promise<FormState> {
  return answerWithLink(await invite(formFields(form)), form, "sent");
}

export async function resendForm(_: FormState, form: FormData): Promise<FormState> {
  return answerWithLink(await resend(formFields(form)), form, "resent");
}

export async function revokeForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([revoke(formFields(form)), getTranslations("adminAccess.invitations")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", message: t("revoked") };
}

/** Where no mail can be sent, whoever invites hands the link over themselves. */
async function answerWithLink(outcome: Awaited<ReturnType<typeof invite>>, form: FormData, done: "sent" | "resent"): Promise<FormState> {
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  if (!mailIsConfigured()) return { status: "done", values: { link: new URL(outcome.value.path, env().NEXTAUTH_URL).href } };
  sendMailSoon();
  return { status: "done", message: (await getTranslations("adminAccess.invitations"))(done) };
}
