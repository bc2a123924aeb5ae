import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { checkInAll } from "@/lib/checkin/commands";
import { makeUp } from "@/lib/checkin/making-up/commands";
import { addDays } from "@/lib/day";
import { reviewLevels, saveLevel } from "@/lib/levels/commands";
import { LevelInput } from "@/lib/levels/schema";
import { perform } from "@/lib/perform";
import { requestKey } from "@/lib/request-key";
import { DEFAULT_POLICY } from "@/lib/settings/policy";
import { count, emptyDatabase, rows } from "@/test/database";
import { anOrder, aKettle, atOnce, aUser, aProduct, freeze, noonIn, pay, theClock, theShop, unfreeze, type TestUser } from "@/test/world";

import { receiveEvent } from "../custom/commands";
import { restoreVersion, saveRule, setRuleStatus } from "../editing/commands";
import type { Definition, Rule } from "../rule";
import { CustomEventInput, RuleInput } from "../schema";
import { Simulation } from "../simulate";
import { readPast, replayDraft, type Past } from "./queries";

const effect = (points: number) => ({ kind: "fixed", points });

async function aRule(actionType: string, definition: object, more: object = {}): Promise<{ id: number; version: number }> {
  return perform(theShop, (ctx) => saveRule(ctx, RuleInput.parse({ requestId: randomUUID(), actionType, name: `${actionType} rule`, status: "active", definition, ...more })));
}

const send = (who: TestUser, event: string) => perform(theShop, (ctx) => receiveEvent(ctx, CustomEventInput.parse({ userId: who.id, event, id: randomUUID() })));
const checkIn = async (people: readonly TestUser[]) => people.length === 0 ? [] : perform(theShop, (ctx) => checkInAll(ctx, people.map(({ id }) => ({ userId: id, request: requestKey(undefined, "check-in", {}) }))));

/** Refused when the day cannot be made up, or costs another price: then nothing happened. */
const fillDay = (who: TestUser, daysAgo: number) => perform(who.actor, (ctx) => makeUp(ctx, { day: addDays(theClock.today(), -daysAgo), pointsShown: 30 })).catch((error: unknown) => expect(error).toMatchObject({ name: "Refusal" }));

/** The books of a person were found wrong; half an hour later somebody has cleared them. */
async function hold({ id }: TestUser, work: () => Promise<unknown>): Promise<void> {
  await rows("UPDATE point_accounts SET is_held = TRUE WHERE user_id = ?", [id]);
  await rows("INSERT INTO account_holds (user_id, invariant_name, evidence, created_at) VALUES (?, 'a test', '{}', ?)", [id, theClock.now()]);
  theClock.passMinutes(1);
  await work();
  theClock.passMinutes(30);
  await rows("UPDATE point_accounts SET is_held = FALSE WHERE user_id = ?", [id]);
  await rows("UPDATE account_holds SET cleared_at = ? WHERE user_id = ? AND cleared_at IS NULL", [theClock.now(), id]);
}

const aLevel = (rank: number, threshold: number, multiplierPercent: number, id?: number) =>
  perform(theShop, (ctx) => saveLevel(ctx, LevelInput.parse({ requestId: "k", id, rank, name: `level ${rank}`, threshold, multiplierPercent })));

/** What the past, lived through again, gives each cause: its parts by rule. */
function replayed({ versions, before, happenings, span }: Past): Map<string, Record<string, number>> {
  const simulation = new Simulation(versions, before, span.timeZone);
  const given = new Map<string, Record<string, number>>();
  for (const happening of happenings) {
    simulation.judge(happening).grants.forEach(({ breakdown }, index) => {
      const { type, id } = happening.source;
      given.set(`${type}:${id}${index === 0 ? "" : `~${index + 1}`}`, breakdown);
    });
  }
  return given;
}

const booked = ({ booked: { grants } }: Past): Map<string, Record<string, number>> => new Map([...grants].map(([source, { breakdown }]) => [source, breakdown]));
const sorted = (all: Map<string, Record<string, number>>) => [...all].map(([source, parts]) => [source, Object.entries(parts).sort()]).sort();
const readAll = (days: number): Promise<Past> => readPast(days, theClock.now(), DEFAULT_POLICY);

/** Whole numbers that a seed decides. */
function chance(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state = Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e37_79b9;
    return (((state ^ (state >>> 13)) >>> 0) % 1_000_003) % below;
  };
}

const BIG_STOCK = { initialStock: 1_000, pointsPrice: 1, cashPriceCents: 3_350, limitPerOrder: 99 };

