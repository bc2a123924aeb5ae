import "server-only";

import { getMessages } from "next-intl/server";
import type { Reading } from "../../(shop)/reading";
import { findFlashChoices } from "../goods/actions";
import { skuChoices } from "../goods/choices";
import type { FlashDraft } from "@/components/admin/flash-form";
import type { FlashFormWords } from "@/components/admin/flash-words";
import type { FindChoices, NamedChoice } from "@/components/admin/use-found";
import { CHOICES_MAX, listSkuChoices } from "@/lib/catalog/finding/queries";
import { yuanFromCents } from "@/lib/catalog/yuan";
import { phaseOf } from "@/lib/flash/sale";
import type { StaffFlashSale } from "@/lib/flash/staff-queries";
import { fill, formatInstant, formatZone } from "@/lib/i18n";
import { wallTimeOf } from "@/lib/rules/window";

/** The form's words, with the shop's zone and clock in them: whoever plans a sale may be elsewhere. */
export async function readFlashWords({ locale, now, policy }: Reading): Promise<FlashFormWords> {
  const words = (await getMessages()).adminFlash.form;
  return { ...words, zone: fill(words.zone, { zone: formatZone(locale, policy.timeZone, now) }), clock: fill(words.clock, { time: formatInstant(locale, now, policy.timeZone) }) };
}

export async function readFlashChoices({ db, locale }: Reading): Promise<{ choices: NamedChoice[]; find: FindChoices | null }> {
  const choices = await skuChoices(locale, await listSkuChoices(db, { statuses: ["draft", "active"] }));
  return { choices, find: choices.length < CHOICES_MAX ? null : findFlashChoices };
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
