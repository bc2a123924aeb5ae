import { expect, test } from "vitest";

import { db } from "@/db/client";
import type { Actor } from "@/lib/ctx";
import { perform } from "@/lib/perform";
import { count, rows, violations } from "@/test/database";
import { aUser, balanceOf, eventsAbout, ledgerOf, lotsOf, refusalOf, staffWith, theClock, theShop, usersWith, ZONE, type TestUser } from "@/test/world";

import { approveBatch, rejectBatch, submitBatch, withdrawBatch, type Submitting } from "./commands";
import { readBatchRows, validateBatch } from "./queries";

const staff = () => aUser({ name: "wei", role: "staff" });
const fileOf = (lines: readonly (readonly (string | number)[])[]): string => ["user,points,expires_on,note", ...lines.map((cells) => cells.join(","))].join("\n");
const submit = (by: Actor, text: string, more: Partial<Submitting> = {}, now?: Date) =>
  perform(by, (ctx) => submitBatch(ctx, { rows: readBatchRows(text)!, reason: "compensation", note: "the outage of May", fileName: "may.csv", ...more }), now);
const validate = (by: TestUser, text: string) => validateBatch(db(), readBatchRows(text)!, { makerId: by.id, seesStaff: true, now: theClock.now(), timeZone: ZONE });
const rowsOf = (batchId: string) => rows<{ status: string; points: number; note: string }>("SELECT a.status, a.points, a.note FROM adjustments a JOIN adjustment_batches b ON b.id = a.batch_id WHERE b.public_id = ? ORDER BY a.id", [batchId]);
const batchOf = async (batchId: string) => (await rows<Record<string, unknown>>("SELECT status, people, points_in, points_out, decided_by FROM adjustment_batches WHERE public_id = ?", [batchId]))[0]!;

test("a small batch takes effect at once: an entry and an event for each, by address or id, with days and notes of their own", async () => {
  const [lin, mei, wei] = [await aUser({ points: 50 }), await aUser({ points: 70 }), await staff()];
  const day = new Date(theClock.now().getTime() + 40 * 86_400_000).toISOString().slice(0, 10);
  const batch = await submit(wei.actor, fileOf([[lin.email, 100, day, "own note"], [mei.id, -30, "", ""]]));
  expect(batch).toMatchObject({ status: "applied", isNew: true });
  expect([await balanceOf(lin), await balanceOf(mei)]).toEqual([150, 40]);
  expect(await rowsOf(batch.batchId)).toEqual([{ status: "applied", points: 100, note: "own note" }, { status: "applied", points: -30, note: "the outage of May" }]);
  expect(await batchOf(batch.batchId)).toEqual({ status: "applied", people: 2, points_in: 100, points_out: 30, decided_by: null });
  expect((await lotsOf(lin)).map(({ points_granted }) => points_granted).sort()).toEqual([100, 50]);
  expect((await eventsAbout("adjustment_batch" as "user", batch.batchId)).map(({ name, data }) => [name, data.changes])).toEqual([["adjustment_batch.applied", { status: [null, "applied"] }]]);
  expect(await violations()).toEqual([]);
});

test("while one row is bad nothing happens, and each bad row is named with its line", async () => {
  const [lin, wei] = [await aUser({ points: 50 }), await staff()];
  const text = fileOf([[lin.email, 10, "", ""], ["nobody@example.com", 10, "", ""], [wei.email, 5, "", ""], [999_999_999, "x", "", ""]]);
  expect((await validate(wei, text)).rows.map(({ line, problem }) => [line, problem])).toEqual([[2, null], [3, "unknown"], [4, "oneself"], [5, "unknown"]]);
  expect(await refusalOf(submit(wei.actor, text))).toBe("batch_rows_wrong");
  expect([await balanceOf(lin), await count("SELECT COUNT(*) FROM adjustment_batches WHERE requested_by = ?", [wei.id])]).toEqual([50, 0]);
});

