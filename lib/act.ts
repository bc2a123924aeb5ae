import "server-only";

import { headers } from "next/headers";
import type { z } from "zod";

import { currentShopper, type Shopper } from "./auth";
import type { Actor, Ctx } from "./ctx";
import { env } from "./env";
import { limit } from "./limits";
import { isForeign } from "./origin";
import { parseInput, settle, succeed, type Outcome } from "./outcome";
import { perform } from "./perform";
import { Refusal, type Decision } from "./refusal";
import { once, requestKey } from "./request-key";
import { asStaff, shopperActor, staffActor, type Staff } from "./staff";

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

/** An action of staff that opens transactions of its own. Shoppers are refused `forbidden`. */
export const staffAction =
  <Schema extends z.ZodType, T>(schema: Schema, work: (staff: Staff, input: z.output<Schema>) => Promise<Decision<T> | Outcome<T>>): Action<T> =>
  (input) =>
    settle(async () => {
      await refuseForeignOrigin();
      const staff = await currentStaff();
      await limit("staff-write", staff.id);
      const parsed = parseInput(schema, input);
      return parsed.ok ? work(staff, parsed.value) : parsed;
    });

/** The same for a command in one transaction, once per `requestId`. Shoppers are refused `forbidden`; what only an owner may do, the command refuses. */
export const staffCommand = <Schema extends z.ZodType<{ requestId: string }>, T>(
  operation: string, schema: Schema, command: (ctx: Ctx, input: z.output<Schema>) => Promise<T>,
): Action<T> =>
  staffAction(schema, async (staff, input) => succeed(await performOnce(operation, staffActor(staff), command, input)));

async function currentStaff(): Promise<Staff> {
  const person = await currentShopper();
  if (!person) throw new Refusal("not_signed_in");
  const staff = asStaff(person);
  if (!staff) throw new Refusal("forbidden");
  return staff;
}

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
