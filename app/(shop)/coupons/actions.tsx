"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { startReading } from "../reading";
import { inLanguage } from "../views";
import { COUPONS_PER_PAGE, readMyTab } from "./filter";
import { MyCoupons } from "./my-coupons";
import { formFields, refusedState } from "@/app/outcome";
import type { MorePage } from "@/components/load-more";
import type { FormState } from "@/components/ui/form-state";
import { shopperAction, shopperCommand } from "@/lib/act";
import { requestAddress, requireShopper } from "@/lib/auth";
import { claimCoupon, redeemCode } from "@/lib/coupons/claiming/commands";
import { readCode } from "@/lib/coupons/code";
import { listMyCoupons } from "@/lib/coupons/queries";
import { ClaimCouponInput, RedeemCodeInput } from "@/lib/coupons/schema";
import { limit } from "@/lib/limits";
import { succeed } from "@/lib/outcome";
import { perform } from "@/lib/perform";
import { isRefusal, refuse, type RefusalCode } from "@/lib/refusal";
import { noteWrongCode } from "@/lib/risk/watching/commands";
import { shopperActor } from "@/lib/staff";

const claim = shopperCommand("claim-coupon", ClaimCouponInput, claimCoupon);

/** Takes a coupon in the claim centre, once however often it is pressed. */
export async function claimForm(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await claim(formFields(form));
  refresh();
  if (!outcome.ok) return refusedState(outcome);
  const [t, locale] = await Promise.all([getTranslations("coupons"), getLocale()]);
  return { status: "done", message: t("claimedDone", { name: inLanguage(locale, outcome.value.name, outcome.value.nameEn) }) };
}

/** A slip of the pen is told for nothing; what could be a real code counts as a guess. */
const redeem = shopperAction(RedeemCodeInput, async (shopper, { code }) => {
  if (readCode(code) === null) return refuse("coupon_code_wrong");
  await limit("coupon-code-address", await requestAddress());
  try {
    await limit("coupon-code", shopper.id);
    return succeed(await perform(shopperActor(shopper), (ctx) => redeemCode(ctx, { code })));
  } catch (error) {
    // What was refused has rolled back: the guess is noted by itself.
    if (isRefusal(error) && GUESSES.includes(error.code)) await perform(shopperActor(shopper), noteWrongCode);
    throw error;
  }
});

const GUESSES: readonly RefusalCode[] = ["coupon_code_wrong", "too_many_requests"];

/** Gives the coupon of a printed code. Who typed it before is told the same again. */
export async function redeemForm(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await redeem(formFields(form));
  if (!outcome.ok) {
    const state = await refusedState(outcome, form);
    return state.message ? { ...state, message: undefined, fields: { code: state.message } } : state;
  }
  refresh();
  const [t, locale] = await Promise.all([getTranslations("coupons.code"), getLocale()]);
  return { status: "done", message: t("done", { name: inLanguage(locale, outcome.value.name, outcome.value.nameEn) }) };
}

/** The next page of used or expired coupons, ready to be appended. */
export async function loadCoupons(tab: string, cursor: string): Promise<MorePage> {
  const [reading, shopper] = await Promise.all([startReading(), requireShopper("/coupons")]);
  const shown = readMyTab(String(tab)) ?? "used";
  const before = /^\d{1,15}$/.test(String(cursor)) ? Number(cursor) : undefined;
  const { coupons, nextBefore } = await listMyCoupons(reading.db, shopper.id, shown, reading.now, { before, limit: COUPONS_PER_PAGE });
  return { next: nextBefore === null ? null : String(nextBefore), items: <MyCoupons coupons={coupons} tab={shown} reading={reading} className="mt-3" /> };
}
