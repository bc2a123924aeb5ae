"use server";

import { getLocale } from "next-intl/server";
import { refresh } from "next/cache";
import { shopperCommand } from "@/lib/act";
import { addToCart, changeQuantity } from "@/lib/orders/cart/commands";
import { AddToCartInput, CartQuantityInput } from "@/lib/orders/cart/schema";
import { sentenceFor } from "@/lib/sentence";

const addOnce = shopperCommand("cart-add", AddToCartInput, addToCart);
const changeOnce = shopperCommand("cart-change", CartQuantityInput, changeQuantity);

/** One more of a product; null, or why not. */
export async function putInCart(skuId: number, requestId: string): Promise<string | null> {
  const outcome = await addOnce({ requestId, skuId, quantity: 1 });
  return outcome.ok ? null : sentenceFor(await getLocale(), outcome.code, outcome.detail);
}

/** So many of a product; 0 takes it out. Null, or why not. */
export async function setQuantity(skuId: number, quantity: number, requestId: string): Promise<string | null> {
  const outcome = await changeOnce({ requestId, skuId, quantity });
  refresh();
  return outcome.ok ? null : sentenceFor(await getLocale(), outcome.code, outcome.detail);
}
