import { formatCash, formatPoints, type Locale } from "@/lib/i18n";
import type { PointsName } from "@/lib/points-name";
import { translatorsOf } from "@/lib/points-words";
import en from "@/messages/en/coupons.json";
import zh from "@/messages/zh-CN/coupons.json";

import type { CouponTerms } from "./discount";

/** What a sentence needs to name what a template only numbers. */
export type CouponNames = { /** Of its categories or products. */ scope: readonly string[]; /** Of its gift; null where it brings none. */ gift: string | null };

type Spoken = Pick<CouponTerms, "kind" | "unit" | "amount" | "percent" | "amountMax" | "minSpend" | "scope">;

const words = translatorsOf({ "zh-CN": zh, en });
type Words = ReturnType<typeof words>;

/** Longer lists are summed up. */
const NAMES_MAX = 3;

/** What a coupon does, from what one must spend, and on what: `couponEffect` reads the same fields, so the sentence says what will happen. */
export function couponSentence(terms: Spoken, locale: Locale, names: CouponNames, points?: PointsName): string {
  const t = words(locale, points);
  const parts = { effect: effectOf(t, locale, terms, names.gift ?? ""), scope: scopeOf(t, terms.scope, names.scope) };
  if (terms.minSpend === 0) return t("sentence.open", parts);
  const minimum = terms.unit === "cash" ? shortCash(locale, terms.minSpend) : formatPoints(locale, terms.minSpend);
  return t("sentence.whole", { ...parts, minimum: t(`sentence.minimum.${terms.unit}`, { minimum }) });
}

/** The same in the few letters of a badge, with what it is below. */
export function couponBadge(terms: Spoken, locale: Locale, points?: PointsName): { figure: string; unit: string } {
  const t = words(locale, points);
  const { kind, unit, percent } = terms;
  if (kind === "amount") return { figure: t("badge.amount", { amount: unit === "cash" ? shortCash(locale, terms.amount) : formatPoints(locale, terms.amount) }), unit: t(`badgeUnit.${unit}`) };
  if (kind === "percent") return { figure: percent === 100 ? t("badge.free") : t("badge.percent", { off: offOf(locale, percent) }), unit: t("badgeUnit.percent") };
  return { figure: t(`badge.${kind}`), unit: t(`badgeUnit.${kind}`) };
}

function effectOf(t: Words, locale: Locale, { kind, unit, amount, percent, amountMax }: Spoken, gift: string): string {
  const inUnit = (value: number): string => (unit === "cash" ? shortCash(locale, value) : t("sentence.points", { points: formatPoints(locale, value) }));
  if (kind === "amount") return t("sentence.effect.amount", { amount: inUnit(amount) });
  if (kind === "gift") return t("sentence.effect.gift", { gift });
  if (kind === "free_delivery") return t("sentence.effect.free_delivery");
  if (amountMax > 0) return t("sentence.effect.percentMax", { off: offOf(locale, percent), most: inUnit(amountMax) });
  return percent === 100 ? t("sentence.effect.free") : t("sentence.effect.percent", { off: offOf(locale, percent) });
}

/** Chinese names the tenths that stay, English the hundredths that go: 12 is 8.8 or 12. */
const offOf = (locale: Locale, percent: number): string => (locale === "en" ? String(percent) : String((100 - percent) / 10));

function scopeOf(t: Words, scope: Spoken["scope"], names: readonly string[]): string {
  if (scope === "all") return t("sentence.scope.all");
  const shown = names.slice(0, NAMES_MAX).map((name) => t("sentence.name", { name })).join(t("sentence.and"));
  return t(`sentence.scope.${scope}`, { names: names.length > NAMES_MAX ? t("sentence.more", { names: shown, count: names.length }) : shown });
}

/** `¥100`, `¥9.90`. */
const shortCash = (locale: Locale, cents: number): string => formatCash(locale, cents).replace(/\.00$/, "");
