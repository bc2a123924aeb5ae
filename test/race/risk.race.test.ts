import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { freezeAccount } from "@/lib/accounts/commands";
import { checkInAll } from "@/lib/checkin/commands";
import { perform } from "@/lib/perform";
import { writeAppeal, decideAppeal } from "@/lib/risk/appeals/commands";
import { decideAlert } from "@/lib/risk/commands";
import { noteWrongCode } from "@/lib/risk/watching/commands";
import { requestKey } from "@/lib/request-key";
import { earnPoints } from "@/lib/rules/commands";
import { count, rows, violations } from "@/test/database";
import { accountOf, aMug, atOnce, aUser, balanceOf, freeze, redeemAlone, refusalOf, tally, theShop, usersWith, withRules } from "@/test/world";

const outcomeOf = async (work: Promise<unknown>): Promise<string> => work.then(() => "ok", (error: { code?: string }) => error.code ?? "broken");
const sumOf = (table: string, id: number) => count(`SELECT COUNT(*) FROM ${table} WHERE user_id = ?`, [id]);

test("of fifty earnings at once that cross the line, those before it and the one that crosses are granted; one freeze, one alert", async () => {
  const lin = await aUser();
  await withRules("custom", [{ effect: { kind: "fixed", points: 100 } }], () =>
    atOnce(50, () => perform(theShop, (ctx) => earnPoints(ctx, { userId: lin.id, action: "custom", source: { type: "test", id: randomUUID() } }))));
  expect(await accountOf(lin)).toMatchObject({ points_balance: 1_100, total_points_earned: 1_100, status: "frozen" });
  expect(await sumOf("risk_alerts", lin.id)).toBe(1);
  expect(await count("SELECT COUNT(*) FROM events WHERE subject_type = 'user' AND subject_id = ? AND name = 'account.frozen'", [String(lin.id)])).toBe(1);
  expect(await count("SELECT points_earned_on_day FROM point_accounts WHERE user_id = ?", [lin.id])).toBe(1_100);
  expect(await violations()).toEqual([]);
});

test("a set of many people with one book: each that crosses is frozen and the others are not", async () => {
  const people = await usersWith(10, 12);
  // Every other one has earned today, and crosses with the check-in.
  const busy = people.filter((_, index) => index % 2 === 0);
  await withRules("custom", [{ effect: { kind: "fixed", points: 300 } }], () =>
    Promise.all(busy.map(({ id }) => perform(theShop, (ctx) => earnPoints(ctx, { userId: id, action: "custom", source: { type: "test", id: randomUUID() } })))));
  const answers = await withRules("checkin", [{ effect: { kind: "fixed", points: 800 } }], () =>
    perform(theShop, (ctx) => checkInAll(ctx, people.map(({ id }) => ({ userId: id, request: requestKey(randomUUID(), "check-in", {}) })))));
  expect(tally(answers)).toEqual({ ok: 12 });
  const frozen = await rows<{ user_id: number; points_balance: number }>(`SELECT user_id, points_balance FROM point_accounts WHERE status = 'frozen' AND user_id IN (${people.map(({ id }) => id).join(",")}) ORDER BY user_id`);
  expect(frozen).toEqual(busy.map(({ id }) => ({ user_id: id, points_balance: 1_110 })));
  expect(await violations()).toEqual([]);
});

test("a freeze in the middle of redemptions: each is wholly before it or refused", async () => {
  const [lin, owner, mug] = [await aUser({ points: 4_000 }), await aUser({ role: "owner" }), await aMug({ initialStock: 100 })];
  const work = atOnce(40, () => redeemAlone(lin, mug));
  const frozen = perform(owner.actor, (ctx) => freezeAccount(ctx, { requestId: randomUUID(), userId: lin.id, reason: "too fast by far" }));
  const answers = tally(await work);
  await frozen;
  expect((answers.ok ?? 0) + (answers.account_frozen ?? 0)).toBe(40);
  expect(await balanceOf(lin)).toBe(4_000 - 100 * (answers.ok ?? 0));
  expect(await sumOf("orders", lin.id)).toBe(answers.ok ?? 0);
  expect(await violations()).toEqual([]);
});

