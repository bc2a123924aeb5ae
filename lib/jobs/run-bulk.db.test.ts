import { expect, test } from "vitest";

import { db } from "@/db/client";
import { askForRun, doRow, failRow, noteTry, stopRun } from "@/lib/bulk/commands";
import type { BulkList, BulkParams, OperationKey } from "@/lib/bulk/operation";
import { findRun, listFailures, listOpenRuns, listRuns, measure, namesOf, nextRows, type BulkRun } from "@/lib/bulk/queries";
import { completeOrder } from "@/lib/orders/receiving/commands";
import { perform } from "@/lib/perform";
import { moderateReview, writeReview } from "@/lib/reviews/commands";
import { saveRule } from "@/lib/rules/editing/commands";
import { RuleInput } from "@/lib/rules/schema";
import { getPolicy } from "@/lib/settings/queries";
import { count, rows } from "@/test/database";
import { aCouponTemplate, aKettle, aMug, anOrder, aProduct, aTask, aUser, freeze, ordersOf, staffWith, theClock, theShop, unfreeze, unique, usersWith, type TestUser } from "@/test/world";

import { runBulkJob, workOff } from "./run-bulk";

const soon = () => Date.now() + 20_000;
const now = () => theClock.now();
const idsOf = (people: readonly { id: number }[]): number[] => people.map(({ id }) => id).sort((a, b) => a - b);

type Asked = { operation: OperationKey; ids: readonly number[]; params?: Partial<BulkParams> };

const ask = async (by: TestUser, { operation, ids, params = {} }: Asked): Promise<string> =>
  (await perform(by.actor, (ctx) => askForRun(ctx, { operation, params: { upTo: ids.at(-1) ?? 0, ...params }, selection: { ids: [...ids] }, total: ids.length }))).runId;

async function askAll(by: TestUser, operation: OperationKey, list: BulkList, query: string): Promise<string> {
  const { total, upTo } = await measure(db(), list, query, await getPolicy(db()));
  return (await perform(by.actor, (ctx) => askForRun(ctx, { operation, params: { upTo, reason: "a test of many" }, selection: { query }, total }))).runId;
}

const read = async (runId: string): Promise<BulkRun> => (await findRun(db(), runId))!;
const failuresOf = async (runId: string) => (await listFailures(db(), (await read(runId)).id, { limit: 50 })).map(({ item, code }) => [Number(item), code]);
const frozen = async (people: readonly { id: number }[]): Promise<number> => count(`SELECT COUNT(*) FROM point_accounts WHERE status = 'frozen' AND user_id IN (${people.map(() => "?").join()})`, idsOf(people));
const people = (many: number, name = "lin"): Promise<TestUser[]> => Promise.all(Array.from({ length: many }, () => aUser({ name })));

test("rows that were chosen are done, those that cannot be are listed with why, and the run ends", async () => {
  const bo = await aUser({ role: "staff" });
  const [lin, mei, wei] = [await aUser(), await aUser(), await aUser({ role: "staff" })];
  const runId = await ask(bo, { operation: "users.freeze", ids: idsOf([lin, mei, wei]), params: { reason: "one and the same parcel" } });
  expect(await workOff(runId, now(), soon())).toEqual({ done: 2, failed: 1, isOver: true });
  expect(await read(runId)).toMatchObject({ status: "done", total: 3, done: 2, failed: 1, requesterName: bo.username });
  expect(await failuresOf(runId)).toEqual([[wei.id, "forbidden"]]);
  expect(await frozen([lin, mei])).toBe(2);
  expect(await rows("SELECT status_reason FROM point_accounts WHERE user_id = ?", [lin.id])).toEqual([{ status_reason: "one and the same parcel" }]);
});

test("all that match are picked, and nobody who does not or who came later", async () => {
  const bo = await aUser({ role: "staff" });
  const mark = unique("crowd");
  const wanted = await people(3, mark);
  const others = await people(2, "other");
  const runId = await askAll(bo, "users.freeze", "users", `q=${mark}`);
  const late = await people(1, mark);
  await workOff(runId, now(), soon());
  expect(await read(runId)).toMatchObject({ status: "done", total: 3, done: 3, failed: 0 });
  expect([await frozen(wanted), await frozen(others), await frozen(late)]).toEqual([3, 0, 0]);
});

