import { randomBytes, randomUUID } from "node:crypto";

import { beforeAll, expect, test } from "vitest";

import { settleTasksJob } from "@/lib/jobs/settle-tasks";
import { cancelOrder } from "@/lib/orders/commands";
import { completeOrder } from "@/lib/orders/receiving/commands";
import { perform } from "@/lib/perform";
import { allow, type Decision } from "@/lib/refusal";
import { Definition } from "@/lib/rules/rule";
import { recordShareVisit } from "@/lib/sharing/commands";
import { decideReferral, onOrderCompleted, openReferral } from "@/lib/sharing/referrals/commands";
import { claimTask } from "@/lib/tasks/commands";
import { undoTasks } from "@/lib/tasks/rollback/commands";

import { count, rows } from "../database";
import { aKettle, aMug, anOrder, aTask, atOnce, aUser, balanceOf, ledgerOf, tally, theClock, theShop, usersWith, type TestUser } from "../world";

/** The answer of a command that may refuse. */
async function answer<T>(work: Promise<T>): Promise<Decision<T>> {
  try {
    return allow(await work);
  } catch (error) {
    if (error instanceof Error && error.name === "Refusal") return { ok: false, ...(error as unknown as { code: "not_found"; detail: Record<string, string> }) };
    throw error;
  }
}

const claim = (who: TestUser, task: { id: number }) => answer(perform(who.actor, (ctx) => claimTask(ctx, { taskId: task.id })));

beforeAll(async () => {
  await rows("UPDATE points_rules SET status = 'archived'");
  for (const [action, points] of [["share", 5], ["referral", 50], ["referred", 30]] as const) {
    await rows("INSERT INTO points_rules (action_type, name, status, definition) VALUES (?, ?, 'active', ?)", [action, action, JSON.stringify(Definition.parse({ effect: { kind: "fixed", points } }))]);
  }
});

test("50 claims of one task at once are one claim, one entry and 49 refusals", async () => {
  const lin = await aUser({ points: 100 });
  const task = await aTask({ rewardPerk: "make_up_card", rewardPerkQuantity: 1, rewardPoints: 50 });
  await anOrder(lin, await aMug());
  const answers = await atOnce(50, () => claim(lin, task));
  expect(tally(answers)).toEqual({ ok: 1, task_already_claimed: 49 });
  expect((await ledgerOf(lin)).filter(({ source_type }) => source_type === "task")).toHaveLength(1);
  expect([await balanceOf(lin), await count("SELECT SUM(quantity) FROM perk_moves WHERE user_id = ?", [lin.id])]).toEqual([50, 1]);
});

test("20 people claim three tasks ten times each: everybody gets each once", async () => {
  const people = await usersWith(100, 20);
  const tasks = [await aTask(), await aTask({ period: "daily" }), await aTask({ period: "weekly" })];
  const mug = await aMug({ initialStock: 20 });
  for (const who of people) await anOrder(who, mug);
  const answers = await Promise.all(people.flatMap((who) => tasks.flatMap((task) => Array.from({ length: 10 }, () => claim(who, task)))));
  expect(tally(answers)).toEqual({ ok: 60, task_already_claimed: 540 });
  for (const who of people) expect(await balanceOf(who)).toBe(150);
});

test("a claim and the cancellation of its order at once: the reward is there only with its ground, or is taken back by the next run", async () => {
  const people = await usersWith(50, 10);
  const task = await aTask();
  const kettle = await aKettle({ initialStock: 10 });
  const orders = await Promise.all(people.map((who) => anOrder(who, kettle)));
  await Promise.all(people.flatMap((who, index) => [claim(who, task), perform(who.actor, (ctx) => cancelOrder(ctx, { requestId: randomUUID(), orderId: orders[index]!.orderId }))]));
  await settleTasksJob.run(new Date(theClock.now().getTime() + 300_000), Date.now() + 20_000);
  for (const who of people) expect(await balanceOf(who)).toBe(50);
});

test("20 settlements of one person at once take a fallen claim back once", async () => {
  const lin = await aUser({ points: 50 });
  const task = await aTask();
  const { orderId } = await anOrder(lin, await aKettle());
  await claim(lin, task);
  await perform(lin.actor, (ctx) => cancelOrder(ctx, { requestId: randomUUID(), orderId }));
  const runs = await atOnce(20, () => perform(theShop, (ctx) => undoTasks(ctx, lin.id)));
  expect(runs.reduce((sum, { undone }) => sum + undone, 0)).toBe(1);
  expect(await balanceOf(lin)).toBe(50);
});

test("50 visits of one device at once count once, and of 50 devices fifty times", async () => {
  const lin = await aUser();
  const visit = (deviceKey: string) => perform(theShop, (ctx) => recordShareVisit(ctx, { sharerId: lin.id, subject: "shop", deviceKey, visitorId: null }));
  const one = randomBytes(32).toString("hex");
  const same = await atOnce(50, () => visit(one));
  expect(same.filter((outcome) => outcome === "counted")).toHaveLength(1);
  await atOnce(49, () => visit(randomBytes(32).toString("hex")));
  expect([await count("SELECT COUNT(*) FROM share_visits WHERE sharer_id = ?", [lin.id]), await balanceOf(lin)]).toEqual([50, 250]);
});

const told = (orderId: string) =>
  perform(theShop, (ctx) => onOrderCompleted.handle(ctx, { id: 1, name: "order.completed", actorId: null, subjectId: orderId, data: {}, createdAt: ctx.now }));

async function aKeptOrder(who: TestUser): Promise<string> {
  const { orderId } = await anOrder(who, await aMug());
  await perform(theShop, (ctx) => completeOrder(ctx, { requestId: randomUUID(), orderId }));
  return orderId;
}

test("one friend brought by 50 links at once was brought by one; their order told 50 times rewards both sides once", async () => {
  const [friend, inviters] = [await aUser({ points: 200 }), await usersWith(1, 50)];
  await Promise.all(inviters.map((inviter) => perform(theShop, (ctx) => openReferral(ctx, { friendId: friend.id, inviterId: inviter.id, deviceKey: null }))));
  const [referral] = await rows<{ inviter_id: number }>("SELECT inviter_id FROM referrals WHERE friend_id = ?", [friend.id]);
  const orders = [await aKeptOrder(friend), await aKeptOrder(friend)];
  await atOnce(50, (index) => told(orders[index % 2]!));
  const balances = await Promise.all(inviters.map(async (inviter) => [inviter.id, await balanceOf(inviter)] as const));
  expect(balances.filter(([, points]) => points > 1)).toEqual([[referral!.inviter_id, 51]]);
  expect(await balanceOf(friend)).toBe(30);
});

test("staff approves a flagged referral in 10 windows while its order is told: both sides are rewarded once", async () => {
  const [lin, friend, owner] = [await aUser(), await aUser({ points: 100 }), await aUser({ role: "owner" })];
  await rows("INSERT INTO referrals (friend_id, inviter_id, status, flags) VALUES (?, ?, 'review', '[\"same_device\"]')", [friend.id, lin.id]);
  const orderId = await aKeptOrder(friend);
  const approve = () => answer(perform(owner.actor, (ctx) => decideReferral(ctx, { requestId: randomUUID(), friendId: friend.id, decision: "approve" })));
  const [decisions] = await Promise.all([atOnce(10, approve), atOnce(10, () => told(orderId))]);
  expect(tally(decisions)).toEqual({ ok: 1, already_settled: 9 });
  expect([await balanceOf(lin), await balanceOf(friend)]).toEqual([50, 30]);
});
