import type { getTranslations } from "next-intl/server";
import type { FormAction } from "@/components/ui/form-state";
import type { CalendarDay } from "@/lib/checkin/calendar";
import type { MakeUpOffer as Terms } from "@/lib/checkin/queries";
import { addDays } from "@/lib/day";
import { formatDay, formatPoints, type Locale } from "@/lib/i18n";
import type { PerksHeld } from "@/lib/points/perks/perk";
import type { Policy } from "@/lib/settings/policy";

type CheckInWords = Awaited<ReturnType<typeof getTranslations<"checkIn">>>;
type CommonWords = Awaited<ReturnType<typeof getTranslations<"common">>>;

/** What the sheet says and sends. `days` are those that can be made up. */
export type MakeUpOffer = {
  action: FormAction;
  requestId: string;
  /** The price that is shown: 0 for a card. */
  pointsShown: number;
  /** Why it cannot be done now. */
  obstacle: string | null;
  days: Record<string, { title: string; until: string }>;
  words: Record<"close" | "later" | "pending" | "confirm" | "lead" | "price" | "priceValue" | "priceNote" | "window" | "windowValue" | "left" | "leftValue" | "noBonus", string>;
};

type Facts = { terms: Terms; perks: PerksHeld; pointsAvailable: number; policy: Policy; locale: Locale; days: readonly CalendarDay[] };

export function makeUpView({ terms: { left, price }, perks, pointsAvailable, policy, locale, days }: Facts, t: CheckInWords, common: CommonWords): Omit<MakeUpOffer, "action" | "requestId"> {
  const points = price?.pay === "points" ? price.points : 0;
  const byCard = price?.pay !== "points";
  return {
    pointsShown: points,
    obstacle: obstacleOf({ left, hasPrice: price !== null, missing: points - pointsAvailable }, policy, locale, t),
    days: Object.fromEntries(days.map(({ day }) => [day, {
      title: t("makeUp.title", { day: formatDay(locale, day) }), until: t("makeUp.until", { day: formatDay(locale, addDays(day, policy.makeUpDays)) }),
    }])),
    words: {
      close: common("close"), later: t("makeUp.later"), pending: common("pending"), lead: t("makeUp.lead"),
      confirm: byCard ? t("makeUp.confirmCard") : t("makeUp.confirmPoints", { points: formatPoints(locale, points) }),
      price: t("makeUp.price"), priceValue: byCard ? t("makeUp.card") : t("makeUp.points", { points: formatPoints(locale, points) }),
      priceNote: byCard ? t("makeUp.cardHeld", { count: perks.make_up_card }) : t("makeUp.balance", { points: formatPoints(locale, pointsAvailable) }),
      window: t("makeUp.window"), windowValue: t("makeUp.windowValue", { days: policy.makeUpDays }),
      left: t("makeUp.left"), leftValue: t("makeUp.leftValue", { left, limit: policy.makeUpsPerMonth }), noBonus: t("makeUp.noBonus"),
    },
  };
}

function obstacleOf({ left, hasPrice, missing }: { left: number; hasPrice: boolean; missing: number }, { makeUpsPerMonth }: Policy, locale: Locale, t: CheckInWords): string | null {
  if (left === 0) return t("makeUp.limitReached", { limit: makeUpsPerMonth });
  if (!hasPrice) return t("makeUp.needCard");
  return missing > 0 ? t("makeUp.needPoints", { points: missing }) : null;
}
