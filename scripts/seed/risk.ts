import { inArray } from "drizzle-orm";

import { db } from "@/db/client";
import { riskAlerts } from "@/db/schema";
import type { Actor, UserId } from "@/lib/ctx";
import { addDays, dayOf } from "@/lib/day";
import { perform } from "@/lib/perform";
import { writeAppeal } from "@/lib/risk/appeals/commands";
import { decideAlert, freezeForAlert } from "@/lib/risk/commands";
import { noteWrongCode, onPlaceShared } from "@/lib/risk/watching/commands";
import { rememberDevice } from "@/lib/sharing/commands";

const clock: Actor = { kind: "system", name: "seed" };
const MINUTE_MS = 60_000;
const WRONG_CODES = 23;
/** The digest of a phone that several people were signed in on. */
const DEVICE = "5eed".repeat(16);

type At = (daysAgo: number, hour: number) => Date;

/** Somebody who tried codes, a phone of four people, and one of them who was frozen for it and says why: all by the shop's own commands. */
export async function seedRisk(merchant: Actor, people: readonly UserId[], at: At): Promise<void> {
  const [guesser, ...family] = people.slice(-5) as [UserId, ...UserId[]];
  for (let code = 0; code < WRONG_CODES; code++) await perform({ kind: "shopper", id: guesser }, noteWrongCode, new Date(at(1, 21).getTime() + code * MINUTE_MS));

  const seen = at(2, 18);
  for (const userId of family) await perform(clock, (ctx) => rememberDevice(ctx, userId, DEVICE), seen);
  const event = { id: 0, name: "device.shared", actorId: null, subjectId: String(family.at(-1)), data: {}, createdAt: seen } as const;
  await perform(clock, (ctx) => onPlaceShared.handle(ctx, event), seen);

  const alerts = await db().select({ id: riskAlerts.id, userId: riskAlerts.userId }).from(riskAlerts).where(inArray(riskAlerts.userId, [...family])).orderBy(riskAlerts.id);
  const [child, parent, ...others] = alerts;
  for (const { id } of others) await perform(merchant, (ctx) => decideAlert(ctx, { id, verdict: "dismiss", note: "一家人共用一部手机" }), at(1, 10));
  if (!child || !parent) return;
  const frozenAt = at(1, 11);
  await perform(merchant, (ctx) => freezeForAlert(ctx, { id: child.id, reason: "同一部手机注册了多个账户，请说明情况", until: addDays(dayOf(frozenAt, ctx.policy.timeZone), 30) }), frozenAt);
  await perform({ kind: "shopper", id: child.userId as UserId }, (ctx) => writeAppeal(ctx, { body: "这是家里共用的旧手机，我和爸妈、弟弟都在上面登录过。我只用自己的账户兑换东西，可以核对订单。" }), at(1, 12));
}
