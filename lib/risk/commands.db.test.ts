import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { db } from "@/db/client";
import { findFreeze } from "@/lib/accounts/freezing/queries";
import { permissionsOf } from "@/lib/accounts/permission";
import { freezeAccount } from "@/lib/accounts/commands";
import { holdAccounts, clearHolds } from "@/lib/audit/commands";
import { liftFreezesJob } from "@/lib/jobs/lift-freezes";
import { perform } from "@/lib/perform";
import { getBalance } from "@/lib/points/queries";
import { earnPoints } from "@/lib/rules/commands";
import { DEFAULT_RISK, type RiskPolicy } from "@/lib/settings/risk";
import { count, rows, violations } from "@/test/database";
import {
  accountOf, aKettle, aMug, anOrder, atOnce, aUser, balanceOf, eventsAbout, freeze, ledgerOf, pay, redeemAlone, refusalOf, staffWith, theClock, theShop, unfreeze, withPolicy, withRules, type TestUser,
} from "@/test/world";

import { decideAppeal, writeAppeal } from "./appeals/commands";
import { decideAlert, decideAlerts, freezeForAlert, raiseAlert } from "./commands";
import type { Finding } from "./judge";
import { countAlerts, findAlert, findAppeal, listAlerts } from "./staff-queries";

const risk = (changes: Partial<RiskPolicy>) => ({ risk: { ...DEFAULT_RISK, ...changes } });
const velocity = (mode: RiskPolicy["velocity"]["mode"]) => risk({ velocity: { mode, pointsPerDay: 1_000 } });

/** Points by a rule of so many. */
const earn = (who: TestUser, points: number, now = theClock.now()) =>
  withRules("custom", [{ effect: { kind: "fixed", points } }], () =>
    perform(theShop, (ctx) => earnPoints(ctx, { userId: who.id, action: "custom", source: { type: "test", id: randomUUID() } }), now));

type AlertRow = { id: number; rule: string; subject: string; mode: string; status: string; evidence: Record<string, unknown> };
const alertsOf = ({ id }: { id: number }) => rows<AlertRow>("SELECT id, rule, subject, mode, status, evidence FROM risk_alerts WHERE user_id = ? ORDER BY id", [id]);
const heldOf = ({ id }: { id: number }) => count("SELECT is_held FROM point_accounts WHERE user_id = ?", [id]);
const aManager = async () => aUser({ name: "bo", role: "staff" });

async function decide(verdict: "dismiss" | "confirm" | "close", who: TestUser, by?: TestUser): Promise<void> {
  const staff = by ?? (await aManager());
  for (const { id } of (await alertsOf(who)).filter(({ status }) => status === "open")) await perform(staff.actor, (ctx) => decideAlert(ctx, { id, verdict, note: "looked at it" }));
}

const found = (rule: Finding["rule"], subject: string = randomUUID()): Finding => ({ rule, subject, evidence: { times: 3 } });
const raise = (who: TestUser, finding: Finding) => perform(theShop, (ctx) => raiseAlert(ctx, who.id, finding));

test("a thousand points in a day are a day's work; one more is granted and freezes in the same transaction, with an alert and an event each, once", async () => {
  const lin = await aUser();
  await earn(lin, 1_000);
  expect([await accountOf(lin), await alertsOf(lin)]).toMatchObject([{ points_balance: 1_000, status: "active" }, []]);
  expect(await earn(lin, 1)).toMatchObject({ points: 1 });
  expect(await accountOf(lin)).toMatchObject({ points_balance: 1_001, status: "frozen" });
  expect(await alertsOf(lin)).toMatchObject([{ rule: "velocity", subject: theClock.today(), mode: "freeze", status: "open", evidence: { points: 1_001, pointsPerDay: 1_000 } }]);
  expect((await eventsAbout("user", lin.id)).map(({ name }) => name)).toEqual(["account.registered", "points.earned", "points.earned", "account.frozen", "risk.raised"]);
  expect(await earn(lin, 1)).toMatchObject({ points: 0 });
  expect(await redeemAlone(lin, await aMug())).toEqual({ ok: false, code: "account_frozen", detail: {} });
  expect(await getBalance(db(), lin.id, theClock.now())).toMatchObject({ pointsAvailable: 1_001, status: "frozen" });
  expect(await findFreeze(db(), lin.id, theClock.now())).toEqual({ reason: "risk:velocity", rule: "velocity", until: null });
  expect(await violations()).toEqual([]);
});

