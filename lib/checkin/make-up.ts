import { addDays, daysBetween, type Day } from "@/lib/day";
import { allow, refuse, type Decision } from "@/lib/refusal";
import type { Policy } from "@/lib/settings/policy";

import { isCounted, LEFT_OUT_MAX, type DayRecord } from "./streak";

/*
 * Why making up a day gains no bonus twice. A made-up day pays nothing of the ladder, and the days after it keep what they were paid;
 * only days to come are paid by the longer streak. Let F(n) be what the ladder pays for n days in a row. Two runs of a and b days
 * that a filled day joins were paid F(a) + F(b), and an unbroken streak of a + 1 + b days would have been paid F(a + 1 + b).
 * Where no step is lower than the one before, F is superadditive: b days that follow a others are paid at least what the first b
 * days are, because a window of b steps of the round is never worth less than its b lowest. So F(a) + F(b) <= F(a + b) <= F(a + 1 + b):
 * whatever is made up, nobody is paid more than for never having missed a day. The same holds for prizes by the streak, which
 * a check-in alone reaches. Prizes by the number of days count each number once, because the count only ever grows by one.
 */

export type StoredDay = DayRecord & { id: number };
type Terms = Pick<Policy, "makeUpDays" | "makeUpsPerMonth" | "makeUpPoints">;

/** What a made-up day costs: a card where one is held, else points. Never cash. */
export type MakeUpPrice = { pay: "card" } | { pay: "points"; points: number };

export type MakeUpFacts = {
  today: Day;
  /** The day on which the person joined. */
  since: Day;
  /** The person's days, from a few before the first that can be made up. */
  days: ReadonlyMap<Day, StoredDay>;
  isLeftOut: (day: Day) => boolean;
  madeUpThisMonth: number;
  cards: number;
};

/** Whether a missed day is near enough to be made up. Refuses nothing about its price or the month's limit. */
export function isMakeUpDay(day: Day, { today, since, days, isLeftOut }: Pick<MakeUpFacts, "today" | "since" | "isLeftOut"> & { days: { has(day: Day): boolean } }, { makeUpDays }: Terms): boolean {
  const daysAgo = daysBetween(day, today);
  return daysAgo >= 1 && daysAgo <= makeUpDays && day >= since && !days.has(day) && !isLeftOut(day);
}

/** null when the person holds no card and points do not buy it. */
export function makeUpPrice(cards: number, { makeUpPoints }: Terms): MakeUpPrice | null {
  if (cards > 0) return { pay: "card" };
  return makeUpPoints > 0 ? { pay: "points", points: makeUpPoints } : null;
}

export type MakeUp = { price: MakeUpPrice; written: DayRecord[]; relinked: StoredDay[]; /** Of the filled day. */ streakDays: number };

/**
 * Fills one missed day. `pointsShown` is what the person agreed to: a price that rose since is asked for again.
 * Refuses `make_up_not_possible`, `make_up_limit` { limit }, `price_changed` { points }.
 */
export function decideMakeUp(day: Day, pointsShown: number, facts: MakeUpFacts, terms: Terms): Decision<MakeUp> {
  if (!isMakeUpDay(day, facts, terms)) return refuse("make_up_not_possible");
  if (facts.madeUpThisMonth >= terms.makeUpsPerMonth) return refuse("make_up_limit", { limit: terms.makeUpsPerMonth });
  const price = makeUpPrice(facts.cards, terms);
  if (!price) return refuse("make_up_not_possible");
  if (price.pay === "points" && price.points > pointsShown) return refuse("price_changed", { points: price.points });
  return allow({ price, ...fill(day, facts.days, facts.isLeftOut) });
}

/** The filled day with its place in the streak, and the days after it that the streak now reaches. */
export function fill(day: Day, days: ReadonlyMap<Day, StoredDay>, isLeftOut: (day: Day) => boolean): Omit<MakeUp, "price"> {
  const { base, skipped } = before(day, days, isLeftOut);
  const streakDays = base + 1;
  const written: DayRecord[] = [...skipped, { localDay: day, kind: "make_up", streakDays }];
  const relinked: StoredDay[] = [];
  let streak = streakDays;
  let unseen: Day[] = [];
  for (let next = addDays(day, 1); ; next = addDays(next, 1)) {
    const row = days.get(next);
    if (!row) {
      if (unseen.length === LEFT_OUT_MAX || !isLeftOut(next)) break;
      unseen.push(next);
      continue;
    }
    for (const localDay of unseen) written.push({ localDay, kind: "skipped", streakDays: streak });
    unseen = [];
    if (isCounted(row.kind)) streak++;
    relinked.push({ ...row, streakDays: streak });
  }
  return { written, relinked, streakDays };
}

/** The streak that ends the day before; days that never were lie between as skipped. */
function before(day: Day, days: ReadonlyMap<Day, StoredDay>, isLeftOut: (day: Day) => boolean): { base: number; skipped: DayRecord[] } {
  const unseen: Day[] = [];
  let previous = addDays(day, -1);
  while (!days.has(previous) && unseen.length < LEFT_OUT_MAX && isLeftOut(previous)) {
    unseen.unshift(previous);
    previous = addDays(previous, -1);
  }
  const base = days.get(previous)?.streakDays ?? 0;
  return { base, skipped: base === 0 ? [] : unseen.map((localDay) => ({ localDay, kind: "skipped", streakDays: base })) };
}
