"use server";

import { refresh } from "next/cache";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { shopperAction } from "@/lib/act";
import { unwatchStock, watchStock } from "@/lib/catalog/watching/commands";
import { WatchInput } from "@/lib/catalog/watching/schema";
import { succeed } from "@/lib/outcome";
import { perform } from "@/lib/perform";
import { standingOf } from "@/lib/segments/queries";
import { shopperActor } from "@/lib/staff";

const watch = shopperAction(WatchInput, async (shopper, input) => {
  const standing = await standingOf(shopper.id);
  return succeed(await perform(shopperActor(shopper), (ctx) => watchStock(ctx, input, standing)));
});
const unwatch = shopperAction(WatchInput, async (shopper, input) => succeed(await perform(shopperActor(shopper), (ctx) => unwatchStock(ctx, input))));

/** Waits for a SKU. A "no" comes back with the page read anew: it may be in stock by now. */
export async function watchForm(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await watch({ skuId: formFields(form).skuId });
  refresh();
  return outcome.ok ? { status: "done" } : refusedState(outcome);
}

/** Waits no longer, wherever the button stands. */
export async function unwatchForm(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await unwatch({ skuId: formFields(form).skuId });
  refresh();
  return outcome.ok ? { status: "done" } : refusedState(outcome);
}
