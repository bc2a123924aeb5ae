import "server-only";

import { and, eq } from "drizzle-orm";
import type { z } from "zod";

import { secondFactors, sessions } from "@/db/schema";
import { openSecret, recoveryDigest, stepOf } from "@/lib/authenticator";
import type { Ctx, UserId } from "@/lib/ctx";
import { emit, queueMail } from "@/lib/events/commands";
import type { MailProps } from "@/lib/events/mail";
import { publicId } from "@/lib/id";
import { Refusal } from "@/lib/refusal";

import { raiseSessionVersion, refuseUnlessManaged } from "../commands";
import { getOwner, refuseUnlessProven, type Proof } from "../credentials/commands";
import { heldBy, isHeldBy } from "./begun";
import type { UserInput } from "../schema";

type Factor = typeof secondFactors.$inferSelect;

/**
 * Keeps the secret of an authenticator that is being set up, over one that was never confirmed. Until it is, nothing asks for it, and it is
 * this session's alone: whoever begins on another gets another. Refuses `wrong_credentials`, `second_factor_on`.
 */
export async function beginEnrolment(ctx: Ctx, proof: Proof, session: Buffer, secret: Buffer): Promise<void> {
  await refuseUnlessProven(ctx, proof);
  const { userId } = proof;
  const known = await lockFactor(ctx, userId);
  if (known?.confirmedAt) throw new Refusal("second_factor_on");
  const begun = { secret, lastStep: 0, recoveryDigests: heldBy(session), createdAt: ctx.now };
  await ctx.tx.insert(secondFactors).values({ userId, ...begun }).onDuplicateKeyUpdate({ set: begun });
}

/**
 * Takes the first code, which proves that the authenticator has the secret: from now on staff is asked for one. This session has given it.
 * Refuses `second_factor_off` when nothing was begun on this session, `second_factor_on`, `second_factor_wrong`.
 */
export async function confirmEnrolment(ctx: Ctx, userId: UserId, session: Buffer, code: string, recoveryDigests: string[]): Promise<void> {
  const factor = await lockFactor(ctx, userId);
  if (!factor) throw new Refusal("second_factor_off");
  if (factor.confirmedAt) throw new Refusal("second_factor_on");
  if (!isHeldBy(factor, session)) throw new Refusal("second_factor_off");
  const lastStep = freshStep(ctx, factor, code);
  if (lastStep === null) throw new Refusal("second_factor_wrong");
  await ctx.tx.update(secondFactors).set({ confirmedAt: ctx.now, lastStep, recoveryDigests }).where(eq(secondFactors.userId, userId));
  await markSession(ctx, userId, session);
  await emit(ctx, { name: "account.second_factor_added", subject: { type: "user", id: String(userId) }, data: {} });
  await writeToOwner(ctx, userId, "added");
}

/** Marks one session as having given the second factor. Of one code given many times at once, one counts. Refuses `second_factor_off`, `second_factor_wrong`. */
export async function giveSecondFactor(ctx: Ctx, userId: UserId, session: Buffer, code: string): Promise<void> {
  await takeCode(ctx, userId, code);
  await markSession(ctx, userId, session);
}

/** Switches one's own second factor off. Refuses `wrong_credentials`, `second_factor_off`, `second_factor_wrong`; `second_factor_required` where the shop asks for it. */
export async function removeSecondFactor(ctx: Ctx, proof: Proof, code: string): Promise<void> {
  if (ctx.policy.secondFactor === "required") throw new Refusal("second_factor_required");
  await dropOwn(ctx, proof, code);
}

/** Begins with another authenticator; the one of before is gone. Refuses as `removeSecondFactor`, whatever the shop asks for. */
export async function replaceSecondFactor(ctx: Ctx, proof: Proof, code: string, session: Buffer, secret: Buffer): Promise<void> {
  await dropOwn(ctx, proof, code);
  await beginEnrolment(ctx, proof, session, secret);
}

async function dropOwn(ctx: Ctx, proof: Proof, code: string): Promise<void> {
  await refuseUnlessProven(ctx, proof);
  await takeCode(ctx, proof.userId, code);
  await ctx.tx.delete(secondFactors).where(eq(secondFactors.userId, proof.userId));
  await ctx.tx.update(sessions).set({ secondFactorAt: null }).where(eq(sessions.userId, proof.userId));
  await emit(ctx, { name: "account.second_factor_removed", subject: { type: "user", id: String(proof.userId) }, data: { by: "owner" } });
  await writeToOwner(ctx, proof.userId, "removed");
}

