"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { getTranslations } from "next-intl/server";
import { startReading } from "../../(shop)/reading";
import { inLanguage } from "../../(shop)/views";
import { refreshSoon } from "./refresh-soon";
import { segmentFrom } from "./segment-input";
import { formFields, refusedState } from "@/app/outcome";
import { hrefWith } from "@/components/admin/href";
import type { SegmentPreview } from "@/components/admin/segment-words";
import type { FormState } from "@/components/ui/form-state";
import { db } from "@/db/client";
import { staffAction, staffCommand, type Outcome } from "@/lib/act";
import { listLevels } from "@/lib/levels/queries";
import { succeed } from "@/lib/outcome";
import { pointsNameOf } from "@/lib/points-name";
import { askRefresh, saveSegment } from "@/lib/segments/commands";
import { RefreshSegmentInput, SegmentInput, SegmentPreviewInput } from "@/lib/segments/schema";
import { segmentSentence } from "@/lib/segments/sentence";
import { countMatching } from "@/lib/segments/staff-queries";

const save = staffCommand("save-segment", "marketing.write", SegmentInput, saveSegment);
const ask = staffCommand("refresh-segment", "marketing.write", RefreshSegmentInput, askRefresh);

/** Makes a segment and goes to its page, with its people written down where that does not take long. */
export async function createSegmentForm(_: FormState, form: FormData): Promise<FormState> {
  const saved = await saveFrom(form);
  if (!saved.ok) return saved.state;
  await refreshSoon();
  redirect(hrefWith(`/admin/segments/${saved.id}`, { created: 1 }));
}

export async function saveSegmentForm(_: FormState, form: FormData): Promise<FormState> {
  const [saved, t] = await Promise.all([saveFrom(form), getTranslations("admin.words")]);
  if (!saved.ok) return saved.state;
  await refreshSoon();
  refresh();
  return { status: "done", message: t("saved") };
}

export async function refreshSegmentForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([ask(formFields(form)), getTranslations("adminSegments")]);
  if (!outcome.ok) return refusedState(outcome);
  const isDone = await refreshSoon();
  refresh();
  return { status: "done", message: t(isDone ? "refreshed" : "refreshingSoon") };
}

async function saveFrom(form: FormData): Promise<{ ok: true; id: number } | { ok: false; state: FormState }> {
  const [read, t] = await Promise.all([readForm(form), getTranslations("adminSegments.form")]);
  if (!read.ok) return { ok: false, state: await refusedState(read) };
  const { input, unknown } = read.value;
  if (unknown.length > 0) return { ok: false, state: { status: "refused", fields: { people: t("peopleUnknown", { emails: unknown.slice(0, 5).join(", ") }) } } };
  const outcome = await save(input);
  if (outcome.ok) return { ok: true, id: outcome.value.id };
  return { ok: false, state: await refusedSegment(outcome, t("needsOne")) };
}

/** What is wrong with a condition stands at its line; none at all stands at their heading. */
async function refusedSegment(refused: Extract<Outcome<unknown>, { ok: false }>, needsOne: string): Promise<FormState> {
  const state = await refusedState(refused);
  const fields = Object.entries(state.fields ?? {}).map(([field, sentence]) => (field === "definition" ? [field, needsOne] : [field.replace(/^definition\.(\w+).*$/, "$1"), sentence]));
  return { ...state, fields: Object.fromEntries(fields) as Record<string, string> };
}

/** It tells which addresses have an account: for who may write segments, and no more often than they may write. */
const readForm = staffAction("marketing.write", z.instanceof(FormData), async (_, form) => succeed(await segmentFrom(db(), form)));

const asked = staffAction("marketing.read", SegmentPreviewInput, async (_, { definition }) => {
  const { db: reader, now, locale, policy } = await startReading();
  const [people, levels] = await Promise.all([countMatching(definition, now, policy.timeZone), listLevels(reader)]);
  return succeed({ people, sentence: segmentSentence(definition, locale, new Map(levels.map((level) => [level.id, inLanguage(locale, level.name, level.nameEn)])), pointsNameOf(policy)) });
});

/** Who the form means so far, and how many they are now. */
export async function previewSegment(form: FormData): Promise<SegmentPreview> {
  const [read, t] = await Promise.all([readForm(form), getTranslations("adminSegments.form")]);
  const answer = read.ok ? await asked({ definition: read.value.input.definition }) : read;
  if (!answer.ok) return { sentence: null, count: t("previewNone") };
  const { people, sentence } = answer.value;
  return { sentence, count: people === null ? t("previewLong") : t("previewCount", { people }) };
}