test("two days are two days, and what was paid for does not count", async () => {
  const lin = await aUser({ points: 100_000 });
  await earn(lin, 900);
  await earn(lin, 900, new Date(theClock.now().getTime() + 86_400_000));
  const { orderId } = await anOrder(lin, await aKettle());
  await withRules("purchase", [{ effect: { kind: "fixed", points: 5_000 } }], () => pay(lin, orderId));
  expect((await ledgerOf(lin)).at(-1)).toMatchObject({ points_change: 5_000, source_type: "purchase" });
  expect([await accountOf(lin), await alertsOf(lin)]).toMatchObject([{ status: "active" }, []]);
});

test("observed, nothing but the alert changes: the account, the ledger and its lots are what they are without the rule", async () => {
  const states: unknown[] = [];
  for (const mode of ["off", "observe"] as const) {
    const lin = await aUser();
    await withPolicy(velocity(mode), async () => {
      for (const points of [600, 700, 800]) await earn(lin, points);
    });
    const [account] = await rows("SELECT points_balance, points_pending, points_debt, total_points_earned, status, status_reason, frozen_until, is_held, points_earned_on_day FROM point_accounts WHERE user_id = ?", [lin.id]);
    const ledger = await rows("SELECT kind, points_change, balance_after, source_type, local_day, reason FROM points_transactions WHERE user_id = ? ORDER BY id", [lin.id]);
    const lots = await rows("SELECT points_granted, points_remaining, is_sliding FROM point_lots WHERE user_id = ? ORDER BY id", [lin.id]);
    const events = (await eventsAbout("user", lin.id)).filter(({ name }) => name !== "risk.raised");
    states.push(JSON.stringify([account, ledger, lots, events]));
    expect((await alertsOf(lin)).map((alert) => [alert.mode, alert.status])).toEqual(mode === "off" ? [] : [["observe", "open"]]);
    expect(await redeemAlone(lin, await aMug())).toMatchObject({ ok: true });
  }
  expect(states[0]).toBe(states[1]);
});

test("held, earning stops and spending goes on; the decision gives earning back, unless another alert or the books hold it", async () => {
  const lin = await aUser();
  await withPolicy(velocity("hold"), async () => {
    await earn(lin, 1_200);
    expect(await earn(lin, 5)).toMatchObject({ points: 0 });
    expect(await redeemAlone(lin, await aMug())).toMatchObject({ ok: true });
    expect(await heldOf(lin)).toBe(1);
    await raise(lin, found("coupon_guessing"));
    const [first, second] = await alertsOf(lin);
    const bo = await aManager();
    await perform(bo.actor, (ctx) => decideAlert(ctx, { id: first!.id, verdict: "dismiss", note: "" }));
    expect(await heldOf(lin)).toBe(1);
    await perform(theShop, (ctx) => holdAccounts(ctx, [{ userId: lin.id, invariant: "a planted one", evidence: { found: 1, rows: [] } }]));
    await perform(bo.actor, (ctx) => decideAlert(ctx, { id: second!.id, verdict: "confirm", note: "" }));
    expect(await heldOf(lin)).toBe(1);
    const owner = await aUser({ role: "owner" });
    await perform(owner.actor, (ctx) => clearHolds(ctx, { requestId: randomUUID(), userId: lin.id, note: "looked at" }));
    expect(await heldOf(lin)).toBe(0);
    expect(await earn(lin, 5)).toMatchObject({ points: 5 });
  });
  expect(await violations()).toEqual([]);
});

