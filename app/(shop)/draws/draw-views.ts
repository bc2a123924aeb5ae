import "server-only";

import type { getTranslations } from "next-intl/server";
import type { Reading } from "../reading";
import { inLanguage } from "../views";
import type { IconName } from "@/components/ui/icon";
import type { PrizeKind } from "@/db/schema/draws";
import type { Draw } from "@/lib/draws/draw";
import { oddsOfNothing, type TablePrize } from "@/lib/draws/prize";
import { formatInstant, formatPoints, type Locale } from "@/lib/i18n";

export type DrawWords = Awaited<ReturnType<typeof getTranslations<"draws">>>;

const icons: Record<PrizeKind, IconName> = { points: "coin", coupon: "ticket", make_up_card: "calendar-check", nothing: "minus" };
export const iconOf = (kind: PrizeKind): IconName => icons[kind];

export const prizeName = (locale: Locale, prize: Pick<TablePrize, "name" | "nameEn">): string => inLanguage(locale, prize.name, prize.nameEn);

/** "12.5%", as exactly as the odds are kept. */
export const formatOdds = (locale: Locale, ppm: number): string => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 4 }).format(ppm / 1_000_000);

/** A slice of the wheel, and a line of the list of odds. */
export type Slice = { key: string; prizeId: number | null; kind: PrizeKind; name: string; short: string; odds: string; stock: number | null };

/** The prizes of a round in their order; nothing is a slice of its own where the odds leave any. */
export function slicesOf({ locale }: Reading, t: DrawWords, prizes: readonly TablePrize[], stock: ReadonlyMap<number, number>): Slice[] {
  const slices = prizes.map((prize): Slice => ({
    key: String(prize.id), prizeId: prize.id, kind: prize.kind, name: prizeName(locale, prize), short: prize.kind === "points" ? formatPoints(locale, prize.amount) : "",
    odds: formatOdds(locale, prize.oddsPpm), stock: stock.get(prize.id) ?? null,
  }));
  const rest = oddsOfNothing(prizes);
  return rest > 0 ? [...slices, { key: "nothing", prizeId: null, kind: "nothing", name: t("nothing"), short: "", odds: formatOdds(locale, rest), stock: null }] : slices;
}

/** What a spin costs, in a few words: points, free ones, or only granted ones. */
export function costOf({ locale }: Reading, t: DrawWords, { spinPoints, freeSpinsPerDay }: Draw): string {
  const parts = [...(freeSpinsPerDay > 0 ? [t("freePerDay", { times: freeSpinsPerDay })] : []), ...(spinPoints > 0 ? [t("costs", { points: formatPoints(locale, spinPoints) })] : [])];
  return parts.length > 0 ? parts.join(" · ") : t("onlyGranted");
}

/** Until when, or from when. */
export function timeOf({ locale, now, policy }: Reading, t: DrawWords, { startsAt, endsAt }: Draw): string | null {
  if (startsAt && startsAt > now) return t("startsAt", { at: formatInstant(locale, startsAt, policy.timeZone) });
  return endsAt ? t("until", { until: formatInstant(locale, endsAt, policy.timeZone) }) : null;
}
