import { expect, test } from "vitest";

import { readList } from "@/lib/list-address";
import { perform } from "@/lib/perform";
import { aUser, theClock, unique, ZONE, type TestUser } from "@/test/world";

import { ADJUSTMENTS } from "./adjustment-list";
import { approveBatch, submitBatch } from "./batches/commands";
import { approveAdjustment, requestAdjustment } from "./commands";
import { allAdjustments, countAdjustments, countWaitingFor, findAdjustment, findBatch, isInBatch, listAdjustments, listAdjustmentsOf, listBatchLines, listBatchTrouble } from "./staff-queries";

const ask = (by: TestUser, who: { id: number }, points: number, note = "late parcel") =>
  perform(by.actor, (ctx) => requestAdjustment(ctx, { userId: who.id, points, reason: "goodwill", note, expiresOn: null, attachmentKey: null }));
const submit = (by: TestUser, people: readonly (readonly [TestUser, number])[], fileName = unique("file")) =>
  perform(by.actor, (ctx) => submitBatch(ctx, { rows: people.map(([{ id }, points], index) => ({ line: index + 1, who: String(id), points: String(points), expiresOn: "", note: "" })), reason: "correction", note: "by file", fileName }));
const asking = (staff: TestUser, address: string) => ({ ...readList(ADJUSTMENTS, new URLSearchParams(address)), staffId: staff.id, timeZone: ZONE });

test("the list has adjustments and batches by time, and each filter narrows it", async () => {
  const [lin, wei] = [await aUser({ name: "zhenzhu", points: 50 }), await aUser({ role: "staff" })];
  const one = await ask(wei, lin, 10, "for zhenzhu");
  theClock.passMinutes(1);
  const batch = await submit(wei, [[lin, 2_000]]);
  theClock.passMinutes(1);
  const out = await ask(wei, lin, -5);
  const ids = async (address: string) => (await listAdjustments(asking(wei, `user=${lin.id}&${address}`))).rows.map(({ publicId }) => publicId);
  expect(await ids("")).toEqual([out.adjustmentId, batch.batchId, one.adjustmentId]);
  expect(await ids("sort=created")).toEqual([one.adjustmentId, batch.batchId, out.adjustmentId]);
  expect(await ids("sort=-points")).toEqual([batch.batchId, one.adjustmentId, out.adjustmentId]);
  expect(await ids("kind=batch")).toEqual([batch.batchId]);
  expect(await ids("kind=one")).toEqual([out.adjustmentId, one.adjustmentId]);
  expect(await ids("status=pending")).toEqual([batch.batchId]);
  expect(await ids("reason=goodwill")).toEqual([out.adjustmentId, one.adjustmentId]);
  expect(await ids(`from=${theClock.today()}&to=${theClock.today()}`)).toHaveLength(3);
  expect(await ids("from=2031-01-01")).toEqual([]);
  expect(await ids(`q=${lin.username}`)).toEqual([out.adjustmentId, one.adjustmentId]);
  expect(await ids(`q=${lin.email}`)).toEqual([out.adjustmentId, one.adjustmentId]);
  expect(await ids(`q=${lin.email.slice(0, -4)}`)).toEqual([]);
  expect(await ids("view=mine")).toHaveLength(3);
  expect(await ids("page=2")).toEqual([]);
  expect((await listAdjustments(asking(wei, `user=${lin.id}`))).total).toBe(3);
  const exported = [];
  for await (const rows of allAdjustments(asking(wei, `user=${lin.id}`))) exported.push(...rows.map(({ publicId }) => publicId));
  expect(exported).toEqual([out.adjustmentId, batch.batchId, one.adjustmentId]);
});

test("what waits for somebody is neither what they asked for nor what is about them", async () => {
  const [lin, wei, owner] = [await aUser(), await aUser({ role: "staff" }), await aUser({ role: "owner" })];
  const before = await Promise.all([wei, owner].map(({ id }) => countWaitingFor(id)));
  await ask(wei, lin, 3_000);
  await ask(wei, owner, 3_000);
  await submit(wei, [[lin, 3_001]]);
  await submit(wei, [[lin, 3_002], [owner, 1]]);
  await ask(wei, lin, 3);
  expect(await Promise.all([wei, owner].map(({ id }) => countWaitingFor(id)))).toEqual([before[0], before[1]! + 2]);
  expect(await countAdjustments(asking(wei, "view=mine"))).toBe(5);
});

test("one adjustment tells everything about itself, before and after it is decided", async () => {
  const [lin, wei, owner] = [await aUser({ points: 40 }), await aUser({ role: "staff" }), await aUser({ role: "owner" })];
  const { adjustmentId } = await ask(wei, lin, 3_000);
  expect(await findAdjustment(adjustmentId)).toMatchObject({ userId: lin.id, points: 3_000, pointsIn: 3_000, pointsOut: 0, maker: wei.username, decider: null, balanceAfter: null, batchId: null, note: "late parcel" });
  await perform(owner.actor, (ctx) => approveAdjustment(ctx, { adjustmentId, note: "agreed" }));
  expect(await findAdjustment(adjustmentId)).toMatchObject({ status: "applied", decider: owner.username, decisionNote: "agreed", balanceAfter: 3_040 });
  expect(await listAdjustmentsOf(lin.id, 5)).toMatchObject([{ publicId: adjustmentId, points: 3_000, status: "applied", maker: wei.username }]);
  expect([await findAdjustment("x".repeat(22)), await findBatch("x".repeat(22))]).toEqual([null, null]);
});

test("a batch shows its lines with what each has, and what stands in its way", async () => {
  const [lin, mei, wei, owner] = [await aUser({ points: 2_000 }), await aUser({ points: 10 }), await aUser({ role: "staff" }), await aUser({ role: "owner" })];
  const { batchId } = await submit(wei, [[lin, -2_000], [mei, 5]], "may.csv");
  expect(await findBatch(batchId)).toMatchObject({ fileName: "may.csv", people: 2, pointsIn: 5, pointsOut: 2_000, maker: wei.username });
  const read = () => listBatchLines(batchId, theClock.now(), { limit: 10, offset: 0 });
  expect((await read()).map(({ userId, points, pointsAvailable, isHeld }) => [userId, points, pointsAvailable, isHeld])).toEqual([[lin.id, -2_000, 2_000, false], [mei.id, 5, 10, false]]);
  expect(await listBatchTrouble(batchId, theClock.now(), 5)).toEqual([]);
  await ask(wei, lin, -1);
  expect((await listBatchTrouble(batchId, theClock.now(), 5)).map(({ userId, pointsAvailable }) => [userId, pointsAvailable])).toEqual([[lin.id, 1_999]]);
  expect([await isInBatch(batchId, lin.id), await isInBatch(batchId, owner.id)]).toEqual([true, false]);
  await ask(wei, lin, 1);
  await perform(owner.actor, (ctx) => approveBatch(ctx, { batchId, note: "" }));
  expect((await read()).map(({ status, pointsAvailable }) => [status, pointsAvailable])).toEqual([["applied", 0], ["applied", 15]]);
});
