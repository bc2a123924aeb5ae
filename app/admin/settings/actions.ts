"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { staffCommand } from "@/lib/act";
import { saveSettings } from "@/lib/settings/commands";
import { SettingsInput } from "@/lib/settings/schema";
import { settingsFrom } from "./settings-input";

const save = staffCommand("save-settings", "settings.write", SettingsInput, saveSettings);

/** Saves the section that the form is about. */
export async function saveSettingsForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([save(settingsFrom(form)), getTranslations("adminSettings")]);
  if (!outcome.ok) return refusedState(outcome);
  refresh();
  return { status: "done", message: t("saved") };
}
