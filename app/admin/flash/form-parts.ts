import "server-only";

import { getMessages } from "next-intl/server";
import { inLanguage } from "../../(shop)/views";
import type { Reading } from "../../(shop)/reading";
import type { FlashChoiceView, FlashDraft } from "@/components/admin/flash-form";
import type { FlashFormWords } from "@/components/admin/flash-words";
import { yuanFromCents } from "@/lib/catalog/yuan";
import { phaseOf } from "@/lib/flash/sale";
import { listFlashChoices, type StaffFlashSale } from "@/lib/flash/staff-queries";
import { fill, formatInstant, formatPoints, formatZone } from "@/lib/i18n";
import { wallTimeOf } from "@/lib/rules/window";

/** The form's words, with the shop's zone and clock in them: whoever plans a sale may be elsewhere. */
export async function readFlashWords({ locale, now, policy }: Reading): Promise<FlashFormWords> {
  const words = (await getMessages()).adminFlash.form;
  return { ...words, zone: fill(words.zone, { zone: formatZone(locale, policy.timeZone, now) }), clock: fill(words.clock, { time: formatInstant(locale, now, policy.timeZone) }) };
}

export async function readFlashChoices({ db, locale }: Reading, words: FlashFormWords): Promise<FlashChoiceView[]> {
  const choices = await listFlashChoices(db);
  return choices.map(({ skuId, productName, productNameEn, skuName, skuNameEn, stock }) => {
    const option = inLanguage(locale, skuName, skuNameEn);
    return { id: skuId, label: [inLanguage(locale, productName, productNameEn), ...(option ? [option] : []), fill(words.stockOf, { stock: formatPoints(locale, stock) })].join(" · ") };
  });
}

const HOUR_MS = 3_600_000;

/** From the next full hour on, for one hour. */
export function emptySale({ now, policy }: Reading): FlashDraft {
  const begins = new Date(Math.ceil((now.getTime() + 1) / HOUR_MS) * HOUR_MS);
  return {
    phase: "soon", name: "", nameEn: "", pieces: "", pointsPrice: "", cashPrice: "", limitPerUser: 1,
    startsAt: wallTimeOf(begins, policy.timeZone), endsAt: wallTimeOf(new Date(begins.getTime() + HOUR_MS), policy.timeZone), startsAtWas: "", endsAtWas: "",
  };
}

export const draftOf = (sale: StaffFlashSale, { now, policy }: Reading): FlashDraft => ({
  id: sale.id, phase: phaseOf(sale, now), name: sale.name, nameEn: sale.nameEn, pieces: sale.pieces, pointsPrice: sale.pointsPrice,
  cashPrice: sale.cashPriceCents > 0 ? yuanFromCents(sale.cashPriceCents) : "", limitPerUser: sale.limitPerUser,
  startsAt: wallTimeOf(sale.startsAt, policy.timeZone), endsAt: wallTimeOf(sale.endsAt, policy.timeZone), startsAtWas: sale.startsAt.toISOString(), endsAtWas: sale.endsAt.toISOString(),
});
