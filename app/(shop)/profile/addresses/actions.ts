"use server";

import type { Route } from "next";
import { refresh, revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import type { z } from "zod";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { addAddress, changeAddress, chooseDefaultAddress, removeAddress } from "@/lib/accounts/address-book/commands";
import { AddressChangeInput, AddressIdInput, NewAddressInput } from "@/lib/accounts/schema";
import { shopperAction } from "@/lib/act";
import type { Ctx } from "@/lib/ctx";
import { succeed } from "@/lib/outcome";
import { perform } from "@/lib/perform";
import { shopperActor } from "@/lib/staff";

/** An address may be saved twice and is the same address, so a press needs no key of its own. */
const inTransaction = <Schema extends z.ZodType>(schema: Schema, command: (ctx: Ctx, input: z.output<Schema>) => Promise<void>) =>
  shopperAction(schema, async (shopper, input) => succeed(await perform(shopperActor(shopper), (ctx) => command(ctx, input))));

const add = inTransaction(NewAddressInput, addAddress);
const change = inTransaction(AddressChangeInput, changeAddress);
const remove = inTransaction(AddressIdInput, removeAddress);
const choose = inTransaction(AddressIdInput, chooseDefaultAddress);

/** Adds an address, or changes the one that the form names. */
export async function keepAddress(_: FormState, form: FormData): Promise<FormState> {
  const fields = formFields(form);
  const outcome = await ("id" in fields ? change(fields) : add(fields));
  if (!outcome.ok) return refusedState(outcome, form);
  revalidatePath("/profile/addresses");
  redirect("/profile/addresses" as Route);
}

/** The two buttons beside an address: which one was pressed is in `press`. */
export async function pressAddress(_: FormState, form: FormData): Promise<FormState> {
  const { press, id } = formFields(form);
  const [outcome, t] = await Promise.all([press === "default" ? choose({ id }) : remove({ id }), getTranslations("account")]);
  refresh();
  if (!outcome.ok) return refusedState(outcome, form);
  return { status: "done", message: t(press === "default" ? "addresses.chosen" : "addresses.removed") };
}
