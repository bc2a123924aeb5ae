import "server-only";

import { headers } from "next/headers";
import type { z } from "zod";

import { db } from "@/db/client";

import type { Permission } from "./accounts/permission";
import { currentShopper, type Shopper } from "./auth";
import type { Actor, Ctx } from "./ctx";
import { env } from "./env";
import { limit } from "./limits";
import { isForeign } from "./origin";
import { parseInput, settle, succeed, type Outcome } from "./outcome";
import { perform } from "./perform";
import { Refusal, type Decision } from "./refusal";
import { once, requestKey } from "./request-key";
import { getPolicy } from "./settings/queries";
import { shopperActor, staffActor, staffWithPermission, type Staff } from "./staff";

export type { Outcome } from "./outcome";

type Action<T> = (input: unknown) => Promise<Outcome<T>>;

/** A server action of whoever is signed in: origin, session, input, then the work. */
export const shopperAction =
  <Schema extends z.ZodType, T>(schema: Schema, work: (shopper: Shopper, input: z.output<Schema>) => Promise<Decision<T> | Outcome<T>>): Action<T> =>
  (input) =>
    settle(async () => {
      await refuseForeignOrigin();
      const shopper = await currentShopper();
      if (!shopper) throw new Refusal("not_signed_in");
      await limit("shopper-write", shopper.id);
      const parsed = parseInput(schema, input);
      return parsed.ok ? work(shopper, parsed.value) : parsed;
    });

/** The same for a command in one transaction, once per `requestId`. */
export const shopperCommand = <Schema extends z.ZodType<{ requestId: string }>, T>(
  operation: string, schema: Schema, command: (ctx: Ctx, input: z.output<Schema>) => Promise<T>,
): Action<T> =>
  shopperAction(schema, async (shopper, input) => succeed(await performOnce(operation, shopperActor(shopper), command, input)));

/** What anybody may ask, signed in or not: only where the request came from is judged here. */
export const openAction = <T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> =>
  settle(async () => {
    await refuseForeignOrigin();
    return work();
  });

/** An action of staff that opens transactions of its own. Who does not have the permission is refused `forbidden`, and without the second factor `second_factor_needed`. */
export const staffAction =
  <Schema extends z.ZodType, T>(permission: Permission | null, schema: Schema, work: (staff: Staff, input: z.output<Schema>) => Promise<Decision<T> | Outcome<T>>): Action<T> =>
  (input) =>
    settle(async () => {
      await refuseForeignOrigin();
      const staff = staffWithPermission(await currentShopper(), permission, await getPolicy(db()));
      await limit("staff-write", staff.id);
      const parsed = parseInput(schema, input);
      return parsed.ok ? work(staff, parsed.value) : parsed;
    });

/** The same for a command in one transaction, once per `requestId`. */
export const staffCommand = <Schema extends z.ZodType<{ requestId: string }>, T>(
  operation: string, permission: Permission | null, schema: Schema, command: (ctx: Ctx, input: z.output<Schema>) => Promise<T>,
): Action<T> =>
  staffAction(permission, schema, async (staff, input) => succeed(await performOnce(operation, staffActor(staff), command, input)));

/** `operation` names the command under its key, for as long as keys are kept: a function's own name changes with each build. */
const performOnce = <Input extends { requestId: string }, T>(
  operation: string, actor: Actor, command: (ctx: Ctx, input: Input) => Promise<T>, input: Input,
): Promise<T> =>
  perform(actor, (ctx) => {
    const { requestId, ...body } = input;
    return once(ctx, requestKey(requestId, operation, body), () => command(ctx, input));
  });

/** Refuses `foreign_origin` to what another site's page would have done here. */
export async function refuseForeignOrigin(): Promise<void> {
  if (isForeign(await headers(), env().NEXTAUTH_URL)) throw new Refusal("foreign_origin");
}