test("clearing the books does not give back what a risk rule holds", async () => {
  const [lin, owner] = [await aUser(), await aUser({ role: "owner" })];
  await raise(lin, found("coupon_guessing"));
  await perform(theShop, (ctx) => holdAccounts(ctx, [{ userId: lin.id, invariant: "a planted one", evidence: { found: 1, rows: [] } }]));
  await perform(owner.actor, (ctx) => clearHolds(ctx, { requestId: randomUUID(), userId: lin.id, note: "looked at" }));
  expect(await heldOf(lin)).toBe(1);
  await decide("dismiss", lin);
  expect(await heldOf(lin)).toBe(0);
});

test("a dismissed freeze is undone and the same day is not stopped again; a confirmed one stays; a closed one ends", async () => {
  const people = [await aUser(), await aUser(), await aUser()];
  for (const who of people) await earn(who, 1_500);
  await decide("dismiss", people[0]!);
  await decide("confirm", people[1]!);
  await decide("close", people[2]!);
  expect(await Promise.all(people.map(async (who) => [(await accountOf(who)).status, (await alertsOf(who))[0]!.status]))).toEqual([["active", "dismissed"], ["frozen", "confirmed"], ["active", "confirmed"]]);
  expect(await earn(people[0]!, 700)).toMatchObject({ points: 700 });
  expect(await accountOf(people[0]!)).toMatchObject({ status: "active" });
});

test("a line that was raised meanwhile can be crossed again that day: its alert is open again", async () => {
  const lin = await aUser();
  await earn(lin, 1_500);
  await decide("dismiss", lin);
  await withPolicy(risk({ velocity: { mode: "hold", pointsPerDay: 2_000 } }), () => earn(lin, 600));
  expect(await alertsOf(lin)).toMatchObject([{ mode: "hold", status: "open", evidence: { points: 2_100 } }]);
  expect([await heldOf(lin), await accountOf(lin)]).toMatchObject([1, { status: "active" }]);
});

test("dismissing one alert does not end a freeze that another stands for, or that a person made", async () => {
  await withPolicy(risk({ couponGuessing: { mode: "freeze", times: 20 } }), async () => {
    const [lin, mei, bo] = [await aUser(), await aUser(), await aManager()];
    await earn(lin, 1_500);
    await raise(lin, found("coupon_guessing"));
    const [day, codes] = await alertsOf(lin);
    await perform(bo.actor, (ctx) => decideAlert(ctx, { id: day!.id, verdict: "dismiss", note: "" }));
    expect(await findFreeze(db(), lin.id, theClock.now())).toMatchObject({ rule: "coupon_guessing" });
    await perform(bo.actor, (ctx) => decideAlert(ctx, { id: codes!.id, verdict: "dismiss", note: "" }));
    expect(await findFreeze(db(), lin.id, theClock.now())).toBeNull();

    await earn(mei, 1_500);
    await perform(bo.actor, (ctx) => freezeAccount(ctx, { requestId: randomUUID(), userId: mei.id, reason: "asked on the phone" }));
    await decide("dismiss", mei);
    expect(await findFreeze(db(), mei.id, theClock.now())).toMatchObject({ reason: "asked on the phone", rule: null });
  });
});

test("a freeze that staff lifted does not come back through its open alert, and dismissing that one does not end a later freeze", async () => {
  await withPolicy(risk({ couponGuessing: { mode: "freeze", times: 20 }, refundRatio: { mode: "freeze", percent: 60, ordersMin: 5 } }), async () => {
    const bo = await aManager();
    const dismiss = (id: number) => perform(bo.actor, (ctx) => decideAlert(ctx, { id, verdict: "dismiss", note: "" }));
    for (const later of ["coupon_guessing", "refund_ratio"] as const) {
      const [lin, mei] = [await aUser(), await aUser()];
      for (const who of [lin, mei]) {
        await raise(who, found("coupon_guessing"));
        await unfreeze(who);
        await new Promise((done) => setTimeout(done, 5));
        await raise(who, found(later));
        expect(await accountOf(who)).toMatchObject({ status: "frozen" });
      }
      await dismiss((await alertsOf(lin))[1]!.id);
      expect([await accountOf(lin), (await alertsOf(lin))[0]]).toMatchObject([{ status: "active" }, { status: "open" }]);
      await dismiss((await alertsOf(mei))[0]!.id);
      expect(await findFreeze(db(), mei.id, theClock.now())).toMatchObject({ rule: later });
    }
  });
});