async function theRules(pick: (below: number) => number) {
  const ids = [
    await aRule("custom", { effect: effect(7), conditions: [{ kind: "event", name: "app.opened" }], caps: { timesPerDay: 3, pointsInAll: 100 } }),
    await aRule("custom", { effect: effect(11 + pick(5)), caps: { budget: 120 + pick(200), overflow: pick(2) === 0 ? "truncate" : "reject" } }),
    await aRule("custom", { effect: effect(5), conditions: [{ kind: "event", name: "app.kept" }], caps: { cooldownHours: 30 }, holding: { kind: "days", days: 2 } }),
    await aRule("custom", { effect: { kind: "multiplier", percent: 150 }, caps: { pointsPerDay: 9 } }),
    await aRule("checkin", { effect: { kind: "ladder", steps: [3, 0, 9, 12, 50], after: "restart" } }),
    await aRule("checkin", { effect: effect(20), conditions: [{ kind: "check_ins", per: "ever", count: 4 }], caps: { budget: 50 }, expiry: { kind: "none" } }),
    await aRule("checkin", { effect: { kind: "perk", perk: "make_up_card", quantity: 1 }, conditions: [{ kind: "streak", days: 3, repeats: true }], caps: { timesInAll: 2 } }),
    await aRule("purchase", { effect: { kind: "per_yuan", points: 1 }, caps: { pointsPerDay: 60 } }),
    await aRule("purchase", { effect: { kind: "per_item", points: 3 }, conditions: [{ kind: "amount", minCents: 5_000 }], holding: { kind: "receipt" } }, { priority: 3 }),
    await aRule("purchase", { effect: { kind: "multiplier", percent: 133 }, conditions: [{ kind: "segment", segment: "first_time_buyer" }] }),
    await aRule("first_order", { effect: effect(88), conditions: [{ kind: "segment", segment: "newcomer" }] }),
    await aRule("repurchase", { effect: effect(13), stacks: false, caps: { timesInAll: 2 } }, { priority: 5 }),
    await aRule("repurchase", { effect: effect(4) }),
  ];
  return ids;
}

/** A few days of a shop: people come, events arrive, orders are paid, and the merchant changes their mind. */
async function live(seed: number): Promise<void> {
  const pick = chance(seed);
  theClock.set(noonIn(0));
  const people = await atOnce(6, () => aUser({ points: 500 }));
  const kettle = await aKettle(BIG_STOCK);
  const rules = await theRules(pick);
  await aLevel(0, 0, 100);
  const gold = await aLevel(1, 90, 125);
  theClock.passMinutes(1);
  for (let step = 0; step < 80; step++) {
    theClock.passMinutes(20 + pick(420));
    const who = people[pick(people.length)]!;
    switch (pick(13)) {
      case 0: case 1: await send(who, "app.opened"); break;
      case 2: await send(who, "app.kept"); break;
      case 3: case 4: await checkIn(people.filter(() => pick(3) > 0)); break;
      case 5: case 6: await pay(who, (await anOrder(who, kettle, { quantity: 1 + pick(3) })).orderId); break;
      case 7: await edit(rules[pick(rules.length)]!, pick); break;
      case 8: await fillDay(who, 1 + pick(4)); break;
      case 9: case 10: await perform(theShop, (ctx) => reviewLevels(ctx, people.map(({ id }) => id))); break;
      case 11: await (pick(3) === 0 ? aLevel(1, 90, 110 + pick(90), gold.id) : hold(who, () => send(who, "app.opened"))); break;
      default: if (pick(3) === 0) { await freeze(who); await send(who, "app.opened"); theClock.passMinutes(30); await unfreeze(who); }
    }
  }
}

/** The merchant changes a cap, switches a rule off or on, or goes back to what it was. */
async function edit(rule: { id: number }, pick: (below: number) => number): Promise<void> {
  const [row] = await rows<{ version: number; action_type: string; status: string; priority: number; definition: Definition }>("SELECT version, action_type, status, priority, definition FROM points_rules WHERE id = ?", [rule.id]);
  const { version, action_type: actionType, status, priority, definition } = row!;
  const key = { requestId: "k", id: rule.id, version };
  await perform(theShop, async (ctx) => {
    if (pick(3) === 0) return setRuleStatus(ctx, { ...key, status: status === "active" ? "draft" : "active" });
    if (pick(3) === 0) return restoreVersion(ctx, { ...key, restored: 1 });
    return saveRule(ctx, RuleInput.parse({ ...key, actionType, name: "changed", status, priority, definition: { ...definition, caps: { ...definition.caps, timesPerDay: 1 + pick(4) } } }));
  });
}