test("reviews that wait are approved together, each earns its author the reward, and one that was decided before is left", async () => {
  const bo = await aUser({ role: "staff" });
  const mug = await aMug({ initialStock: 50 });
  const mark = unique("fine");
  const written: number[] = [];
  for (const lin of await usersWith(100, 3)) {
    const { orderId } = await anOrder(lin, mug);
    await perform(theShop, (ctx) => completeOrder(ctx, { requestId: unique("done"), orderId }));
    written.push((await perform(lin.actor, (ctx) => writeReview(ctx, { requestId: unique("review"), orderId, productId: mug.id, rating: 5, body: `${mark} mug` }))).reviewId);
  }
  await perform(bo.actor, (ctx) => moderateReview(ctx, { requestId: unique("no"), reviewId: written[0]!, verdict: "rejected", note: "an advertisement" }));
  expect(await measure(db(), "reviews", `q=${mark}`, await getPolicy(db()))).toMatchObject({ total: 3 });
  const runId = await askAll(bo, "reviews.approve", "reviews", `q=${mark}&status=pending`);
  await workOff(runId, now(), soon());
  expect(await read(runId)).toMatchObject({ status: "done", total: 2, done: 2, failed: 0 });
  const again = await ask(bo, { operation: "reviews.reject", ids: written, params: { reason: "not about the mug" } });
  await workOff(again, now(), soon());
  expect(await failuresOf(again)).toEqual(written.map((id) => [id, "already_settled"]));
  expect(await rows("SELECT status FROM reviews WHERE id IN (?, ?, ?) ORDER BY id", written)).toEqual([{ status: "rejected" }, { status: "approved" }, { status: "approved" }]);
  expect([...(await namesOf(db(), "reviews", written, { locale: "en", seesStaff: false })).keys()].sort()).toEqual([...written].sort());
});

test("rules, tasks and coupons are switched on and put away by the handful, and what a task's followers need stays", async () => {
  const bo = await aUser({ role: "staff" });
  const mark = unique("handful");
  const tasks = [await aTask({ name: `${mark} a`, status: "draft" }), await aTask({ name: `${mark} b`, status: "draft" })];
  const coupons = [await aCouponTemplate({ name: `${mark} a`, status: "draft" }), await aCouponTemplate({ name: `${mark} b`, status: "draft" })];
  const rule = await perform(bo.actor, (ctx) => saveRule(ctx, RuleInput.parse({ requestId: unique("rule"), actionType: "custom", name: mark, status: "draft", definition: { effect: { kind: "fixed", points: 10 } } })));
  const statuses = async (table: string, ids: readonly number[]) => (await rows<{ status: string }>(`SELECT status FROM ${table} WHERE id IN (${ids.map(() => "?").join()}) ORDER BY id`, [...ids])).map(({ status }) => status);
  for (const [list, table, ids, on, off] of [
    ["tasks", "tasks", idsOf(tasks), "tasks.publish", "tasks.archive"], ["coupons", "coupon_templates", idsOf(coupons), "coupons.publish", "coupons.archive"], ["rules", "points_rules", [rule.id], "rules.switch_on", "rules.archive"],
  ] as const) {
    await workOff(await askAll(bo, on, list, `q=${mark}&status=draft`), now(), soon());
    expect(await statuses(table, ids), on).toEqual(ids.map(() => "active"));
    const away = await askAll(bo, off, list, `q=${mark}`);
    await workOff(away, now(), soon());
    expect(await read(away)).toMatchObject({ status: "done", done: ids.length, failed: 0 });
    expect(await statuses(table, ids), off).toEqual(ids.map(() => "archived"));
    expect((await namesOf(db(), list, ids, { locale: "zh-CN", seesStaff: false })).size).toBe(ids.length);
  }
});

test("who stopped matching before the run came to them is left, and the total says so", async () => {
  const bo = await aUser({ role: "staff" });
  const mark = unique("frozen");
  const crowd = await people(3, mark);
  for (const person of crowd) await freeze(person);
  const runId = await askAll(bo, "users.unfreeze", "users", `q=${mark}&view=frozen`);
  await perform(bo.actor, async (ctx) => doRow(ctx, (await read(runId)).id, idsOf(crowd)[0]!));
  await unfreeze(crowd.find(({ id }) => id === idsOf(crowd)[1])!);
  await workOff(runId, now(), soon());
  expect(await read(runId)).toMatchObject({ status: "done", total: 2, done: 2, failed: 0 });
});

