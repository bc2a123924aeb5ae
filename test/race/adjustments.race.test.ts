import { sql } from "drizzle-orm";
import { expect, test } from "vitest";

import { lockAccount } from "@/lib/accounts/commands";
import { approveBatch, rejectBatch, submitBatch, withdrawBatch } from "@/lib/adjustments/batches/commands";
import { approveAdjustment, rejectAdjustment, requestAdjustment, withdrawAdjustment } from "@/lib/adjustments/commands";
import type { Actor } from "@/lib/ctx";
import { perform } from "@/lib/perform";
import { isRefusal } from "@/lib/refusal";

import { count, rows, violations } from "../database";
import { aMug, atOnce, aUser, balanceOf, inProcess, redeemAlone, usersWith, type TestUser } from "../world";

const answerOf = (work: Promise<unknown>): Promise<string> => work.then(() => "ok", (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)));
const tallyOf = (answers: readonly string[]): Record<string, number> => Object.fromEntries([...new Set(answers)].sort().map((answer) => [answer, answers.filter((each) => each === answer).length]));

const ask = (by: Actor, who: { id: number }, points: number) =>
  perform(by, (ctx) => requestAdjustment(ctx, { userId: who.id, points, reason: "goodwill", note: "late parcel", expiresOn: null, attachmentKey: null }));
const approve = (by: Actor, adjustmentId: string) => answerOf(perform(by, (ctx) => approveAdjustment(ctx, { adjustmentId, note: "" })));
const reject = (by: Actor, adjustmentId: string) => answerOf(perform(by, (ctx) => rejectAdjustment(ctx, { adjustmentId, note: "no" })));
const withdraw = (by: Actor, adjustmentId: string) => answerOf(perform(by, (ctx) => withdrawAdjustment(ctx, { adjustmentId })));
const entries = (who: TestUser) => count("SELECT COUNT(*) FROM points_transactions WHERE user_id = ? AND source_type = 'staff_adjustment'", [who.id]);
const owners = (many: number): Promise<TestUser[]> => Promise.all(Array.from({ length: many }, () => aUser({ role: "owner" })));

const fileFor = (people: readonly { id: number }[], points: number) => people.map(({ id }, index) => ({ line: index + 2, who: String(id), points: String(points), expiresOn: "", note: "" }));
const submit = (by: Actor, people: readonly { id: number }[], points: number) => perform(by, (ctx) => submitBatch(ctx, { rows: fileFor(people, points), reason: "compensation", note: "outage", fileName: "x.csv" }));

test("twenty approve at once: one entry comes of it", async () => {
  const [lin, wei, deciders] = [await aUser(), await aUser({ role: "staff" }), await owners(20)];
  const { adjustmentId } = await ask(wei.actor, lin, 5_000);
  const answers = await Promise.all(deciders.map(({ actor }, index) => inProcess(index % 4, () => approve(actor, adjustmentId))));
  expect(tallyOf(answers)).toEqual({ already_settled: 19, ok: 1 });
  expect([await balanceOf(lin), await entries(lin)]).toEqual([5_000, 1]);
});

test("allowed, turned down and taken back at once: one of them wins, and the points agree with it", async () => {
  for (let round = 0; round < 8; round++) {
    const [lin, wei, [first, second]] = [await aUser(), await aUser({ role: "staff" }), await owners(2)];
    const { adjustmentId } = await ask(wei.actor, lin, 5_000);
    const answers = await Promise.all([approve(first!.actor, adjustmentId), reject(second!.actor, adjustmentId), withdraw(wei.actor, adjustmentId)]);
    expect(tallyOf(answers)).toEqual({ already_settled: 2, ok: 1 });
    const [row] = await rows<{ status: string }>("SELECT status FROM adjustments WHERE public_id = ?", [adjustmentId]);
    expect(row!.status).toBe(["applied", "rejected", "withdrawn"][answers.indexOf("ok")]);
    expect([await balanceOf(lin), await entries(lin)]).toEqual(row!.status === "applied" ? [5_000, 1] : [0, 0]);
  }
});

test("small pieces at once do not add up past the threshold alone", async () => {
  const [lin, wei] = [await aUser(), await aUser({ role: "staff" })];
  const statuses = (await atOnce(10, () => ask(wei.actor, lin, 300))).map(({ status }) => status);
  expect([tallyOf(statuses), await balanceOf(lin)]).toEqual([{ applied: 3, pending: 7 }, 900]);
});

test("pieces for different people at once, by file and one by one, do not add up past the threshold alone", async () => {
  const [people, wei] = [await usersWith(1, 12), await aUser({ role: "staff" })];
  const statuses = (await Promise.all(people.map((who, index) => inProcess<{ status: string }>(index % 4, () => (index % 2 ? ask(wei.actor, who, 300) : submit(wei.actor, [who], 300)))))).map(({ status }) => status);
  expect([tallyOf(statuses), (await Promise.all(people.map(balanceOf))).filter((balance) => balance === 301).length]).toEqual([{ applied: 3, pending: 9 }, 3]);
});

