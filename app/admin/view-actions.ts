"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { Route } from "next";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { staffCommand, type Outcome } from "@/lib/act";
import { deleteView, overwriteView, renameView, saveView } from "@/lib/views/commands";
import { NewViewInput, OverwriteViewInput, RenameViewInput, ViewInput } from "@/lib/views/schema";

// Everybody who works here may keep views of what they see; which lists they see, and what they may share, the commands judge.
const save = staffCommand("save-view", null, NewViewInput, saveView);
const rename = staffCommand("rename-view", null, RenameViewInput, renameView);
const overwrite = staffCommand("overwrite-view", null, OverwriteViewInput, overwriteView);
const remove = staffCommand("delete-view", null, ViewInput, deleteView);

/** Keeps what the list shows, and goes to the new view. */
export async function saveViewForm(_: FormState, form: FormData): Promise<FormState> {
  const { path = "", ...fields } = formFields(form);
  const outcome = await save(fields);
  if (!outcome.ok) return refusedState(outcome, form);
  redirect(withView(path, fields, outcome.value.viewId));
}

/** A path of the back office, whatever the form says. */
function withView(path: string, { query = "", columns = "" }: Record<string, string>, viewId: number): Route {
  const params = new URLSearchParams(query);
  if (columns) params.set("cols", columns);
  params.set("v", String(viewId));
  return `${/^\/admin(\/[\w-]+)*$/.test(path) ? path : "/admin"}?${params.toString()}` as Route;
}

export const renameViewForm = async (_: FormState, form: FormData): Promise<FormState> => answer(form, rename, "viewRenamed");

export const overwriteViewForm = async (_: FormState, form: FormData): Promise<FormState> => answer(form, overwrite, "viewSaved");

/** Takes the view away, and shows the list as it is without it. */
export async function deleteViewForm(_: FormState, form: FormData): Promise<FormState> {
  return answer(form, remove, "viewDeleted");
}

async function answer(form: FormData, command: (input: unknown) => Promise<Outcome<unknown>>, done: "viewRenamed" | "viewSaved" | "viewDeleted"): Promise<FormState> {
  const [outcome, t] = await Promise.all([command(formFields(form)), getTranslations("admin.list")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", message: t(done) };
}
