"use server";

import { z } from "zod";
import { shopperAction } from "@/lib/act";
import { knowThisDevice } from "@/lib/auth";
import { allow } from "@/lib/refusal";

const remember = shopperAction(z.null(), async ({ id }) => allow(await knowThisDevice(id)));

/** Whoever takes their link does so on a device of theirs: opening it there is not a visit. */
export async function rememberThisDevice(): Promise<void> {
  await remember(null);
}
