import { expect, test } from "vitest";

import { holdAccounts } from "@/lib/audit/commands";
import type { Actor } from "@/lib/ctx";
import { perform } from "@/lib/perform";
import { raiseAlert } from "@/lib/risk/commands";
import { rows, violations } from "@/test/database";
import { accountOf, aUser, balanceOf, endOfDayIn, eventsAbout, ledgerOf, lotsOf, refusalOf, staffWith, theClock, theShop, unique, withPolicy, type TestUser } from "@/test/world";

import { approveAdjustment, rejectAdjustment, requestAdjustment, withdrawAdjustment, type Asked } from "./commands";
import { isInDoubt } from "./staff-queries";

type Plan = Partial<Parameters<typeof requestAdjustment>[1]>;
const ask = (by: Actor, who: { id: number }, points: number, plan: Plan = {}): Promise<Asked> =>
  perform(by, (ctx) => requestAdjustment(ctx, { userId: who.id, points, reason: "goodwill", note: "the parcel was late", expiresOn: null, attachmentKey: null, ...plan }));
const approve = (by: Actor, { adjustmentId }: Asked, now?: Date) => perform(by, (ctx) => approveAdjustment(ctx, { adjustmentId, note: "" }), now);
const reject = (by: Actor, { adjustmentId }: Asked) => perform(by, (ctx) => rejectAdjustment(ctx, { adjustmentId, note: "no" }));
const withdraw = (by: Actor, { adjustmentId }: Asked) => perform(by, (ctx) => withdrawAdjustment(ctx, { adjustmentId }));

type Row = { status: string; points: number; decided_by: number | null; decided_at: Date | null };
const rowOf = async ({ adjustmentId }: Asked): Promise<Row> => (await rows<Row>("SELECT status, points, decided_by, decided_at FROM adjustments WHERE public_id = ?", [adjustmentId]))[0]!;
const about = ({ adjustmentId }: Asked) => eventsAbout("adjustment" as "user", adjustmentId);
const handEntries = async (who: TestUser) => (await ledgerOf(who)).filter(({ source_type }) => source_type === "staff_adjustment");

const staff = () => aUser({ name: "wei", role: "staff" });

test.each([999, 1_000])("%i points are put in at once, as one entry with its event", async (points) => {
  const [lin, wei] = [await aUser(), await staff()];
  const asked = await ask(wei.actor, lin, points);
  expect(asked.status).toBe("applied");
  expect(await handEntries(lin)).toMatchObject([{ kind: "adjust", points_change: points, balance_after: points, source_id: asked.adjustmentId }]);
  expect(await rowOf(asked)).toMatchObject({ status: "applied", points, decided_by: null, decided_at: expect.any(Date) });
  expect((await about(asked)).map(({ name, actor_id, data }) => [name, actor_id, data.changes])).toEqual([["adjustment.applied", wei.id, { status: [null, "applied"], balance: [0, points] }]]);
  expect((await eventsAbout("user", lin.id)).filter(({ name }) => name === "points.adjusted").map(({ data }) => data)).toEqual([{ points, reason: "goodwill" }]);
  expect(await violations()).toEqual([]);
});

test("1,001 points wait: nothing moves until a second person allows it, then once", async () => {
  const [lin, wei, owner] = [await aUser({ points: 40 }), await staff(), await aUser({ role: "owner" })];
  const asked = await ask(wei.actor, lin, 1_001);
  expect([asked.status, await balanceOf(lin)]).toEqual(["pending", 40]);
  expect((await about(asked)).map(({ name, data }) => [name, data.changes])).toEqual([["adjustment.requested", { status: [null, "pending"] }]]);
  await approve(owner.actor, asked);
  expect(await balanceOf(lin)).toBe(1_041);
  expect(await rowOf(asked)).toMatchObject({ status: "applied", decided_by: owner.id });
  expect(await refusalOf(approve(owner.actor, asked))).toBe("already_settled");
  expect(await handEntries(lin)).toHaveLength(1);
  expect((await about(asked)).at(-1)).toMatchObject({ name: "adjustment.applied", actor_id: owner.id, data: { points: 1_001, makerId: wei.id, changes: { status: ["pending", "applied"], balance: [40, 1_041] } } });
  expect(await violations()).toEqual([]);
});

test("who asked cannot decide, whatever their role", async () => {
  for (const role of ["staff", "owner"] as const) {
    const [lin, maker] = [await aUser(), await aUser({ role })];
    const asked = await ask(maker.actor, lin, 5_000);
    expect([await refusalOf(approve(maker.actor, asked)), await refusalOf(reject(maker.actor, asked))]).toEqual(["own_adjustment", "own_adjustment"]);
    expect([(await rowOf(asked)).status, await balanceOf(lin)]).toEqual(["pending", 0]);
  }
});