/** Puts other codes for paper in the place of those of before, by a code of either kind. Refuses `wrong_credentials`, `second_factor_off`, `second_factor_wrong`. */
export async function renewRecoveryCodes(ctx: Ctx, proof: Proof, code: string, recoveryDigests: string[]): Promise<void> {
  await refuseUnlessProven(ctx, proof);
  await takeCode(ctx, proof.userId, code);
  await ctx.tx.update(secondFactors).set({ recoveryDigests }).where(eq(secondFactors.userId, proof.userId));
  await emit(ctx, { name: "account.recovery_codes_renewed", subject: { type: "user", id: String(proof.userId) }, data: {} });
  await writeToOwner(ctx, proof.userId, "codes_renewed");
}

/** Takes a colleague's lost authenticator out of their account; their sessions end. Refuses `forbidden`, `not_found`, `second_factor_off`. */
export async function resetSecondFactor(ctx: Ctx, { userId }: Pick<z.infer<typeof UserInput>, "userId">): Promise<void> {
  await refuseUnlessManaged(ctx, userId);
  if (ctx.actor.kind !== "staff" || !ctx.actor.permissions.has("staff.manage")) throw new Refusal("forbidden");
  const [header] = await ctx.tx.delete(secondFactors).where(eq(secondFactors.userId, userId));
  if (header.affectedRows === 0) throw new Refusal("second_factor_off");
  await raiseSessionVersion(ctx, userId as UserId);
  await emit(ctx, { name: "account.second_factor_removed", subject: { type: "user", id: String(userId) }, data: { by: "staff" } });
  await writeToOwner(ctx, userId as UserId, "reset");
}

/** Whoever has the second factor hears of each change by mail, in case it was somebody else. */
async function writeToOwner(ctx: Ctx, userId: UserId, change: MailProps<"second_factor_changed">["change"], left = 0): Promise<void> {
  const { email, username, locale } = await getOwner(ctx, userId);
  await queueMail(ctx, { userId, recipient: email, template: "second_factor_changed", locale, props: { name: username, change, left }, subject: `second_factor_changed:${publicId()}` });
}

async function lockFactor(ctx: Ctx, userId: UserId): Promise<Factor | undefined> {
  const [factor] = await ctx.tx.select().from(secondFactors).where(eq(secondFactors.userId, userId)).for("update");
  return factor;
}

/** Uses up a code of the authenticator, or one of those on paper. */
async function takeCode(ctx: Ctx, userId: UserId, code: string): Promise<void> {
  const factor = await lockFactor(ctx, userId);
  if (!factor?.confirmedAt) throw new Refusal("second_factor_off");
  const lastStep = freshStep(ctx, factor, code);
  if (lastStep !== null) {
    await ctx.tx.update(secondFactors).set({ lastStep }).where(eq(secondFactors.userId, userId));
    return;
  }
  const digest = recoveryDigest(userId, code);
  if (digest === null || !factor.recoveryDigests.includes(digest)) throw new Refusal("second_factor_wrong");
  const left = factor.recoveryDigests.filter((each) => each !== digest);
  await ctx.tx.update(secondFactors).set({ recoveryDigests: left }).where(eq(secondFactors.userId, userId));
  await emit(ctx, { name: "account.recovery_code_used", subject: { type: "user", id: String(userId) }, data: { left: left.length } });
  await writeToOwner(ctx, userId, "code_used", left.length);
}

/** The step of a code that is right and later than the last one that was taken: none works twice. */
function freshStep(ctx: Ctx, { userId, secret, lastStep }: Factor, code: string): number | null {
  const step = stepOf(openSecret(userId, secret), code.replace(/\s/g, ""), ctx.now);
  return step !== null && step > lastStep ? step : null;
}

async function markSession(ctx: Ctx, userId: UserId, session: Buffer): Promise<void> {
  const [header] = await ctx.tx.update(sessions).set({ secondFactorAt: ctx.now }).where(and(eq(sessions.tokenDigest, session), eq(sessions.userId, userId)));
  if (header.affectedRows === 0) throw new Refusal("not_signed_in");
}
