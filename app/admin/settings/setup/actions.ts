"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { settingsFrom } from "../settings-input";
import { refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { staffCommand } from "@/lib/act";
import { saveSettings } from "@/lib/settings/commands";
import { SettingsInput } from "@/lib/settings/schema";

const save = staffCommand("save-settings", "settings.write", SettingsInput, saveSettings);

/** Puts the checklist of a new shop away, or back on the overview. */
export async function showSetupForm(_: FormState, form: FormData): Promise<FormState> {
  const input = settingsFrom(form);
  const [outcome, t] = await Promise.all([save(input), getTranslations("adminFrame.setup")]);
  if (!outcome.ok) return refusedState(outcome);
  refresh();
  return { status: "done", message: t(input.setupHidden === true ? "dismissed" : "shown") };
}