test.each([0, 1, 2, 3])("a run that was killed after %i rows goes on there, and gives nobody two", async (before) => {
  const bo = await aUser({ role: "staff" });
  const crowd = await people(4);
  const template = await aCouponTemplate();
  const runId = await ask(bo, { operation: "users.coupon", ids: idsOf(crowd), params: { templateId: template.id } });
  const { id } = await read(runId);
  for (const row of idsOf(crowd).slice(0, before)) await perform(bo.actor, (ctx) => doRow(ctx, id, row));
  // Killed between the work and its commit: neither the coupon nor the mark is there.
  await expect(perform(bo.actor, async (ctx) => { await doRow(ctx, id, idsOf(crowd)[before]!); throw new Error("killed"); })).rejects.toThrow("killed");
  expect(await read(runId)).toMatchObject({ done: before, status: before === 0 ? "queued" : "running" });
  await runBulkJob.run(now(), soon());
  expect(await read(runId)).toMatchObject({ status: "done", done: 4, failed: 0 });
  expect(await rows("SELECT COUNT(*) AS n FROM coupons WHERE template_id = ? GROUP BY user_id", [template.id])).toEqual(crowd.map(() => ({ n: 1 })));
});

test("a row that was done or failed is not come to again", async () => {
  const bo = await aUser({ role: "staff" });
  const [first, second] = idsOf(await people(2));
  const runId = await ask(bo, { operation: "users.end_sessions", ids: [first!, second!] });
  const { id } = await read(runId);
  expect(await perform(bo.actor, (ctx) => doRow(ctx, id, first!))).toBe(true);
  expect(await perform(bo.actor, (ctx) => doRow(ctx, id, first!))).toBe(false);
  await perform(bo.actor, (ctx) => failRow(ctx, id, first!, { code: "not_found", detail: {} }));
  expect(await read(runId)).toMatchObject({ done: 1, failed: 0, cursorId: first });
});

test("a run without time leaves the rest to the next, and one that was stopped does no more", async () => {
  const bo = await aUser({ role: "staff" });
  const crowd = await people(2);
  const runId = await ask(bo, { operation: "users.freeze", ids: idsOf(crowd), params: { reason: "looks odd" } });
  expect(await workOff(runId, now(), Date.now() - 1)).toEqual({ done: 0, failed: 0, isOver: false });
  await perform(bo.actor, (ctx) => stopRun(ctx, { runId }));
  expect(await workOff(runId, now(), soon())).toEqual({ done: 0, failed: 0, isOver: true });
  expect([await frozen(crowd), (await read(runId)).status]).toEqual([0, "stopped"]);
  await expect(perform(bo.actor, (ctx) => stopRun(ctx, { runId }))).rejects.toMatchObject({ code: "bulk_not_running" });
  expect((await listOpenRuns(db(), 50)).map(({ publicId }) => publicId)).not.toContain(runId);
});

test("who may not do it to one row may not ask for many, nor stop another's", async () => {
  const bo = await aUser({ role: "staff" });
  const clerk = staffWith((await aUser({ role: "staff" })).id, "staff", "fulfilment");
  const [row] = idsOf(await people(1));
  const run = { operation: "users.freeze" as const, params: { upTo: row!, reason: "no" }, selection: { ids: [row!] }, total: 1 };
  await expect(perform(clerk, (ctx) => askForRun(ctx, run))).rejects.toMatchObject({ code: "forbidden" });
  await expect(perform((await aUser()).actor, (ctx) => askForRun(ctx, run))).rejects.toMatchObject({ code: "forbidden" });
  const runId = await ask(bo, { operation: "users.freeze", ids: [row!], params: { reason: "looks odd" } });
  await expect(perform(clerk, (ctx) => stopRun(ctx, { runId }))).rejects.toMatchObject({ code: "forbidden" });
  await expect(perform(bo.actor, (ctx) => askForRun(ctx, { ...run, total: 100_001 }))).rejects.toMatchObject({ code: "bulk_too_many" });
  await expect(perform(bo.actor, (ctx) => askForRun(ctx, { ...run, total: 0 }))).rejects.toMatchObject({ code: "not_found" });
});

test("a run of somebody who lost the permission stops before its next row", async () => {
  const bo = await aUser({ role: "staff" });
  const crowd = await people(2);
  const runId = await ask(bo, { operation: "users.freeze", ids: idsOf(crowd), params: { reason: "looks odd" } });
  await rows("UPDATE users SET staff_role_id = (SELECT id FROM staff_roles WHERE built_in = 'analyst') WHERE id = ?", [bo.id]);
  await workOff(runId, now(), soon());
  expect([await frozen(crowd), (await read(runId)).status]).toEqual([0, "stopped"]);
});

