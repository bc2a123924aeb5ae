import "server-only";

import { getMessages, getTranslations } from "next-intl/server";
import type { Reading } from "../../(shop)/reading";
import { inLanguage } from "../../(shop)/views";
import type { SegmentDraft } from "@/components/admin/segment-form";
import { SEGMENT_FIELDS, type SegmentPreview, type SegmentWords } from "@/components/admin/segment-words";
import { listEmails } from "@/lib/accounts/people-queries";
import { listLevels } from "@/lib/levels/queries";
import { pointsNameOf } from "@/lib/points-name";
import { RFM_GROUPS } from "@/lib/segments/segment";
import { segmentSentence } from "@/lib/segments/sentence";
import type { StaffSegment } from "@/lib/segments/staff-queries";

export async function readSegmentWords(): Promise<SegmentWords> {
  return (await getMessages()).adminSegments.form;
}

export const emptySegment: SegmentDraft = { name: "", nameEn: "", isActive: true, levelIds: [], rfmGroups: [], conditions: [], people: "" };

export async function readLevelChoices({ db, locale }: Reading): Promise<{ id: number; name: string }[]> {
  return (await listLevels(db)).map((level) => ({ id: level.id, name: inLanguage(locale, level.name, level.nameEn) }));
}

/** The groups that the reports put people in by their orders. */
export async function readGroupChoices(): Promise<{ id: string; name: string }[]> {
  const t = await getTranslations("adminSegments.groups");
  return RFM_GROUPS.map((group) => ({ id: group, name: t(group) }));
}

export async function draftOf({ db }: Reading, { id, name, nameEn, isActive, definition }: StaffSegment): Promise<SegmentDraft> {
  const conditions = SEGMENT_FIELDS.flatMap((field) => (definition[field] === undefined ? [] : [{ field, value: definition[field] }]));
  return { id, name, nameEn, isActive, levelIds: definition.levelIds ?? [], rfmGroups: definition.rfmGroups ?? [], conditions, people: (await listEmails(db, definition.userIds ?? [])).join("\n") };
}

/** What the form says as the page comes: who it is, and how many were written down. */
export async function firstPreview({ locale, policy }: Reading, { definition, members }: StaffSegment, levels: readonly { id: number; name: string }[]): Promise<SegmentPreview> {
  const t = await getTranslations("adminSegments.form");
  return { sentence: segmentSentence(definition, locale, new Map(levels.map(({ id, name }) => [id, name])), pointsNameOf(policy)), count: t("previewCount", { people: members }) };
}
