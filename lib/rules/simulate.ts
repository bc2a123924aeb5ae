import { dayOf, endOfDay, startOfDay, type Day } from "@/lib/day";

import { evaluate, NOTHING_EARNED, type Award, type Facts, type Member, type Standing } from "./evaluate";
import { keepsTotals, type Action, type Rule } from "./rule";

/** Something that happened, with who it happened to as they were then. */
export type Happening = {
  at: Date;
  userId: number;
  action: Action;
  source: { type: string; id: string };
  facts: Facts;
  member: Member;
  /** The account was neither frozen nor held. */
  mayEarn: boolean;
};

/** From when on a rule was what it is here; null while it was a draft or archived. */
export type Version = { ruleId: number; from: Date; rule: Rule | null };

/** What people had earned, and campaigns had granted, before the first happening. */
export type Before = { standings: ReadonlyMap<string, Standing>; granted: ReadonlyMap<number, number> };
export const NOTHING_BEFORE: Before = { standings: new Map(), granted: new Map() };
export const standingKey = (userId: number, ruleId: number): string => `${userId} ${ruleId}`;

export type RuleTotal = { times: number; points: number };

/**
 * The shop's past, lived through again. What happened is handed in in the order of time; each is judged by the versions in force at its
 * instant, as the engine judged it, with counters and budgets kept in memory. Nothing is read and nothing is written.
 */
export class Simulation {
  private readonly timeline: Version[];
  private next = 0;
  private readonly inForce = new Map<number, Rule>();
  private readonly byAction = new Map<Action, Rule[]>();
  private readonly standings = new Map<string, { day: Day; standing: Standing }>();
  private readonly granted: Map<number, number>;
  private today: { day: Day; from: Date; to: Date } | null = null;

  /** Points and times by rule; what a level's multiplier added is under 0. */
  readonly rules = new Map<number, RuleTotal>();
  readonly people = new Map<number, number>();
  points = 0;

  constructor(versions: readonly Version[], private readonly before: Before, private readonly timeZone: string) {
    this.timeline = [...versions].sort((a, b) => a.from.getTime() - b.from.getTime());
    this.granted = new Map(before.granted);
  }

  judge({ at, userId, action, facts, member, mayEarn }: Happening): Award {
    this.moveTo(at);
    const rules = this.byAction.get(action) ?? [];
    if (!mayEarn || rules.length === 0) return { grants: [], perks: [], counts: [] };
    const day = this.dayAt(at);
    const award = evaluate({
      rules, facts, member, at, timeZone: this.timeZone,
      standing: (ruleId) => this.standing(userId, ruleId, day), budgetLeft: (ruleId) => this.budgetLeft(ruleId),
    });
    for (const { ruleId, points } of award.counts) this.count(userId, ruleId, points, day, at);
    this.sum(userId, award);
    return award;
  }

  /** Asking a calendar costs more than judging: one day is asked for once. */
  private dayAt(at: Date): Day {
    if (!this.today || at < this.today.from || at >= this.today.to) {
      const day = dayOf(at, this.timeZone);
      this.today = { day, from: startOfDay(day, this.timeZone), to: endOfDay(day, this.timeZone) };
    }
    return this.today.day;
  }

  private moveTo(at: Date): void {
    if (this.next >= this.timeline.length || this.timeline[this.next]!.from > at) return;
    for (; this.next < this.timeline.length && this.timeline[this.next]!.from <= at; this.next++) {
      const { ruleId, rule } = this.timeline[this.next]!;
      if (rule) this.inForce.set(ruleId, rule);
      else this.inForce.delete(ruleId);
    }
    this.byAction.clear();
    for (const rule of this.inForce.values()) this.byAction.set(rule.actionType, [...(this.byAction.get(rule.actionType) ?? []), rule]);
  }

  private standing(userId: number, ruleId: number, day: Day): Standing {
    const known = this.standings.get(standingKey(userId, ruleId));
    const standing = known?.standing ?? this.before.standings.get(standingKey(userId, ruleId)) ?? NOTHING_EARNED;
    return known && known.day === day ? standing : { ...standing, timesToday: 0, pointsToday: 0 };
  }

  private budgetLeft(ruleId: number): number | null {
    const budget = this.inForce.get(ruleId)?.definition.caps.budget ?? null;
    return budget === null ? null : Math.max(0, budget - (this.granted.get(ruleId) ?? 0));
  }

  /** Totals and budgets are kept from when a rule first asks for them, as the engine does. */
  private count(userId: number, ruleId: number, points: number, day: Day, at: Date): void {
    const rule = this.inForce.get(ruleId)!;
    const { timesToday, pointsToday, timesInAll, pointsInAll, lastAt } = this.standing(userId, ruleId, day);
    const inAll = keepsTotals(rule.definition.caps) ? { timesInAll: timesInAll + 1, pointsInAll: pointsInAll + points, lastAt: at } : { timesInAll, pointsInAll, lastAt };
    this.standings.set(standingKey(userId, ruleId), { day, standing: { timesToday: timesToday + 1, pointsToday: pointsToday + points, ...inAll } });
    if (rule.definition.caps.budget !== null) this.granted.set(ruleId, (this.granted.get(ruleId) ?? 0) + points);
  }

  private sum(userId: number, { grants, perks }: Award): void {
    for (const { points, breakdown } of grants) {
      this.points += points;
      this.people.set(userId, (this.people.get(userId) ?? 0) + points);
      addBreakdown(this.rules, breakdown);
    }
    for (const { ruleId } of perks) addTo(this.rules, ruleId, 0);
  }
}

export const LEVEL_SHARE = 0;

/** Adds the parts of a ledger row or a grant to the sums by rule. */
export function addBreakdown(sums: Map<number, RuleTotal>, breakdown: Readonly<Record<string, number>>): void {
  for (const [name, points] of Object.entries(breakdown)) {
    const ruleId = ruleIn(name);
    if (ruleId !== null) addTo(sums, ruleId, points);
  }
}

/** Which rule a part of a breakdown is of; null for parts that no rule gave. */
export function ruleIn(name: string): number | null {
  if (name === "level") return LEVEL_SHARE;
  const match = /^rule:(\d+)$/.exec(name);
  return match ? Number(match[1]) : null;
}

function addTo(sums: Map<number, RuleTotal>, ruleId: number, points: number): void {
  const sum = sums.get(ruleId) ?? { times: 0, points: 0 };
  sums.set(ruleId, { times: sum.times + 1, points: sum.points + points });
}

/** The rule set of the past with one rule as if it had always been so: the draft is in force throughout, whatever its own window is. */
export function withDraft(versions: readonly Version[], draft: Rule): Version[] {
  const always: Version = { ruleId: draft.id, from: new Date(0), rule: { ...draft, startsAt: null, endsAt: null } };
  return [always, ...versions.filter(({ ruleId }) => ruleId !== draft.id)];
}

export type Gain = { userId: number; points: number };

/** Who would have had more, and who less; the greatest gains first. */
export function gainsBetween(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>, most: number): { gaining: number; losing: number; top: Gain[] } {
  const changes = [...new Set([...before.keys(), ...after.keys()])].map((userId) => ({ userId, points: (after.get(userId) ?? 0) - (before.get(userId) ?? 0) }));
  return {
    gaining: changes.filter(({ points }) => points > 0).length,
    losing: changes.filter(({ points }) => points < 0).length,
    top: changes.filter(({ points }) => points > 0).sort((a, b) => b.points - a.points || a.userId - b.userId).slice(0, most),
  };
}
