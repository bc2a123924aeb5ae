import { createTranslator } from "use-intl/core";

import { formatPoints, type Locale } from "@/lib/i18n";
import en from "@/messages/en/adminSegments.json";
import zh from "@/messages/zh-CN/adminSegments.json";

import type { SegmentDefinition } from "./segment";

const words = { "zh-CN": createTranslator({ locale: "zh-CN", messages: zh }), en: createTranslator({ locale: "en", messages: en }) };

/** What a segment can ask of people by a number, in the order in which it is said. */
export const CONDITIONS = [
  "joinedWithinDays", "joinedBeforeDays", "ordersMin", "ordersMax", "paidOrdersMin", "orderedWithinDays", "noOrderForDays", "checkedInWithinDays", "noCheckInForDays", "pointsMin", "pointsExpiringWithinDays",
] as const satisfies readonly (keyof SegmentDefinition)[];
export type NumberCondition = (typeof CONDITIONS)[number];

/** Who belongs to a segment, in words: `conditionOf` reads the same fields, so the sentence says who will be found. */
export function segmentSentence(definition: SegmentDefinition, locale: Locale, levels: ReadonlyMap<number, string>): string {
  const t = words[locale];
  const onLevels = definition.levelIds?.map((id) => levels.get(id) ?? String(id)).join(t("sentence.between"));
  const conditions = [
    ...(onLevels ? [t("sentence.levelIds", { names: onLevels })] : []),
    ...CONDITIONS.flatMap((condition) => {
      const value = definition[condition];
      return value === undefined ? [] : [t(`sentence.${condition}`, { value: formatPoints(locale, value) })];
    }),
  ].join(t("sentence.and"));
  const people = definition.userIds?.length ?? 0;
  if (conditions === "") return people > 0 ? t("sentence.only", { people }) : t("sentence.none");
  return people > 0 ? t("sentence.or", { conditions, people }) : t("sentence.all", { conditions });
}
