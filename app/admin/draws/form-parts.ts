import "server-only";

import { getMessages } from "next-intl/server";
import type { Reading } from "../../(shop)/reading";
import { inLanguage } from "../../(shop)/views";
import type { DrawDraft } from "@/components/admin/draw-form";
import type { CouponChoice } from "@/components/admin/draw-prize-fields";
import type { DrawWords } from "@/components/admin/draw-words";
import { dayOf } from "@/lib/day";
import { listCouponChoices, type findDrawForStaff } from "@/lib/draws/staff-queries";

export async function readDrawWords(): Promise<DrawWords> {
  return (await getMessages()).adminDraws.form;
}

export async function readCouponChoices({ db, locale }: Reading): Promise<CouponChoice[]> {
  return (await listCouponChoices(db)).map(({ id, name, nameEn }) => ({ id, name: inLanguage(locale, name, nameEn) }));
}

export const emptyDraw: DrawDraft = {
  slug: "", name: "", nameEn: "", rules: "", rulesEn: "", status: "draft", firstDay: "", lastDay: "", spinPoints: 100, freeSpinsPerDay: 1, spinsPerDay: 10, prizes: [],
};

/** Only what the form edits goes to the browser; an end is shown as the last day that it holds. */
export function draftOf({ startsAt, endsAt, updatedAt: _updatedAt, prizes, ...draw }: NonNullable<Awaited<ReturnType<typeof findDrawForStaff>>>, timeZone: string): DrawDraft {
  return {
    ...draw, firstDay: startsAt ? dayOf(startsAt, timeZone) : "", lastDay: endsAt ? dayOf(new Date(endsAt.getTime() - 1), timeZone) : "",
    prizes: prizes.map(({ isActive: _isActive, ...prize }) => prize),
  };
}