test("what cannot be taken is found before, and again in the transaction", async () => {
  const [lin, mei, wei, owner] = [await aUser({ points: 50 }), await aUser({ points: 5_000 }), await staff(), await aUser({ role: "owner" })];
  expect((await validate(wei, fileOf([[lin.id, -51, "", ""], [mei.id, -50, "", ""]]))).rows.map(({ problem }) => problem)).toEqual(["too_much", null]);
  const batch = await submit(wei.actor, fileOf([[lin.id, -50, "", ""], [mei.id, -5_000, "", ""]]));
  expect(batch.status).toBe("pending");
  await submit(wei.actor, fileOf([[lin.id, -1, "", ""]]));
  expect(await refusalOf(perform(owner.actor, (ctx) => approveBatch(ctx, { batchId: batch.batchId, note: "" })))).toBe("batch_rows_wrong");
  expect([await balanceOf(lin), await balanceOf(mei), (await batchOf(batch.batchId)).status]).toEqual([49, 5_000, "pending"]);
});

test("points past their day are not there to be taken in a batch", async () => {
  const [lin, wei] = [await aUser({ lots: [{ points: 50, expiresInDays: 0 }, { points: 20, expiresInDays: 9 }] }), await staff()];
  theClock.passDays(1);
  expect((await validate(wei, fileOf([[lin.id, -21, "", ""]]))).rows[0]!.problem).toBe("too_much");
  expect((await submit(wei.actor, fileOf([[lin.id, -20, "", ""]]))).status).toBe("applied");
});

test("the same file counts once, however it is written; after it was turned down it may be sent again", async () => {
  const [lin, mei, wei, owner] = [await aUser({ points: 50 }), await aUser(), await staff(), await aUser({ role: "owner" })];
  const first = await submit(wei.actor, fileOf([[lin.email, -50, "", ""], [mei.id, 10, "", ""]]));
  const again = await submit(owner.actor, fileOf([[mei.email, "+10", "", ""], [lin.id, -50, "", ""]]), { note: "another note", fileName: "copy.csv" });
  expect(again).toEqual({ batchId: first.batchId, status: "applied", isNew: false });
  expect([await balanceOf(lin), await balanceOf(mei)]).toEqual([0, 10]);
  expect((await submit(wei.actor, fileOf([[mei.id, 10, "", ""]]))).isNew).toBe(true);
  expect((await submit(wei.actor, fileOf([[mei.id, 10, "", ""]]), { reason: "goodwill" })).isNew).toBe(true);

  const large = fileOf([[mei.id, 9_000, "", ""]]);
  const turnedDown = await submit(wei.actor, large);
  await perform(owner.actor, (ctx) => rejectBatch(ctx, { batchId: turnedDown.batchId, note: "no" }));
  const second = await submit(wei.actor, large);
  await perform(wei.actor, (ctx) => withdrawBatch(ctx, { batchId: second.batchId }));
  const third = await submit(wei.actor, large);
  expect([second.isNew, third.isNew, (await submit(wei.actor, large)).isNew]).toEqual([true, true, false]);
  expect([turnedDown.batchId, second.batchId].includes(third.batchId)).toBe(false);
  expect(await balanceOf(mei)).toBe(30);
});

test("a file with a row more that names nobody is not taken for the one without it", async () => {
  const [lin, wei] = [await aUser(), await staff()];
  await submit(wei.actor, fileOf([[lin.id, 5, "", ""]]));
  expect(await refusalOf(submit(wei.actor, fileOf([[lin.id, 5, "", ""], ["nobody@example.com", 5, "", ""]])))).toBe("batch_rows_wrong");
});

test("a batch above the threshold waits as a whole, and somebody else decides", async () => {
  const [people, wei, owner] = [await usersWith(1, 3), await staff(), await aUser({ role: "owner" })];
  const batch = await submit(wei.actor, fileOf(people.map(({ id }) => [id, 400, "", ""])));
  expect([batch.status, await balanceOf(people[0]!)]).toEqual(["pending", 1]);
  expect(await refusalOf(perform(wei.actor, (ctx) => approveBatch(ctx, { batchId: batch.batchId, note: "" })))).toBe("own_adjustment");
  expect(await refusalOf(perform(wei.actor, (ctx) => rejectBatch(ctx, { batchId: batch.batchId, note: "x" })))).toBe("own_adjustment");
  expect(await refusalOf(perform(owner.actor, (ctx) => withdrawBatch(ctx, { batchId: batch.batchId })))).toBe("forbidden");
  await perform(owner.actor, (ctx) => approveBatch(ctx, { batchId: batch.batchId, note: "agreed" }));
  expect(await Promise.all(people.map(balanceOf))).toEqual([401, 401, 401]);
  expect(await batchOf(batch.batchId)).toMatchObject({ status: "applied", decided_by: owner.id });
  expect((await rowsOf(batch.batchId)).map(({ status }) => status)).toEqual(["applied", "applied", "applied"]);
  for (const decide of [() => perform(owner.actor, (ctx) => approveBatch(ctx, { batchId: batch.batchId, note: "" })), () => perform(wei.actor, (ctx) => withdrawBatch(ctx, { batchId: batch.batchId }))]) {
    expect(await refusalOf(decide())).toBe("already_settled");
  }
  expect(await violations()).toEqual([]);
});