test("nobody adjusts themselves, nor decides about their own points", async () => {
  const [owner, wei] = [await aUser({ role: "owner" }), await staff()];
  expect(await refusalOf(ask(owner.actor, owner, 1))).toBe("adjustment_to_oneself");
  const asked = await ask(wei.actor, owner, 5_000);
  expect(await refusalOf(approve(owner.actor, asked))).toBe("adjustment_to_oneself");
  expect(await refusalOf(reject(owner.actor, asked))).toBe("adjustment_to_oneself");
  expect(await balanceOf(owner)).toBe(0);
});

test("support asks and does not decide; fulfilment, analysts, shoppers and the clock do neither", async () => {
  const [lin, wei] = [await aUser(), await staff()];
  const support = staffWith((await aUser({ role: "staff" })).id, "staff", "support");
  const asked = await ask(support, lin, 5_000);
  const other = await ask(wei.actor, lin, 5_000);
  expect(await refusalOf(approve(support, other))).toBe("forbidden");
  expect(await refusalOf(reject(support, other))).toBe("forbidden");
  for (const actor of [staffWith(wei.id, "staff", "fulfilment"), staffWith(wei.id, "staff", "analyst"), lin.actor, theShop]) {
    expect(await refusalOf(ask(actor, lin, 5))).toBe("forbidden");
    for (const decide of [approve, reject, withdraw]) expect(await refusalOf(decide(actor, asked))).toBe("forbidden");
  }
  expect(await balanceOf(lin)).toBe(0);
});

test("support adjusts shoppers, not colleagues", async () => {
  const [colleague, support] = [await staff(), staffWith((await aUser({ role: "staff" })).id, "staff", "support")];
  expect(await refusalOf(ask(support, colleague, 5))).toBe("forbidden");
});

test("what is turned down or taken back moves nothing and is over", async () => {
  const [lin, wei, owner] = [await aUser({ points: 5_000 }), await staff(), await aUser({ role: "owner" })];
  const [first, second] = [await ask(wei.actor, lin, 2_000), await ask(wei.actor, lin, -2_000)];
  await reject(owner.actor, first);
  expect(await refusalOf(withdraw(owner.actor, second))).toBe("forbidden");
  await withdraw(wei.actor, second);
  for (const [asked, status] of [[first, "rejected"], [second, "withdrawn"]] as const) {
    expect((await rowOf(asked)).status).toBe(status);
    expect(await refusalOf(approve(owner.actor, asked))).toBe("already_settled");
    expect(await refusalOf(withdraw(wei.actor, asked))).toBe("already_settled");
    expect((await about(asked)).at(-1)).toMatchObject({ name: `adjustment.${status}`, data: { changes: { status: ["pending", status] } } });
  }
  expect([await balanceOf(lin), await handEntries(lin)]).toEqual([5_000, []]);
});

test("points are taken out soonest expiry first, from more lots than are read at once", async () => {
  const lots = Array.from({ length: 12 }, (_, index) => ({ points: 10, expiresInDays: index + 1 }));
  const [lin, wei] = [await aUser({ lots }), await staff()];
  await ask(wei.actor, lin, -105);
  expect((await lotsOf(lin)).map(({ points_remaining }) => points_remaining)).toEqual([...Array<number>(10).fill(0), 5, 10]);
  expect(await violations()).toEqual([]);
});

test("nobody is taken more than they have, at once or when it is decided, and no debt comes of it", async () => {
  const [lin, wei, owner] = [await aUser({ points: 1_500 }), await staff(), await aUser({ role: "owner" })];
  expect(await refusalOf(ask(wei.actor, lin, -1_501))).toBe("insufficient_points");
  const asked = await ask(wei.actor, lin, -1_500);
  await ask(wei.actor, lin, -1);
  expect(await refusalOf(approve(owner.actor, asked))).toBe("insufficient_points");
  expect([(await rowOf(asked)).status, await accountOf(lin)]).toMatchObject(["pending", { points_balance: 1_499, points_debt: 0 }]);
});

test("points that have expired are not there to be taken, swept or not", async () => {
  const [lin, wei] = [await aUser({ lots: [{ points: 50, expiresInDays: 0 }, { points: 20, expiresInDays: 9 }] }), await staff()];
  theClock.passDays(1);
  expect(await refusalOf(ask(wei.actor, lin, -21))).toBe("insufficient_points");
  expect((await ask(wei.actor, lin, -20)).status).toBe("applied");
});

test("a debt is paid by what is put in", async () => {
  const [lin, wei] = [await aUser(), await staff()];
  await rows("INSERT INTO points_transactions (user_id, kind, points_change, balance_after, source_type, source_id, local_day) VALUES (?, 'claw_back', -30, -30, 'test', ?, '2026-01-01')", [lin.id, unique("debt")]);
  await rows("UPDATE point_accounts SET points_debt = 30 WHERE user_id = ?", [lin.id]);
  await ask(wei.actor, lin, 100);
  expect(await accountOf(lin)).toMatchObject({ points_balance: 70, points_debt: 0 });
  expect(await handEntries(lin)).toMatchObject([{ points_change: 100, balance_after: 70 }]);
  expect(await violations()).toEqual([]);
});

