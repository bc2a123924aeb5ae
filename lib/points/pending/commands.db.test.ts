import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { perform } from "@/lib/perform";
import { clawBack } from "@/lib/points/keeping/commands";
import type { Source } from "@/lib/points/ledger";
import type { Holding } from "@/lib/rules/rule";
import { earnPoints } from "@/lib/rules/commands";
import type { ExpiryPolicy } from "@/lib/settings/expiry";
import { rows } from "@/test/database";
import { aUser, endOfDayIn, freeze, ledgerOf, lotsOf, noonIn, theClock, theShop, withRules, type TestUser } from "@/test/world";

import { activatePending, listDuePending, releasePending } from "./commands";
import { releasedByEvent } from "./pending";

type Waiting = { points?: number; holding?: Holding; expiry?: ExpiryPolicy; now?: Date };

/** Points that were earned and wait; three days unless told otherwise. */
async function waiting(who: TestUser, { points = 100, holding = { kind: "days", days: 3 }, expiry, now = theClock.now() }: Waiting = {}): Promise<Source> {
  const source = { type: "test", id: randomUUID() };
  await withRules("custom", [{ effect: { kind: "fixed", points }, holding, expiry: expiry ?? null }], () =>
    perform(theShop, (ctx) => earnPoints(ctx, { userId: who.id, action: "custom", source }), now));
  return source;
}

const rowsOf = ({ id }: TestUser) => rows<{ id: number; points: number; status: string; settled_at: Date | null }>("SELECT id, points, status, settled_at FROM pending_points WHERE user_id = ? ORDER BY id", [id]);
const idsOf = async (who: TestUser): Promise<number[]> => (await rowsOf(who)).map(({ id }) => id);
const activate = (ids: readonly number[], now: Date) => perform(theShop, (ctx) => activatePending(ctx, ids), now);
const due = (now: Date) => perform(theShop, (ctx) => listDuePending(ctx, 1_000), now);
const stateOf = async ({ id }: TestUser) =>
  (await rows<{ points_balance: number; points_pending: number; total_points_earned: number; points_debt: number }>("SELECT points_balance, points_pending, total_points_earned, points_debt FROM point_accounts WHERE user_id = ?", [id]))[0]!;

test("pending points are neither in the balance nor in the ledger nor earned, and cannot be spent", async () => {
  const lin = await aUser();
  await waiting(lin);
  expect(await stateOf(lin)).toMatchObject({ points_balance: 0, points_pending: 100, total_points_earned: 0 });
  expect(await ledgerOf(lin)).toEqual([]);
  expect(await lotsOf(lin)).toEqual([]);
});

test("they are due with the programme day after so many whole days, not an instant before", async () => {
  const lin = await aUser();
  await waiting(lin);
  const [id] = await idsOf(lin);
  const first = endOfDayIn(3);
  expect(await due(new Date(first.getTime() - 1))).not.toContain(id);
  expect(await due(first)).toContain(id);
});

test("activation is an earning: an entry, a lot and a level's points, whose life starts then", async () => {
  const lin = await aUser();
  const source = await waiting(lin);
  expect(await activate(await idsOf(lin), noonIn(4))).toEqual({ grants: 1, points: 100 });
  expect(await stateOf(lin)).toMatchObject({ points_balance: 100, points_pending: 0, total_points_earned: 100 });
  expect(await ledgerOf(lin)).toMatchObject([{ kind: "earn", points_change: 100, balance_after: 100, source_type: source.type, source_id: source.id }]);
  expect(await lotsOf(lin)).toMatchObject([{ points_remaining: 100, expires_at: endOfDayIn(4 + 365) }]);
  expect(await rowsOf(lin)).toMatchObject([{ status: "active", settled_at: noonIn(4) }]);
});

test("a clock that comes by late does not make points live longer", async () => {
  const lin = await aUser();
  await waiting(lin);
  await activate(await idsOf(lin), noonIn(40));
  expect(await lotsOf(lin)).toMatchObject([{ expires_at: endOfDayIn(4 + 365) }]);
});

