import "server-only";

import { getMessages } from "next-intl/server";
import type { Reading } from "../../(shop)/reading";
import { inLanguage } from "../../(shop)/views";
import { readFaces } from "../../(shop)/coupons/coupon-views";
import { findGiftChoices, findProductChoices } from "../goods/actions";
import { productChoice, skuChoices } from "../goods/choices";
import type { CouponChoices, CouponDraft, CouponFinders } from "@/components/admin/coupon-draft";
import type { CouponWords } from "@/components/admin/coupon-words";
import { CHOICES_MAX } from "@/lib/catalog/finding/queries";
import { yuanFromCents } from "@/lib/catalog/yuan";
import type { CouponTerms } from "@/lib/coupons/discount";
import { listChoices, type StaffTemplate } from "@/lib/coupons/staff-queries";
import { dayOf } from "@/lib/day";
import { listLevels } from "@/lib/levels/queries";
import { listSegmentChoices } from "@/lib/segments/staff-queries";

export async function readCouponWords(): Promise<CouponWords> {
  const { form, status } = (await getMessages()).adminCoupons;
  return { ...form, statuses: status };
}

export async function readCouponChoices({ db, locale }: Reading, named: Pick<StaffTemplate, "scope" | "scopeIds" | "giftSkuId">, andAbove: (level: string) => string): Promise<{ choices: CouponChoices; finders: CouponFinders }> {
  const [{ categories, products, gifts }, levels, segments] = await Promise.all([listChoices(db, named), listLevels(db), listSegmentChoices(db)]);
  const only = (each: { id: number; name: string; nameEn: string }) => productChoice(locale, each);
  return {
    choices: {
      categories: categories.map(only), products: products.map(only), segments: segments.map(only), gifts: await skuChoices(locale, gifts),
      levels: levels.map((level) => ({ id: level.id, name: andAbove(inLanguage(locale, level.name, level.nameEn)) })),
    },
    finders: { products: products.length < CHOICES_MAX ? null : findProductChoices, gifts: gifts.length < CHOICES_MAX ? null : findGiftChoices },
  };
}

export const emptyCoupon: CouponDraft = {
  name: "", nameEn: "", kind: "amount", unit: "cash", amount: "", percent: "", amountMax: "0", minSpend: "0", giftSkuId: null, scope: "all", scopeIds: [], validity: "days", validDays: 30, validFrom: "", validUntil: "",
  isClaimable: false, claimFrom: "", claimUntil: "", claimLimit: 1, minLevelId: null, segmentId: null, issuedMax: 0, status: "draft", position: 0, isIssued: false,
};

/** Only what the form edits goes to the browser; an end is shown as the last day that it holds. */
export function draftOf(template: StaffTemplate, timeZone: string): CouponDraft {
  const amount = (value: number): string => (template.unit === "cash" ? yuanFromCents(value).replace(/\.00$/, "") : String(value));
  const first = (at: Date | null): string => (at ? dayOf(at, timeZone) : "");
  const last = (at: Date | null): string => (at ? dayOf(new Date(at.getTime() - 1), timeZone) : "");
  const { id, name, nameEn, kind, unit, giftSkuId, scope, scopeIds, isClaimable, claimLimit, minLevelId, segmentId, issuedMax, status, position } = template;
  return {
    id, name, nameEn, kind, unit, giftSkuId, scope, scopeIds, isClaimable, claimLimit, minLevelId, segmentId, issuedMax, status, position,
    amount: amount(template.amount), percent: String(template.percent || ""), amountMax: amount(template.amountMax), minSpend: amount(template.minSpend),
    validity: template.validUntil ? "until" : "days", validDays: template.validDays ?? "", validFrom: first(template.validFrom), validUntil: last(template.validUntil),
    claimFrom: first(template.claimFrom), claimUntil: last(template.claimUntil), isIssued: template.issued > 0,
  };
}

/** A template as its sentence. */
export async function readSentence(reading: Reading, terms: CouponTerms): Promise<string> {
  const named = { ...terms, name: "", nameEn: "" };
  return (await readFaces(reading, [named]))(named).sentence;
}