/** Forgets somebody while another transaction is held before its commit, as the erasure itself would. */
async function forgottenBeside(who: TestUser, work: () => Promise<string>): Promise<string> {
  const [other] = await owners(1);
  let working: Promise<string> | undefined;
  await perform(other!.actor, async (ctx) => {
    await lockAccount(ctx, who.id);
    working = work();
    // So long the other reads what was there and comes to the lock.
    await new Promise((resolve) => setTimeout(resolve, 400));
    await ctx.tx.execute(sql`update users set erased_at = now(3) where id = ${who.id}`);
    await ctx.tx.execute(sql`update adjustments set status = 'withdrawn', decided_at = now(3) where user_id = ${who.id} and status = 'pending'`);
  });
  return working!;
}

test("who is forgotten while a batch is allowed or submitted gets nothing", async () => {
  const [people, wei, [owner]] = [await usersWith(1, 3), await aUser({ role: "staff" }), await owners(1)];
  const { batchId } = await submit(wei.actor, people, 500);
  const gone = people[1]!;
  expect(await forgottenBeside(gone, () => inProcess(1, () => answerOf(perform(owner!.actor, (ctx) => approveBatch(ctx, { batchId, note: "" })))))).toBe("ok");
  expect(await Promise.all(people.map(balanceOf))).toEqual([501, 1, 501]);
  expect(await entries(gone)).toBe(0);
  const other = people[2]!;
  expect(await forgottenBeside(other, () => inProcess(1, () => answerOf(submit(wei.actor, [people[0]!, other], 5))))).toBe("batch_rows_wrong");
  expect([await balanceOf(people[0]!), await entries(other)]).toEqual([501, 1]);
});

test("points that are taken out while they are spent: never more than there was, and no debt", async () => {
  const [lin, wei, mug] = [await aUser({ points: 1_000 }), await aUser({ role: "staff" }), await aMug({ initialStock: 50 })];
  const [orders, removals] = await Promise.all([atOnce(8, () => redeemAlone(lin, mug)), atOnce(8, () => answerOf(ask(wei.actor, lin, -100)))]);
  const taken = orders.filter(({ ok }) => ok).length + removals.filter((answer) => answer === "ok").length;
  expect([taken, await balanceOf(lin)]).toEqual([10, 0]);
});

test("the same file from twenty at once counts once", async () => {
  const [people, staff] = [await usersWith(1, 30), await Promise.all(Array.from({ length: 20 }, () => aUser({ role: "staff" })))];
  const batches = await Promise.all(staff.map(({ actor }, index) => inProcess(index % 4, () => submit(actor, people, 20))));
  expect([new Set(batches.map(({ batchId }) => batchId)).size, batches.filter(({ isNew }) => isNew).length]).toEqual([1, 1]);
  expect(await Promise.all(people.map(balanceOf))).toEqual(people.map(() => 21));
});

test("a batch that is allowed by many, turned down and taken back at once ends one way", async () => {
  const [people, wei, deciders] = [await usersWith(1, 10), await aUser({ role: "staff" }), await owners(6)];
  const { batchId, status } = await submit(wei.actor, people, 500);
  expect(status).toBe("pending");
  const answers = await Promise.all([
    ...deciders.slice(0, 4).map(({ actor }) => answerOf(perform(actor, (ctx) => approveBatch(ctx, { batchId, note: "" })))),
    ...deciders.slice(4).map(({ actor }) => answerOf(perform(actor, (ctx) => rejectBatch(ctx, { batchId, note: "no" })))),
    answerOf(perform(wei.actor, (ctx) => withdrawBatch(ctx, { batchId }))),
  ]);
  expect(tallyOf(answers)).toEqual({ already_settled: 6, ok: 1 });
  const balances = await Promise.all(people.map(balanceOf));
  expect(balances).toEqual(people.map(() => (answers.indexOf("ok") < 4 ? 501 : 1)));
});

test("a batch while its people spend: each order and each row is whole, and everything sums", async () => {
  const [people, wei, owner, mug] = [await usersWith(100, 40), await aUser({ role: "staff" }), await aUser({ role: "owner" }), await aMug({ initialStock: 200 })];
  const { batchId } = await submit(wei.actor, people, 150);
  const [orders, approved] = await Promise.all([Promise.all(people.map((who) => redeemAlone(who, mug))), answerOf(perform(owner.actor, (ctx) => approveBatch(ctx, { batchId, note: "" })))]);
  expect([approved, orders.every(({ ok }) => ok)]).toEqual(["ok", true]);
  expect(await Promise.all(people.map(balanceOf))).toEqual(people.map(() => 150));
  expect(await violations()).toEqual([]);
});
