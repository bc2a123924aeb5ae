import { randomUUID } from "node:crypto";

import { afterEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { clearHolds, holdAccounts } from "@/lib/audit/commands";
import { findLastCheck, listClearedHolds, listHeldAccounts } from "@/lib/audit/queries";
import { invariants } from "@/lib/audit/invariants";
import { perform } from "@/lib/perform";
import { earnPoints } from "@/lib/rules/commands";
import { rows } from "@/test/database";
import { aMug, atOnce, aUser, eventsAbout, redeemAlone, refusalOf, theClock, theShop, type TestUser } from "@/test/world";

import { reconcileLedger, reconcileLedgerJob } from "./reconcile-ledger";

const EARNED = "points earned are the sum of the earnings";

const check = async () => (await reconcileLedger(theClock.now(), Date.now() + 60_000))!;
const visit = (who: TestUser) => perform(theShop, (ctx) => earnPoints(ctx, { userId: who.id, action: "login", source: { type: "visit", id: randomUUID() } }));
const holdsOf = ({ id }: TestUser) => rows<{ invariant_name: string; evidence: object; cleared_note: string | null }>("SELECT invariant_name, evidence, cleared_note FROM account_holds WHERE user_id = ? ORDER BY id", [id]);
const isHeld = async ({ id }: TestUser) => (await rows<{ is_held: number }>("SELECT is_held FROM point_accounts WHERE user_id = ?", [id]))[0]!.is_held === 1;
const clear = (owner: TestUser, who: TestUser, note = "a row was changed by hand") => perform(owner.actor, (ctx) => clearHolds(ctx, { requestId: randomUUID(), userId: who.id, note }));

const damaged = new Map<number, number>();
/** What a bad restore or a hand in the tables would leave. Of this column no entry keeps a copy, so what happens meanwhile stays right. */
async function damage({ id }: TestUser, points: number): Promise<void> {
  damaged.set(id, (damaged.get(id) ?? 0) + points);
  await rows("UPDATE point_accounts SET total_points_earned = total_points_earned + ? WHERE user_id = ?", [points, id]);
}
async function repair({ id }: TestUser): Promise<void> {
  await rows("UPDATE point_accounts SET total_points_earned = total_points_earned - ? WHERE user_id = ?", [damaged.get(id) ?? 0, id]);
  damaged.delete(id);
}

/** Nothing that a test broke on purpose is left for the next. */
afterEach(async () => {
  for (const [id, points] of damaged) await rows("UPDATE point_accounts SET total_points_earned = total_points_earned - ? WHERE user_id = ?", [points, id]);
  damaged.clear();
  await rows("UPDATE account_holds SET cleared_at = created_at WHERE cleared_at IS NULL");
  await rows("UPDATE point_accounts SET is_held = FALSE WHERE is_held");
});

test("books in order hold nobody, and the check says so", async () => {
  const who = await aUser({ points: 50 });
  expect(await check()).toMatchObject({ checked: invariants.length, broken: 0, rows: 0, people: 0, held: 0, next: null, unchecked: [], findings: [] });
  expect(await isHeld(who)).toBe(false);
  expect((await eventsAbout("user", who.id)).map(({ name }) => name)).not.toContain("account.held");
});

test("a corrupted row is found with its person and the exact difference; granting stops for them alone, spending goes on", async () => {
  const [lin, mei] = [await aUser({ points: 200 }), await aUser({ name: "mei", points: 200 })];
  await damage(lin, 7);
  expect(await check()).toMatchObject({ broken: 1, rows: 1, people: 1, held: 1 });
  expect((await holdsOf(lin)).map(({ invariant_name, evidence }) => [invariant_name, evidence])).toEqual([[EARNED, { found: 1, rows: [{ user_id: lin.id, account: 7, ledger: "0", difference: "7" }] }]]);
  expect([await isHeld(lin), await isHeld(mei)]).toEqual([true, false]);
  expect((await visit(lin)).points).toBe(0);
  expect((await visit(mei)).points).toBeGreaterThan(0);
  expect(await redeemAlone(lin, await aMug())).toMatchObject({ ok: true });
  expect((await eventsAbout("user", lin.id)).filter(({ name }) => name === "account.held")).toHaveLength(1);
  const [event] = await rows<{ data: object }>("SELECT data FROM events WHERE name = 'books.checked' ORDER BY id DESC LIMIT 1");
  expect(event).toEqual({ data: { findings: 1 } });
});

test("what is found again adds no second hold, and no second event", async () => {
  const lin = await aUser({ points: 20 });
  await damage(lin, 3);
  await check();
  expect((await check()).held).toBe(0);
  expect(await holdsOf(lin)).toHaveLength(1);
  expect((await eventsAbout("user", lin.id)).filter(({ name }) => name === "account.held")).toHaveLength(1);
});

test("an owner clears it with a note; books that are still wrong are held anew, and mended ones are not", async () => {
  const [lin, owner] = [await aUser({ points: 20 }), await aUser({ role: "owner" })];
  await damage(lin, 3);
  await check();
  await clear(owner, lin);
  expect(await isHeld(lin)).toBe(false);
  expect((await visit(lin)).points).toBeGreaterThan(0);
  expect((await eventsAbout("user", lin.id)).find(({ name }) => name === "account.cleared")).toEqual({ name: "account.cleared", actor_id: owner.id, data: { note: "a row was changed by hand" } });
  expect((await check()).held).toBe(1);
  await repair(lin);
  await clear(owner, lin, "the row was put right");
  expect((await check()).held).toBe(0);
  expect((await holdsOf(lin)).map(({ cleared_note }) => cleared_note)).toEqual(["a row was changed by hand", "the row was put right"]);
  expect((await listClearedHolds(db()))[0]).toMatchObject({ username: lin.username, clearedNote: "the row was put right", clearedByName: owner.username });
});

test("only an owner clears, and only what is held; both are refused and change nothing", async () => {
  const [lin, staff, owner] = [await aUser({ points: 20 }), await aUser({ role: "staff" }), await aUser({ role: "owner" })];
  await damage(lin, 3);
  await check();
  expect(await refusalOf(clear(staff, lin))).toBe("forbidden");
  expect(await refusalOf(clear(lin, lin))).toBe("forbidden");
  expect(await isHeld(lin)).toBe(true);
  expect(await refusalOf(clear(owner, await aUser()))).toBe("not_found");
});

test("held people are listed with all that was found of each", async () => {
  const [lin, mei] = [await aUser({ points: 20 }), await aUser({ name: "mei", points: 20 })];
  await damage(lin, 3);
  await damage(mei, 4);
  await check();
  const { accounts } = await listHeldAccounts(db());
  expect(accounts.map(({ userId, username, holds }) => [userId, username, holds.map(({ invariant }) => invariant)])).toEqual([[lin.id, lin.username, [EARNED]], [mei.id, mei.username, [EARNED]]]);
  expect((await findLastCheck(db()))!.check).toMatchObject({ broken: 1, rows: 2, people: 2 });
});

test("two checks of one person at once open one hold, and a person who does not exist is left out", async () => {
  const lin = await aUser();
  const finding = (userId: number) => ({ userId, invariant: EARNED, evidence: { found: 1, rows: [] } });
  await atOnce(5, () => perform(theShop, (ctx) => holdAccounts(ctx, [finding(lin.id), finding(999_999_999)])));
  expect(await holdsOf(lin)).toHaveLength(1);
});

test("a check that runs out of time says where it stopped, and the next goes on there", async () => {
  const now = theClock.now();
  const first = (await reconcileLedger(now, Date.now() - 1))!;
  expect([first.checked, first.next]).toEqual([1, invariants[1]!.name]);
  const second = (await reconcileLedger(now, Date.now() - 1))!;
  expect([second.checked, second.next]).toEqual([1, invariants[2]!.name]);
  expect((await check()).checked).toBe(invariants.length);
  expect((await reconcileLedger(now, Date.now() - 1))!.next).toBe(invariants[1]!.name);
  await check();
});

test("of checks that are started at once one runs", async () => {
  const runs = await atOnce(4, () => reconcileLedger(theClock.now(), Date.now() + 60_000));
  expect(runs.filter((run) => run !== null).length).toBeGreaterThanOrEqual(1);
  expect(runs.filter((run) => run === null).length).toBeGreaterThanOrEqual(1);
});

test("the job reports counts for the operator", async () => {
  const lin = await aUser({ points: 20 });
  await damage(lin, 3);
  expect(await reconcileLedgerJob.run(theClock.now(), Date.now() + 60_000)).toMatchObject({ broken: 1, people: 1, held: 1, finished: 1 });
});

test("a table that cannot be read fails the check aloud and leaves its connection to nobody", async () => {
  await rows("RENAME TABLE stock_moves TO stock_moves_away");
  await expect(check()).rejects.toThrow("stock_moves");
  await rows("RENAME TABLE stock_moves_away TO stock_moves");
  expect((await check()).broken).toBe(0);
});
