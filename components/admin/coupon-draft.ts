import type { CouponKind, CouponScope, CouponUnit } from "@/db/schema/coupons";
import type { FindChoices, NamedChoice } from "./use-found";

/** A template as its form edits it: amounts as they are typed, days of the programme, or nothing. */
export type CouponDraft = {
  id?: number;
  name: string;
  nameEn: string;
  kind: CouponKind;
  unit: CouponUnit;
  amount: string;
  percent: string;
  amountMax: string;
  minSpend: string;
  giftSkuId: number | null;
  scope: CouponScope;
  scopeIds: readonly number[];
  validity: "days" | "until";
  validDays: number | string;
  validFrom: string;
  validUntil: string;
  isClaimable: boolean;
  claimFrom: string;
  claimUntil: string;
  claimLimit: number;
  minLevelId: number | null;
  segmentId: number | null;
  issuedMax: number;
  status: "draft" | "active" | "archived";
  position: number;
  /** Somebody has one: what it does cannot change. */
  isIssued: boolean;
};

export type CouponChoices = { categories: readonly NamedChoice[]; products: readonly NamedChoice[]; gifts: readonly NamedChoice[]; levels: readonly NamedChoice[]; segments: readonly NamedChoice[] };

/** Where a form came with some goods, and not with all, how more are found. */
export type CouponFinders = { products: FindChoices | null; gifts: FindChoices | null };
