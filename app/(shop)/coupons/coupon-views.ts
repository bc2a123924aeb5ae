import "server-only";

import type { Route } from "next";
import type { Reading } from "../reading";
import { inLanguage } from "../views";
import { dayOf, daysBetween } from "@/lib/day";
import type { CouponTerms } from "@/lib/coupons/discount";
import { readNames, type Names, type TwoNames } from "@/lib/coupons/queries";
import { couponBadge, couponSentence } from "@/lib/coupons/sentence";
import { formatDayOf, formatInstant } from "@/lib/i18n";
import { pointsNameOf } from "@/lib/points-name";

type Spoken = CouponTerms & TwoNames;

/** What stands on every ticket: its few big letters, its name and what it does. */
export type TicketFace = { figure: string; unit: string; isPoints: boolean; name: string; sentence: string; /** Where it can be used. */ href: Route };

/** How tickets of these templates read, for a person who reads this language. */
export async function readFaces({ db, locale, policy }: Reading, terms: readonly Spoken[]): Promise<(each: Spoken) => TicketFace> {
  const names = await readNames(db, terms.map(({ scope, scopeIds, giftSkuId }) => ({ scope, scopeIds: [...scopeIds], giftSkuId })));
  const say = ({ name, nameEn }: TwoNames): string => inLanguage(locale, name, nameEn);
  const points = pointsNameOf(policy);
  return (each) => {
    const named = each.scope === "all" ? [] : each.scopeIds.flatMap((id) => names[each.scope as "categories" | "products"].get(id) ?? []);
    const gift = each.giftSkuId === null ? null : names.gifts.get(each.giftSkuId);
    return {
      ...couponBadge(each, locale, points), isPoints: each.unit === "points" && (each.kind === "amount" || each.kind === "percent"), name: say(each),
      sentence: couponSentence(each, locale, { scope: named.map(say), gift: gift ? say(gift) : null }, points), href: placeOf(each, names),
    };
  };
}

/** Of several goods the first: any of them will do. */
function placeOf({ kind, minSpend, scope, scopeIds }: CouponTerms, names: Names): Route {
  if (kind === "gift" && minSpend === 0) return "/checkout";
  const [first] = scopeIds;
  const slug = first === undefined || scope === "all" ? undefined : names[scope].get(first)?.slug;
  if (slug === undefined) return "/shop";
  return (scope === "products" ? `/products/${slug}` : `/shop?category=${slug}`) as Route;
}

/** The last programme day on which a coupon can be used; the minute where it does not end with a day. */
export function lastMoment({ locale, policy }: Reading, expiresAt: Date): string {
  const zone = policy.timeZone;
  const last = new Date(expiresAt.getTime() - 1);
  return dayOf(last, zone) === dayOf(expiresAt, zone) ? formatInstant(locale, expiresAt, zone) : formatDayOf(locale, last, zone);
}

/** Programme days that are left after today. */
export const daysLeft = ({ today, policy }: Reading, expiresAt: Date): number => daysBetween(today, dayOf(new Date(expiresAt.getTime() - 1), policy.timeZone));