test("earning over the line beside redeeming: what is spent was spent before the freeze", async () => {
  const [lin, mug] = [await aUser({ points: 1_000 }), await aMug({ initialStock: 100 })];
  await withRules("custom", [{ effect: { kind: "fixed", points: 1_001 } }], async () => {
    const [answers] = await Promise.all([
      atOnce(20, () => redeemAlone(lin, mug)),
      perform(theShop, (ctx) => earnPoints(ctx, { userId: lin.id, action: "custom", source: { type: "test", id: randomUUID() } })),
    ]);
    const told = tally(answers);
    expect(await balanceOf(lin)).toBe(2_001 - 100 * (told.ok ?? 0));
    expect((told.ok ?? 0) + (told.account_frozen ?? 0) + (told.insufficient_points ?? 0)).toBe(20);
  });
  expect(await accountOf(lin)).toMatchObject({ status: "frozen" });
  expect(await violations()).toEqual([]);
});

test("an appeal from twenty tabs is one; of ten who answer it one does, and of ten who settle an alert one does", async () => {
  const lin = await aUser();
  await freeze(lin);
  const written = await atOnce(20, () => outcomeOf(perform(lin.actor, (ctx) => writeAppeal(ctx, { body: "It was my sister's phone." }))));
  expect(written.sort()).toEqual([...Array<string>(19).fill("appeal_open"), "ok"]);
  const [appeal] = await rows<{ id: number }>("SELECT id FROM appeals WHERE user_id = ?", [lin.id]);
  const staff = await Promise.all(Array.from({ length: 10 }, () => aUser({ role: "staff" })));
  const answered = await atOnce(10, (index) => outcomeOf(perform(staff[index]!.actor, (ctx) => decideAppeal(ctx, { id: appeal!.id, verdict: index % 2 ? "accept" : "decline", answer: "We looked." }))));
  expect(answered.sort()).toEqual([...Array<string>(9).fill("already_settled"), "ok"]);

  const mei = await aUser();
  await withRules("custom", [{ effect: { kind: "fixed", points: 1_001 } }], () => perform(theShop, (ctx) => earnPoints(ctx, { userId: mei.id, action: "custom", source: { type: "test", id: randomUUID() } })));
  const [alert] = await rows<{ id: number }>("SELECT id FROM risk_alerts WHERE user_id = ?", [mei.id]);
  const settled = await atOnce(10, (index) => outcomeOf(perform(staff[index]!.actor, (ctx) => decideAlert(ctx, { id: alert!.id, verdict: index % 2 ? "dismiss" : "confirm", note: "" }))));
  expect(settled.sort()).toEqual([...Array<string>(9).fill("already_settled"), "ok"]);
  expect(await violations()).toEqual([]);
});

test("of sixty wrong codes at once each is counted, and one alert holds the earnings", async () => {
  const lin = await aUser();
  await atOnce(60, () => perform(lin.actor, noteWrongCode));
  expect(await count("SELECT SUM(times) FROM risk_signals WHERE user_id = ?", [lin.id])).toBe(60);
  expect(await rows("SELECT rule, mode, status, evidence->>'$.times' AS times FROM risk_alerts WHERE user_id = ?", [lin.id])).toMatchObject([{ rule: "coupon_guessing", mode: "hold", status: "open", times: "60" }]);
  expect(await count("SELECT is_held FROM point_accounts WHERE user_id = ?", [lin.id])).toBe(1);
  expect(await refusalOf(perform(lin.actor, (ctx) => writeAppeal(ctx, { body: "I cannot read my own hand." })))).toBe("not_frozen");
});