test.each([1, 2, 3, 4, 5])("the live rules, replayed, give each cause exactly what the books say (programme %i)", async (seed) => {
  await emptyDatabase();
  await live(seed);
  const whole = await readAll(60);
  expect(whole.happenings.length).toBeGreaterThan(30);
  expect(booked(whole).size).toBeGreaterThan(20);
  expect(sorted(replayed(whole))).toEqual(sorted(booked(whole)));
  // From the middle on: what was counted before the span is what totals and budgets have more.
  const part = await readAll(5);
  expect(part.happenings.length).toBeLessThan(whole.happenings.length);
  expect(sorted(replayed(part))).toEqual(sorted(booked(part)));
}, 120_000);

test("a draft says what it would have granted, to whom, and changes nothing", async () => {
  await emptyDatabase();
  theClock.set(noonIn(0));
  const { id } = await aRule("custom", { effect: effect(10), conditions: [{ kind: "event", name: "app.opened" }] });
  const [lin, mei] = [await aUser({ name: "lin" }), await aUser({ name: "mei" })];
  for (let times = 0; times < 3; times++) { await send(lin, "app.opened"); theClock.passMinutes(1); }
  await send(mei, "app.opened");
  const before = await count("SELECT COUNT(*) FROM points_transactions");
  const draft = (points: number, caps: object, of = id): Rule => ({ id: of, actionType: "custom", priority: 0, startsAt: null, endsAt: null, definition: RuleInput.parse({ requestId: "k", name: "x", actionType: "custom", definition: { effect: effect(points), caps } }).definition });
  const generous = await replayDraft(draft(25, {}), 7, theClock.now(), DEFAULT_POLICY);
  expect(generous).toMatchObject({ isExact: true, happenings: 4, booked: 40, replayed: 40, drafted: 100, gaining: 2, losing: 0 });
  expect(generous.top.map(({ points }) => points)).toEqual([45, 15]);
  expect(generous.top[0]!.emailMasked).toMatch(/^li\*\*\*@/);
  const mean = await replayDraft(draft(15, { timesPerDay: 1 }), 7, theClock.now(), DEFAULT_POLICY);
  expect(mean).toMatchObject({ drafted: 30, gaining: 1, losing: 1 });
  const beside = await replayDraft(draft(1, {}, 2 ** 40), 7, theClock.now(), DEFAULT_POLICY);
  expect(beside).toMatchObject({ drafted: 44, gaining: 2 });
  expect(await count("SELECT COUNT(*) FROM points_transactions")).toBe(before);
});

test("more than can be replayed at once is cut to the latest whole days", async () => {
  await emptyDatabase();
  theClock.set(noonIn(0));
  await aRule("custom", { effect: effect(1) });
  const lin = await aUser();
  for (let day = 0; day < 4; day++) { for (let times = 0; times < 3; times++) { await send(lin, "x"); theClock.passMinutes(1); } theClock.passDays(1); }
  theClock.passDays(-1);
  const past = await readPast(30, theClock.now(), DEFAULT_POLICY, null, 7);
  expect(past.isCut).toBe(true);
  expect(past.happenings).toHaveLength(6);
  expect(sorted(replayed(past))).toEqual(sorted(booked(past)));
});

test("birthdays, and products of a category, are replayed as they were", async () => {
  await emptyDatabase();
  theClock.set(noonIn(0));
  await rows("INSERT INTO categories (slug, name) VALUES ('tea', '茶')");
  const [{ id: tea }] = (await rows<{ id: number }>("SELECT id FROM categories WHERE slug = 'tea'")) as [{ id: number }];
  const pot = await aProduct({ name: "pot", categoryId: tea, skus: [{ priceMode: "points_cash", pointsPrice: 1, cashPriceCents: 1_234, initialStock: 9 }] });
  const kettle = await aKettle(BIG_STOCK);
  await aRule("purchase", { effect: { kind: "per_yuan", points: 3 }, conditions: [{ kind: "category", categoryIds: [tea] }] });
  const lin = await aUser({ points: 100 });
  await pay(lin, (await anOrder(lin, pot, { quantity: 2 })).orderId);
  theClock.passMinutes(1);
  await pay(lin, (await anOrder(lin, kettle)).orderId);
  const past = await readAll(3);
  expect(sorted(booked(past)).map(([, parts]) => parts)).toEqual([[[expect.stringMatching(/^rule:/), 74]]]);
  expect(sorted(replayed(past))).toEqual(sorted(booked(past)));
});