test("unpaid orders are cancelled and paid ones left; products change status and category", async () => {
  const bo = await aUser({ role: "staff" });
  const lin = await aUser({ points: 5_000 });
  const cash = await aProduct({ skus: [{ priceMode: "points_cash", pointsPrice: 50, cashPriceCents: 990, initialStock: 3 }] });
  await anOrder(lin, cash, { addressMayFollow: true });
  await anOrder(lin, await aMug());
  const runId = await askAll(bo, "orders.cancel", "orders", `q=${lin.username}`);
  await workOff(runId, now(), soon());
  expect((await ordersOf(lin)).map(({ status }) => status).sort()).not.toContain("pending");
  expect(await read(runId)).toMatchObject({ done: 1, failed: 1 });
  expect((await failuresOf(runId)).map(([, code]) => code)).toEqual(["order_not_cancellable"]);
  const kettle = await aKettle();
  await workOff(await ask(bo, { operation: "products.archive", ids: [kettle.id] }), now(), soon());
  expect(await rows("SELECT status FROM products WHERE id = ?", [kettle.id])).toEqual([{ status: "archived" }]);
  const wrong = await ask(bo, { operation: "products.category", ids: [kettle.id], params: { categoryId: 999_999 } });
  await workOff(wrong, now(), soon());
  expect(await failuresOf(wrong)).toEqual([[kettle.id, "not_found"]]);
});

test("colleagues are no rows of those who see no colleagues, whatever the address or the ids say", async () => {
  const [{ id }, colleague, lin] = [await aUser({ role: "staff" }), await aUser({ role: "staff" }), await aUser()];
  await rows("UPDATE users SET staff_role_id = (SELECT id FROM staff_roles WHERE built_in = 'support') WHERE id = ?", [id]);
  const support = { id, actor: staffWith(id, "staff", "support") } as TestUser;
  for (const query of ["view=team", "view=%20team", "view=team%20&q=x"]) await expect(askAll(support, "users.unfreeze", "users", query)).rejects.toMatchObject({ code: "forbidden" });
  const runId = await ask(support, { operation: "users.unfreeze", ids: idsOf([colleague, lin]) });
  await workOff(runId, now(), soon());
  expect(await failuresOf(runId)).toContainEqual([colleague.id, "not_found"]);
  const names = (seesStaff: boolean) => namesOf(db(), "users", [colleague.id, lin.id], { locale: "en", seesStaff });
  expect([[...(await names(false)).keys()], (await names(true)).size]).toEqual([[lin.id], 2]);
});

test("an address that its list does not read whole starts nothing, and stops what was asked for", async () => {
  const bo = await aUser({ role: "staff" });
  const mark = unique("wide");
  const crowd = await people(2, mark);
  await expect(askAll(bo, "users.freeze", "users", `q=${mark}&status=gone`)).rejects.toMatchObject({ code: "invalid_input" });
  const runId = await askAll(bo, "users.freeze", "users", `q=${mark}&page=3&cols=name`);
  expect((await read(runId)).selection).toEqual({ query: `q=${mark}` });
  // As after a release that knows the filter by another name.
  await rows("UPDATE bulk_runs SET selection = JSON_OBJECT('query', ?) WHERE public_id = ?", [`q=${mark}&status=gone`, runId]);
  expect(await workOff(runId, now(), soon())).toEqual({ done: 0, failed: 0, isOver: true });
  expect([await frozen(crowd), (await read(runId)).status]).toEqual([0, "stopped"]);
});

test("runs are shown of operations that somebody may ask for", async () => {
  const bo = await aUser({ role: "staff" });
  const runId = await ask(bo, { operation: "users.end_sessions", ids: idsOf(await people(1)) });
  const shown = async (operations: readonly OperationKey[]) => (await listRuns(db(), operations)).map(({ publicId }) => publicId).includes(runId);
  expect([await shown(["users.end_sessions"]), await shown(["orders.complete"]), await shown([])]).toEqual([true, false, false]);
});

test("a row that was tried and then done is no failure", async () => {
  const bo = await aUser({ role: "staff" });
  const [row] = idsOf(await people(1));
  const runId = await ask(bo, { operation: "users.freeze", ids: [row!], params: { reason: "looks odd" } });
  await perform(bo.actor, async (ctx) => noteTry(ctx, (await read(runId)).id, row!));
  await workOff(runId, now(), soon());
  expect([await read(runId), await count("SELECT COUNT(*) FROM bulk_failures WHERE run_id = ?", [(await read(runId)).id])]).toMatchObject([{ status: "done", done: 1, failed: 0 }, 0]);
});

test("rows are read by id beyond the mark, whatever order the list is in", async () => {
  const mark = unique("order");
  const crowd = await people(3, mark);
  const ids = idsOf(crowd);
  const run = { operation: "users.unfreeze" as const, selection: { query: `q=${mark}&sort=-balance&page=4` }, cursorId: ids[0]!, params: { upTo: ids[1]! } };
  expect(await nextRows(db(), run, 10, await getPolicy(db()))).toEqual([ids[1]]);
});