test("points are good as long as was said, else as long as the programme says when they are put in", async () => {
  const [lin, wei, owner] = [await aUser(), await staff(), await aUser({ role: "owner" })];
  const day = new Date(endOfDayIn(5).getTime() - 43_200_000).toISOString().slice(0, 10) as NonNullable<Plan["expiresOn"]>;
  await ask(wei.actor, lin, 10, { expiresOn: day });
  const asked = await ask(wei.actor, lin, 2_000);
  theClock.passDays(2);
  await approve(owner.actor, asked);
  expect((await lotsOf(lin)).map(({ points_granted, expires_at }) => [points_granted, expires_at])).toEqual([[10, endOfDayIn(3)], [2_000, endOfDayIn(365)]]);
});

test("points whose day has passed are not put in: it is asked for anew", async () => {
  const [lin, wei, owner] = [await aUser(), await staff(), await aUser({ role: "owner" })];
  const day = theClock.today();
  const asked = await ask(wei.actor, lin, 2_000, { expiresOn: day });
  theClock.passDays(1);
  expect(await refusalOf(approve(owner.actor, asked))).toBe("adjustment_outdated");
  expect(await refusalOf(ask(wei.actor, lin, 10, { expiresOn: day }))).toBe("adjustment_outdated");
});

test("a frozen account may be corrected, and one whose earnings a risk rule holds; one whose books are in doubt may not", async () => {
  const [frozen, held, wei] = [await aUser({ points: 100, isFrozen: true }), await aUser({ points: 100 }), await staff()];
  await ask(wei.actor, frozen, -60);
  await ask(wei.actor, frozen, 10);
  expect(await balanceOf(frozen)).toBe(50);
  await perform(theShop, (ctx) => raiseAlert(ctx, held.id, { rule: "coupon_guessing", subject: "an hour", evidence: { times: 20 } }));
  await ask(wei.actor, held, -30);
  await ask(wei.actor, held, 10);
  expect([await balanceOf(held), await isInDoubt(held.id)]).toEqual([80, false]);
  await perform(theShop, (ctx) => holdAccounts(ctx, [{ userId: held.id, invariant: "a planted one", evidence: { found: 1, rows: [] } }]));
  expect(await isInDoubt(held.id)).toBe(true);
  expect(await refusalOf(ask(wei.actor, held, 10))).toBe("account_held");
  await rows("UPDATE account_holds SET cleared_at = NOW(3) WHERE user_id = ?", [held.id]);
  await rows("UPDATE point_accounts SET is_held = FALSE WHERE user_id = ?", [held.id]);
  await rows("UPDATE risk_alerts SET status = 'confirmed', decided_at = NOW(3) WHERE user_id = ?", [held.id]);
});

test("who is not there, or was forgotten, has nothing adjusted", async () => {
  const [gone, wei] = [await aUser(), await staff()];
  await rows("UPDATE users SET erased_at = NOW(3) WHERE id = ?", [gone.id]);
  expect(await refusalOf(ask(wei.actor, gone, 10))).toBe("not_found");
  expect(await refusalOf(ask(wei.actor, { id: 999_999_999 }, 10))).toBe("not_found");
  for (const decide of [approve, reject, withdraw]) expect(await refusalOf(decide(wei.actor, { adjustmentId: "x".repeat(22), status: "pending" }))).toBe("not_found");
});

test("the threshold of the time of asking holds, not that of the decision", async () => {
  const [lin, wei, owner] = [await aUser(), await staff(), await aUser({ role: "owner" })];
  const asked = await withPolicy({ adjustmentApprovalPoints: 10 }, () => ask(wei.actor, lin, 11));
  expect(asked.status).toBe("pending");
  expect(await refusalOf(approve(wei.actor, asked))).toBe("own_adjustment");
  await approve(owner.actor, asked);
  expect(await balanceOf(lin)).toBe(11);
});

test("many small ones of one maker on a day count together, for whomever, by direction", async () => {
  const [lin, mei, wei, other] = [await aUser(), await aUser(), await staff(), await staff()];
  expect((await ask(wei.actor, lin, 600)).status).toBe("applied");
  expect((await ask(wei.actor, lin, -600)).status).toBe("applied");
  expect((await ask(wei.actor, lin, 401)).status).toBe("pending");
  expect((await ask(wei.actor, mei, 401)).status).toBe("pending");
  expect((await ask(wei.actor, mei, 400)).status).toBe("applied");
  expect((await ask(wei.actor, mei, 1)).status).toBe("pending");
  expect((await ask(other.actor, lin, 401)).status).toBe("applied");
  theClock.passDays(1);
  expect((await ask(wei.actor, lin, 1_000)).status).toBe("applied");
});
