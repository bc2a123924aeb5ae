"use server";

import { z } from "zod";
import { startReading } from "../../(shop)/reading";
import { productChoice, skuChoices } from "./choices";
import type { NamedChoice } from "@/components/admin/use-found";
import { staffAction } from "@/lib/act";
import { listProductChoices, listSkuChoices, type ChoiceSearch } from "@/lib/catalog/finding/queries";
import { succeed, type Outcome } from "@/lib/outcome";

// What a form that came with some goods offers besides, by the name that is typed.

const FOUND_MAX = 50;
const FoundInput = z.strictObject({ text: z.string("field_invalid").max(100, "field_too_long") });

const findProducts = staffAction("marketing.write", FoundInput, async (_, { text }) => {
  const { db, locale } = await startReading();
  return succeed((await listProductChoices(db, { text, limit: FOUND_MAX })).map((choice) => productChoice(locale, choice)));
});

const findSkus = (statuses: ChoiceSearch["statuses"]) => async ({ text }: { text: string }) => {
  const { db, locale } = await startReading();
  return succeed(await skuChoices(locale, await listSkuChoices(db, { text, statuses, limit: FOUND_MAX })));
};
const findGifts = staffAction("marketing.write", FoundInput, (_, input) => findSkus(["active"])(input));
const findForSale = staffAction("marketing.write", FoundInput, (_, input) => findSkus(["draft", "active"])(input));

export async function findProductChoices(text: string): Promise<Outcome<NamedChoice[]>> {
  return findProducts({ text });
}

/** What a coupon can bring. */
export async function findGiftChoices(text: string): Promise<Outcome<NamedChoice[]>> {
  return findGifts({ text });
}

/** What a flash sale can be of. */
export async function findFlashChoices(text: string): Promise<Outcome<NamedChoice[]>> {
  return findForSale({ text });
}
