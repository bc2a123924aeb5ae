"use server";

import { getLocale, getTranslations } from "next-intl/server";
import { refresh } from "next/cache";
import { formFields, refusedState } from "@/app/outcome";
import { idle, type FormState } from "@/components/ui/form-state";
import { shopperAction, shopperCommand } from "@/lib/act";
import { checkIn } from "@/lib/checkin/lanes";
import { makeUp } from "@/lib/checkin/making-up/commands";
import { setTimeZone } from "@/lib/checkin/own-zone/commands";
import { CheckInInput, MakeUpInput, TimeZoneInput } from "@/lib/checkin/schema";
import { formatDay, formatInstant, formatPoints, type Locale } from "@/lib/i18n";
import { requestKey } from "@/lib/request-key";

const checkInShopper = shopperAction(CheckInInput, (shopper, { requestId }) =>
  checkIn({ userId: shopper.id, request: requestKey(requestId, "check-in", {}) }));
const makeUpForShopper = shopperCommand("make-up", MakeUpInput, makeUp);
const setZoneOfShopper = shopperCommand("set-time-zone", TimeZoneInput, setTimeZone);

type Words = Awaited<ReturnType<typeof getTranslations<"checkIn">>>;
type Gift = { perk: "make_up_card" | "streak_freeze"; quantity: number };

const said = (...sentences: readonly (string | false)[]): string => sentences.filter(Boolean).join(" ");
const gifts = (t: Words, perks: readonly Gift[]): string => perks.map(({ perk, quantity }) => t(`gift.${perk}`, { count: quantity })).join(" ");

/** Today's check-in, once however often it is pressed. Answers with what it gave, said in the shopper's language. */
export async function checkInToday(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t, locale] = await Promise.all([checkInShopper(formFields(form)), getTranslations("checkIn"), getLocale() as Promise<Locale>]);
  refresh();
  // Another tab was first: the page, read anew, says so better than an error would.
  if (!outcome.ok && outcome.code === "already_checked_in") return idle;
  if (!outcome.ok) return refusedState(outcome);
  const { points, pointsPending, streakDays, frozenDays, perks } = outcome.value;
  return {
    status: "done",
    message: said(
      t("succeeded", { points, days: streakDays }), pointsPending > 0 && t("succeededPending", { points: formatPoints(locale, pointsPending) }),
      frozenDays > 0 && t("succeededFrozen", { days: frozenDays }), gifts(t, perks),
    ),
  };
}

/** Fills one missed day, for what the sheet said it costs. */
export async function makeUpDay(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t, locale] = await Promise.all([makeUpForShopper(formFields(form)), getTranslations("checkIn"), getLocale() as Promise<Locale>]);
  refresh();
  if (!outcome.ok) return refusedState(outcome);
  const { day, streakDays, points, pointsPending, perks } = outcome.value;
  return {
    status: "done",
    message: said(
      t("makeUp.done", { day: formatDay(locale, day), days: streakDays }), points > 0 && t("makeUp.donePrize", { points: formatPoints(locale, points) }),
      pointsPending > 0 && t("succeededPending", { points: formatPoints(locale, pointsPending) }), gifts(t, perks),
    ),
  };
}

/** Sets the zone of the person's days, from their next one on. */
export async function saveTimeZone(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t, locale] = await Promise.all([setZoneOfShopper(formFields(form)), getTranslations("checkIn"), getLocale() as Promise<Locale>]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  const { timeZone, from, until } = outcome.value;
  return { status: "done", message: from ? t("zone.saved", { from: formatInstant(locale, new Date(from), until), zone: timeZone }) : t("zone.same") };
}