test("but it takes nothing from anybody: points whose life would be over begin it when they are activated", async () => {
  const lin = await aUser();
  await waiting(lin, { expiry: { kind: "rolling", every: 5, unit: "day", roundTo: null } });
  await activate(await idsOf(lin), noonIn(40));
  expect(await lotsOf(lin)).toMatchObject([{ points_remaining: 100, expires_at: endOfDayIn(45) }]);
});

test("a rule's own expiry is kept until the points are active", async () => {
  const lin = await aUser();
  await waiting(lin, { expiry: { kind: "rolling", every: 10, unit: "day", roundTo: null } });
  await activate(await idsOf(lin), noonIn(4));
  expect(await lotsOf(lin)).toMatchObject([{ expires_at: endOfDayIn(14) }]);
});

test("activating twice is activating once", async () => {
  const lin = await aUser();
  await waiting(lin);
  const ids = await idsOf(lin);
  await activate(ids, noonIn(4));
  expect(await activate(ids, noonIn(5))).toEqual({ grants: 0, points: 0 });
  expect(await due(noonIn(9))).not.toContain(ids[0]);
  expect(await ledgerOf(lin)).toHaveLength(1);
});

test("a refund before activation removes pending points without touching the balance, and nothing is left to activate", async () => {
  const lin = await aUser({ points: 40 });
  const source = await waiting(lin);
  const refund = (cause: string) => perform(theShop, (ctx) => clawBack(ctx, { userId: lin.id, source, cause: { type: "test", id: cause }, reason: "taken back" }));
  expect(await refund(randomUUID())).toEqual({ points: 0, fromPending: 100, debt: 0 });
  expect(await refund(randomUUID())).toEqual({ points: 0, fromPending: 0, debt: 0 });
  expect(await stateOf(lin)).toMatchObject({ points_balance: 40, points_pending: 0, total_points_earned: 0 });
  expect(await activate(await idsOf(lin), noonIn(4))).toEqual({ grants: 0, points: 0 });
  expect((await ledgerOf(lin)).map(({ kind }) => kind)).toEqual(["adjust"]);
});

test("an event releases what waits for it: this person's, once, and long before any clock", async () => {
  const [lin, mei] = [await aUser(), await aUser()];
  for (const who of [lin, mei]) await waiting(who, { holding: { kind: "event", name: "app.rated" } });
  const rated = (now: Date) => perform(theShop, (ctx) => releasePending(ctx, releasedByEvent("app.rated", lin.id)), now);
  expect(await due(noonIn(3_000))).not.toContain((await idsOf(lin))[0]);
  expect(await rated(noonIn(2))).toEqual({ grants: 1, points: 100 });
  expect(await rated(noonIn(2))).toEqual({ grants: 0, points: 0 });
  expect([await stateOf(lin), await stateOf(mei)]).toMatchObject([{ points_balance: 100, points_pending: 0 }, { points_balance: 0, points_pending: 100 }]);
  expect(await lotsOf(lin)).toMatchObject([{ expires_at: endOfDayIn(2 + 365) }]);
});

test("who was frozen meanwhile still gets what was earned before; who is held gets it when the books are cleared", async () => {
  const [frozen, held] = [await aUser(), await aUser()];
  for (const who of [frozen, held]) await waiting(who);
  await freeze(frozen);
  await rows("INSERT INTO account_holds (user_id, invariant_name, evidence) VALUES (?, 'a test', '{}')", [held.id]);
  await rows("UPDATE point_accounts SET is_held = 1 WHERE user_id = ?", [held.id]);
  const ids = [...(await idsOf(frozen)), ...(await idsOf(held))];
  expect(await due(noonIn(4))).toContain(ids[0]);
  expect(await due(noonIn(4))).not.toContain(ids[1]);
  expect(await activate(ids, noonIn(4))).toEqual({ grants: 1, points: 100 });
  expect(await stateOf(held)).toMatchObject({ points_balance: 0, points_pending: 100 });
  await rows("UPDATE account_holds SET cleared_at = NOW(3) WHERE user_id = ?", [held.id]);
  await rows("UPDATE point_accounts SET is_held = 0 WHERE user_id = ?", [held.id]);
  expect(await activate(ids, noonIn(5))).toEqual({ grants: 1, points: 100 });
});