test("a rule's freeze takes the end from one that staff set; when it is dismissed, staff's stands again until its end", async () => {
  await withPolicy(risk({ couponGuessing: { mode: "freeze", times: 20 } }), async () => {
    const [lin, bo] = [await aUser(), await aManager()];
    await perform(bo.actor, (ctx) => freezeAccount(ctx, { requestId: randomUUID(), userId: lin.id, reason: "asked on the phone", until: theClock.today() }));
    const { until } = (await findFreeze(db(), lin.id, theClock.now()))!;
    await raise(lin, found("coupon_guessing"));
    expect(await findFreeze(db(), lin.id, new Date(until!.getTime() + 1))).toEqual({ reason: "risk:coupon_guessing", rule: "coupon_guessing", until: null });
    await decide("dismiss", lin, bo);
    expect(await findFreeze(db(), lin.id, theClock.now())).toEqual({ reason: "asked on the phone", rule: null, until });
    expect(await findFreeze(db(), lin.id, until!)).toBeNull();
    await unfreeze(lin);
  });
});

test("nobody is told of what is watched about themselves, and of colleagues only who sees the staff", async () => {
  const [lin, clerk, bo, mei] = [await aUser(), await aUser({ role: "staff" }), await aManager(), await aManager()];
  for (const who of [lin, clerk, bo]) await raise(who, found("shared_device", "a device of theirs"));
  for (const who of [lin, bo]) await freeze(who);
  for (const who of [lin, bo]) await perform(who.actor, (ctx) => writeAppeal(ctx, { body: "it was me" }));
  const ids = { lin: (await alertsOf(lin))[0]!.id, clerk: (await alertsOf(clerk))[0]!.id, bo: (await alertsOf(bo))[0]!.id };
  const appealOf = async ({ id }: TestUser) => (await rows<{ id: number }>("SELECT id FROM appeals WHERE user_id = ?", [id]))[0]!.id;
  const [hers, his] = [await appealOf(lin), await appealOf(bo)];
  const seenBy = async (id: number, role: "manager" | "support") => {
    const viewer = { id, permissions: permissionsOf("staff", { builtIn: role, permissions: [] }) };
    const alerts = await Promise.all(Object.values(ids).map((each) => findAlert(db(), each, viewer, theClock.now())));
    const listed = (await listAlerts(db(), { viewer, down: true, limit: 3, offset: 0 })).alerts.map((alert) => alert.id).filter((each) => Object.values(ids).includes(each)).length;
    const open = await countAlerts(db(), viewer);
    const written = await Promise.all([hers, his].map((each) => findAppeal(db(), each, viewer, theClock.now())));
    return { alerts: alerts.map((alert) => alert !== null), listed, appeals: written.map((appeal) => appeal !== null), open };
  };
  const [byMei, byBo, bySupport] = [await seenBy(mei.id, "manager"), await seenBy(bo.id, "manager"), await seenBy(mei.id, "support")];
  expect([byMei, byBo, bySupport].map(({ alerts, listed, appeals }) => [alerts, listed, appeals])).toEqual([
    [[true, true, true], 3, [true, true]], [[true, true, false], 2, [true, false]], [[true, false, false], 1, [true, false]],
  ]);
  expect([byMei.open.alerts.open - byBo.open.alerts.open, byMei.open.appeals - byBo.open.appeals]).toEqual([1, 1]);
  expect(bySupport.open.alerts.open).toBeLessThan(byBo.open.alerts.open);
  const [event] = (await eventsAbout("user", lin.id)).filter(({ name }) => name === "risk.raised");
  expect(event!.data).toEqual({ rule: "shared_device", mode: "observe" });
});

