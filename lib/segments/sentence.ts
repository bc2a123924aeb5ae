import { formatPoints, type Locale } from "@/lib/i18n";
import type { PointsName } from "@/lib/points-name";
import { translatorsOf } from "@/lib/points-words";
import en from "@/messages/en/adminSegments.json";
import zh from "@/messages/zh-CN/adminSegments.json";

import type { SegmentDefinition } from "./segment";

const words = translatorsOf({ "zh-CN": zh, en });

/** What a segment can ask of people by a number, in the order in which it is said. */
export const CONDITIONS = [
  "joinedWithinDays", "joinedBeforeDays", "ordersMin", "ordersMax", "paidOrdersMin", "orderedWithinDays", "noOrderForDays", "checkedInWithinDays", "noCheckInForDays", "pointsMin", "pointsExpiringWithinDays",
] as const satisfies readonly (keyof SegmentDefinition)[];

/** Who belongs to a segment, in words: `conditionOf` reads the same fields, so the sentence says who will be found. */
export function segmentSentence(definition: SegmentDefinition, locale: Locale, levels: ReadonlyMap<number, string>, points?: PointsName): string {
  const t = words(locale, points);
  const onLevels = definition.levelIds?.map((id) => levels.get(id) ?? String(id)).join(t("sentence.between"));
  const groups = definition.rfmGroups?.map((group) => t(`groups.${group}`)).join(t("sentence.between"));
  const conditions = [
    ...(onLevels ? [t("sentence.levelIds", { names: onLevels })] : []),
    ...(groups ? [t("sentence.rfmGroups", { names: groups })] : []),
    ...CONDITIONS.flatMap((condition) => {
      const value = definition[condition];
      return value === undefined ? [] : [t(`sentence.${condition}`, { value: formatPoints(locale, value) })];
    }),
  ].join(t("sentence.and"));
  const people = definition.userIds?.length ?? 0;
  if (conditions === "") return people > 0 ? t("sentence.only", { people }) : t("sentence.none");
  return people > 0 ? t("sentence.or", { conditions, people }) : t("sentence.all", { conditions });
}
