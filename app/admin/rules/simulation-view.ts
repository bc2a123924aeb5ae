import "server-only";

import { getLocale, getTranslations } from "next-intl/server";
import { inLanguage } from "../../(shop)/views";
import type { SimulationView } from "@/components/admin/rule-simulator";
import type { Db } from "@/db/client";
import { formatCash, formatDayOf, formatPoints, formatSignedPoints } from "@/lib/i18n";
import { HAPPENINGS_MAX, type Replay } from "@/lib/rules/replay/queries";
import { LEVEL_SHARE } from "@/lib/rules/simulate";
import { listRuleTitles } from "@/lib/rules/staff-queries";
import type { Policy } from "@/lib/settings/policy";

/** A replay in the reader's words and numbers. Points are worth what they take off a price. */
export async function simulationView(db: Db, { id, policy, replay }: { id: number; policy: Policy; replay: Replay }): Promise<SimulationView> {
  const [t, locale, titles] = await Promise.all([getTranslations("adminRules.simulator"), getLocale(), listRuleTitles(db)]);
  const day = (at: Date): string => formatDayOf(locale, at, policy.timeZone, "day");
  const cost = (points: number): string => formatCash(locale, Math.round((points * 100) / policy.pointsPerYuan));
  const nameOf = (ruleId: number): string => {
    if (ruleId === id) return t("thisRule");
    if (ruleId === LEVEL_SHARE) return t("levelShare");
    const title = titles.get(ruleId);
    return title ? inLanguage(locale, title.name, title.nameEn) : t("goneRule", { id: String(ruleId) });
  };
  const difference = replay.drafted - replay.replayed;
  return {
    span: t("span", { from: day(replay.since), to: day(replay.until), happenings: replay.happenings }),
    notes: [
      ...(replay.isCut ? [{ tone: "warning" as const, text: t("cutOff", { max: HAPPENINGS_MAX, from: day(replay.since) }) }] : []),
      ...(replay.happenings === 0 ? [{ tone: "info" as const, text: t("empty") }] : []),
      replay.isExact ? { tone: "success" as const, text: t("exact") } : { tone: "warning" as const, text: t("inexact", { replayed: replay.replayed, booked: replay.booked }) },
    ],
    figures: [
      { label: t("actual"), points: formatPoints(locale, replay.booked), cost: cost(replay.booked) },
      { label: t("simulated"), points: formatPoints(locale, replay.drafted), cost: cost(replay.drafted) },
      { label: t("difference"), points: formatSignedPoints(locale, difference), cost: cost(difference) },
    ],
    people: t("people", { gaining: replay.gaining, losing: replay.losing }),
    rules: replay.rules.map(({ ruleId, booked, replayed, drafted }) => ({
      name: nameOf(ruleId), actual: formatPoints(locale, booked), simulated: formatPoints(locale, drafted), difference: formatSignedPoints(locale, drafted - replayed),
    })),
    top: replay.top.map(({ emailMasked, points }) => ({ name: emailMasked, gain: formatSignedPoints(locale, points) })),
  };
}