test("a person is told of once for each rule and case, whatever its mode; switched off, it says nothing", async () => {
  const lin = await aUser();
  expect(await raise(lin, found("shared_device", "d1"))).toBe(true);
  expect(await raise(lin, found("shared_device", "d1"))).toBe(false);
  expect(await raise(lin, found("shared_device", "d2"))).toBe(true);
  await withPolicy(risk({ sharedDevice: { mode: "off", accounts: 4 } }), async () => expect(await raise(lin, found("shared_device", "d3"))).toBe(false));
  expect(await alertsOf(lin)).toHaveLength(2);
  expect(await accountOf(lin)).toMatchObject({ status: "active" });
});

test("nobody decides about themselves, without the permission or twice; several are settled together but for those that are", async () => {
  const [lin, mei, bo] = [await aUser(), await aUser(), await aManager()];
  for (const who of [lin, mei, bo]) await raise(who, found("shared_device"));
  const [[hers], [meis], [own]] = [await alertsOf(lin), await alertsOf(mei), await alertsOf(bo)];
  const decideAs = (actor: TestUser["actor"], id: number) => refusalOf(perform(actor, (ctx) => decideAlert(ctx, { id, verdict: "dismiss", note: "" })));
  expect(await decideAs(bo.actor, own!.id)).toBe("forbidden");
  expect(await decideAs(staffWith(bo.id, "staff", "support"), hers!.id)).toBe("forbidden");
  expect(await decideAs(bo.actor, 999_999_999)).toBe("not_found");
  await perform(bo.actor, (ctx) => decideAlert(ctx, { id: hers!.id, verdict: "dismiss", note: "a family" }));
  expect(await decideAs(bo.actor, hers!.id)).toBe("already_settled");
  expect(await perform(bo.actor, (ctx) => decideAlerts(ctx, { ids: [hers!.id, meis!.id], verdict: "close", note: "a school" }))).toEqual({ settled: 1 });
  expect(await rows("SELECT status, decision_note, decided_by FROM risk_alerts WHERE id IN (?, ?) ORDER BY id", [hers!.id, meis!.id])).toEqual([
    { status: "dismissed", decision_note: "a family", decided_by: bo.id }, { status: "confirmed", decision_note: "a school", decided_by: bo.id },
  ]);
  const [event] = await rows<{ data: unknown; actor_id: number }>("SELECT data, actor_id FROM events WHERE subject_type = 'risk_alert' AND subject_id = ?", [String(hers!.id)]);
  expect(event).toEqual({ actor_id: bo.id, data: { userId: lin.id, rule: "shared_device", changes: { status: ["open", "dismissed"] } } });
});

test("staff freezes for an alert with words and an end, and the end ends it: at once for whoever asks, and in the books with the job", async () => {
  const [lin, bo] = [await aUser({ points: 300 }), await aManager()];
  await raise(lin, found("shared_device"));
  const [alert] = await alertsOf(lin);
  const until = theClock.today();
  await perform(bo.actor, (ctx) => freezeForAlert(ctx, { id: alert!.id, reason: "four accounts", until }));
  expect((await alertsOf(lin))[0]!.status).toBe("confirmed");
  const frozen = await findFreeze(db(), lin.id, theClock.now());
  expect(frozen).toMatchObject({ reason: "four accounts", rule: null });
  expect(frozen!.until!.getTime()).toBeGreaterThan(theClock.now().getTime());
  expect(await redeemAlone(lin, await aMug())).toMatchObject({ ok: false, code: "account_frozen" });

  const later = frozen!.until!;
  expect(await redeemAlone(lin, await aMug(), {}, new Date(later.getTime() - 1))).toMatchObject({ ok: false });
  expect(await redeemAlone(lin, await aMug(), {}, later)).toMatchObject({ ok: true });
  expect(await getBalance(db(), lin.id, later)).toMatchObject({ status: "active" });
  expect(await accountOf(lin)).toMatchObject({ status: "frozen" });
  expect(await violations()).toEqual([]);
  expect(await liftFreezesJob.run(later, Date.now() + 5_000)).toMatchObject({ lifted: 1, finished: 1 });
  expect(await accountOf(lin)).toMatchObject({ status: "active" });
  expect((await eventsAbout("user", lin.id)).at(-1)).toMatchObject({ name: "account.unfrozen", actor_id: null, data: { isOver: true } });
  expect(await liftFreezesJob.run(later, Date.now() + 5_000)).toMatchObject({ lifted: 0 });
  expect(await violations()).toEqual([]);
});