test("nobody decides about a batch that they are in; roles without the right neither submit nor decide", async () => {
  const [wei, owner, lin] = [await staff(), await aUser({ role: "owner" }), await aUser()];
  const batch = await submit(wei.actor, fileOf([[owner.id, 2_000, "", ""], [lin.id, 5, "", ""]]));
  expect(await refusalOf(perform(owner.actor, (ctx) => approveBatch(ctx, { batchId: batch.batchId, note: "" })))).toBe("adjustment_to_oneself");
  for (const actor of [staffWith(wei.id, "staff", "fulfilment"), lin.actor, theShop]) {
    expect(await refusalOf(submit(actor, fileOf([[lin.id, 6, "", ""]])))).toBe("forbidden");
    expect(await refusalOf(perform(actor, (ctx) => approveBatch(ctx, { batchId: batch.batchId, note: "" })))).toBe("forbidden");
  }
  expect(await refusalOf(perform(owner.actor, (ctx) => approveBatch(ctx, { batchId: "x".repeat(22), note: "" })))).toBe("not_found");
});

test("files of one maker count together on a day, with what they put in one by one, for whomever", async () => {
  const [people, wei] = [await usersWith(1, 4), await staff()];
  const one = (index: number, points: number) => submit(wei.actor, fileOf([[people[index]!.id, points, "", ""]]));
  expect([(await one(0, 600)).status, (await one(1, 400)).status, (await one(2, 1)).status, (await one(3, -1)).status]).toEqual(["applied", "applied", "pending", "applied"]);
  theClock.passDays(1);
  expect((await one(3, 1_000)).status).toBe("applied");
});

test("colleagues are in the file only of those who may see colleagues", async () => {
  const [colleague, lin, support] = [await staff(), await aUser(), staffWith((await aUser({ role: "staff" })).id, "staff", "support")];
  const text = fileOf([[colleague.email, 5, "", ""], [colleague.id, 5, "", ""], [lin.id, 5, "", ""]]);
  const judged = await validateBatch(db(), readBatchRows(text)!, { makerId: 1, seesStaff: false, now: theClock.now(), timeZone: ZONE });
  expect(judged.rows.map(({ problem }) => problem)).toEqual(["unknown", "unknown", null]);
  expect(await refusalOf(submit(support, fileOf([[colleague.email, 5, "", ""]])))).toBe("batch_rows_wrong");
  expect(await balanceOf(colleague)).toBe(0);
});

test("an unreadable table, none at all and one with too many rows are no file", () => {
  expect([readBatchRows('a,"b'), readBatchRows(""), readBatchRows("user,points"), readBatchRows(Array.from({ length: 10_001 }, (_, index) => `${index + 1},5`).join("\n"))]).toEqual([null, null, null, null]);
  expect(readBatchRows("user,points\n\n7,5\n")).toEqual([{ line: 3, who: "7", points: "5", expiresOn: "", note: "" }]);
});

test("many people with an expiry each and lots of the same day: each lands in the lot of their day", async () => {
  const [people, wei] = [await usersWith(10, 20), await staff()];
  const dayIn = (index: number) => new Date(theClock.now().getTime() + (30 + (index % 5)) * 86_400_000).toISOString().slice(0, 10);
  const file = (points: number) => fileOf(people.map(({ id }, index) => [id, points, dayIn(index), ""]));
  await submit(wei.actor, file(3));
  await submit(wei.actor, file(4));
  const lots = await Promise.all(people.map(lotsOf));
  expect(lots.map((each) => each.map(({ points_granted }) => points_granted))).toEqual(people.map(() => [7, 10]));
  expect((await ledgerOf(people[0]!)).map(({ points_change }) => points_change)).toEqual([10, 3, 4]);
  expect(await violations()).toEqual([]);
});
