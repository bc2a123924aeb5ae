import "server-only";

import { headers } from "next/headers";
import type { z } from "zod";

import { currentShopper, type Shopper } from "./auth";
import type { Actor, Ctx } from "./ctx";
import { env } from "./env";
import { limit } from "./limits";
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

/** The same for staff. Shoppers are refused `forbidden`; what only an owner may do, the command refuses. */
export const staffCommand = <Schema extends z.ZodType<{ requestId: string }>, T>(
  operation: string, schema: Schema, command: (ctx: Ctx, input: z.output<Schema>) => Promise<T>,
): Action<T> =>
  (input) =>
    settle(async () => {
      await refuseForeignOrigin();
      const staff = await currentStaff();
      await limit("staff-write", staff.id);
      const parsed = parseInput(schema, input);
      return parsed.ok ? succeed(await performOnce(operation, staffActor(staff), command, parsed.value)) : parsed;
    });

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

/** Next compares Origin with Host only where there is an Origin; a request without one passes it. */
async function refuseForeignOrigin(): Promise<void> {
  const sent = await headers();
  const site = sent.get("sec-fetch-site");
  if (site) {
    if (site !== "same-origin" && site !== "none") throw new Refusal("foreign_origin");
    return;
  }
  const origin = sent.get("origin");
  const isOurs = origin !== null && (origin === new URL(env().NEXTAUTH_URL).origin || hostOf(origin) === sent.get("host"));
  if (!isOurs) throw new Refusal("foreign_origin");
}

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);