test("an end that is past is refused; a freeze that was made longer meanwhile is not lifted", async () => {
  // Whoever an earlier test froze until today is not what this one is about.
  await liftFreezesJob.run(new Date(theClock.now().getTime() + 2 * 86_400_000), Date.now() + 5_000);
  const [lin, bo] = [await aUser(), await aManager()];
  const freezeUntil = (until: string) => perform(bo.actor, (ctx) => freezeAccount(ctx, { requestId: randomUUID(), userId: lin.id, reason: "a reason", until }));
  expect(await refusalOf(freezeUntil("2020-01-01"))).toBe("invalid_input");
  await freezeUntil(theClock.today());
  const { until } = (await findFreeze(db(), lin.id, theClock.now()))!;
  await freezeUntil("2099-01-01");
  expect(await liftFreezesJob.run(until!, Date.now() + 5_000)).toMatchObject({ lifted: 0 });
  expect(await accountOf(lin)).toMatchObject({ status: "frozen" });
});

test("a frozen person appeals once at a time; accepted, they go on and what froze them is dismissed, in one go", async () => {
  const [lin, bo] = [await aUser(), await aManager()];
  const write = () => perform(lin.actor, (ctx) => writeAppeal(ctx, { body: "I ran a marathon of tasks." }));
  const answer = (id: number, verdict: "accept" | "decline", by = bo) => perform(by.actor, (ctx) => decideAppeal(ctx, { id, verdict, answer: "We looked at it." }));
  expect(await refusalOf(write())).toBe("not_frozen");
  await earn(lin, 1_500);
  const first = await write();
  expect(await refusalOf(write())).toBe("appeal_open");
  await answer(first.id, "decline");
  expect(await accountOf(lin)).toMatchObject({ status: "frozen" });
  expect(await refusalOf(answer(first.id, "accept"))).toBe("already_settled");
  const second = await write();
  expect(await refusalOf(answer(second.id, "accept", lin))).toBe("forbidden");
  await answer(second.id, "accept");
  expect([await accountOf(lin), await alertsOf(lin)]).toMatchObject([{ status: "active" }, [{ status: "dismissed" }]]);
  expect(await rows("SELECT status, answer, decided_by FROM appeals WHERE user_id = ? ORDER BY id", [lin.id])).toEqual([
    { status: "declined", answer: "We looked at it.", decided_by: bo.id }, { status: "accepted", answer: "We looked at it.", decided_by: bo.id },
  ]);
});

test("a frozen person pays for nothing more, orders nothing for cash alone, and unfrozen does all of it", async () => {
  const lin = await aUser({ points: 500 });
  const kettle = await aKettle();
  await anOrder(lin, kettle);
  await earn(lin, 1_001);
  expect(await redeemAlone(lin, kettle)).toMatchObject({ ok: false, code: "account_frozen" });
  await unfreeze(lin);
  expect(await redeemAlone(lin, kettle)).toMatchObject({ ok: true });
  expect(await balanceOf(lin)).toBe(1_401);
  expect((await ledgerOf(lin)).filter(({ kind }) => kind === "spend")).toHaveLength(2);
});

test("of several people at once each is judged alone", async () => {
  const people = await atOnce(6, () => aUser());
  await withRules("custom", [{ effect: { kind: "fixed", points: 600 } }], () =>
    Promise.all(people.flatMap((who, index) => Array.from({ length: index % 2 === 0 ? 1 : 2 }, () =>
      perform(theShop, (ctx) => earnPoints(ctx, { userId: who.id, action: "custom", source: { type: "test", id: randomUUID() } }))))));
  expect(await Promise.all(people.map(async (who) => (await accountOf(who)).status))).toEqual(["active", "frozen", "active", "frozen", "active", "frozen"]);
});