test("what an event releases while the books are held becomes active with the clock once they are cleared", async () => {
  const lin = await aUser();
  await waiting(lin, { holding: { kind: "event", name: "app.rated" } });
  await rows("INSERT INTO account_holds (user_id, invariant_name, evidence) VALUES (?, 'a test', '{}')", [lin.id]);
  await rows("UPDATE point_accounts SET is_held = 1 WHERE user_id = ?", [lin.id]);
  const release = () => perform(theShop, (ctx) => releasePending(ctx, releasedByEvent("app.rated", lin.id)), noonIn(2));
  expect(await release()).toEqual({ grants: 0, points: 0 });
  const [id] = await idsOf(lin);
  expect(await due(noonIn(3))).not.toContain(id);
  await rows("UPDATE account_holds SET cleared_at = NOW(3) WHERE user_id = ?", [lin.id]);
  await rows("UPDATE point_accounts SET is_held = 0 WHERE user_id = ?", [lin.id]);
  expect(await due(noonIn(3))).toContain(id);
  expect(await activate([id!], noonIn(3))).toEqual({ grants: 1, points: 100 });
  expect(await lotsOf(lin)).toMatchObject([{ expires_at: endOfDayIn(2 + 365) }]);
});

test("an activation pays a debt first", async () => {
  const lin = await aUser();
  await waiting(lin);
  await rows("UPDATE point_accounts SET points_debt = 30 WHERE user_id = ?", [lin.id]);
  await rows("INSERT INTO points_transactions (user_id, kind, points_change, balance_after, source_type, source_id, local_day) VALUES (?, 'claw_back', -30, -30, 'test', ?, '2026-01-01')", [lin.id, randomUUID()]);
  await activate(await idsOf(lin), noonIn(4));
  expect(await stateOf(lin)).toMatchObject({ points_balance: 70, points_debt: 0, total_points_earned: 100 });
});

test("many people's points become active together, each in their own lots", async () => {
  const people = [await aUser(), await aUser(), await aUser()];
  for (const [index, who] of people.entries()) for (let times = 0; times <= index; times++) await waiting(who, { points: 10 + index });
  const ids = (await Promise.all(people.map(idsOf))).flat();
  expect(await activate(ids, noonIn(4))).toEqual({ grants: 6, points: 10 + 22 + 36 });
  for (const [index, who] of people.entries()) {
    expect(await stateOf(who)).toMatchObject({ points_balance: (10 + index) * (index + 1), points_pending: 0 });
    expect((await ledgerOf(who)).map(({ balance_after }) => balance_after)).toEqual(Array.from({ length: index + 1 }, (_, times) => (10 + index) * (times + 1)));
    expect(await lotsOf(who)).toHaveLength(1);
  }
});

test("a part that was taken back is missing when the rest becomes active, and the breakdown says so", async () => {
  const lin = await aUser();
  const source = await waiting(lin);
  await perform(theShop, (ctx) => clawBack(ctx, { userId: lin.id, source, points: 30, cause: { type: "test", id: randomUUID() }, reason: "sent back" }));
  expect(await stateOf(lin)).toMatchObject({ points_balance: 0, points_pending: 70 });
  await activate(await idsOf(lin), noonIn(4));
  const [entry] = await rows<{ points_change: number; breakdown: Record<string, number> }>("SELECT points_change, breakdown FROM points_transactions WHERE user_id = ?", [lin.id]);
  expect(entry).toMatchObject({ points_change: 70, breakdown: { taken_back: -30 } });
  expect(Object.values(entry!.breakdown).reduce((sum, part) => sum + part, 0)).toBe(70);
});
