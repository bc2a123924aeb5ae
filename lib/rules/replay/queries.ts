import "server-only";

import { setImmediate } from "node:timers/promises";

import { readRows, statement } from "@/db/packet";
import { maskEmail } from "@/lib/accounts/mask";
import { addDays, dayOf, startOfDay } from "@/lib/day";
import type { Policy } from "@/lib/settings/policy";

import { ACTIONS, type Action, type Rule } from "../rule";
import { gainsBetween, Simulation, withDraft, type Before, type Happening, type RuleTotal, type Version } from "../simulate";
import { listVersions, readBefore, readBooked, type Booked } from "./book-queries";
import { listHappenings, type Span } from "./happening-queries";
import { readPeople } from "./people-queries";

/** More than this is not replayed at once. */
export const HAPPENINGS_MAX = 200_000;
const TOP_MAX = 10;
/** So many are judged before others get a turn. */
const HAPPENINGS_AT_ONCE = 2_000;

/** The past as far as rules ask: what happened, to whom, under which rules, and what the books say of it. */
export type Past = { span: Span; isCut: boolean; happenings: Happening[]; versions: Version[]; before: Before; booked: Booked };

/**
 * Reads the last `days` programme days, today among them; for a draft only what rules for its trigger can reward, because nothing else is
 * touched by it. Nothing is locked: the shop goes on.
 */
export async function readPast(days: number, now: Date, { timeZone }: Policy, draft: Rule | null = null, max: number = HAPPENINGS_MAX): Promise<Past> {
  const wanted: Span = { since: startOfDay(addDays(dayOf(now, timeZone), 1 - days), timeZone), until: now, timeZone };
  const { versions, actions } = concerned(await listVersions(), draft);
  const definitions = [...versions.flatMap(({ ruleId, rule }) => (rule ? [[ruleId, rule.definition] as const] : [])), ...(draft ? [[draft.id, draft.definition] as const] : [])];
  const { happenings, since, isCut } = await listHappenings(wanted, actions, max);
  const span = { ...wanted, since };
  const asksSegments = definitions.some(([, { conditions }]) => conditions.some(({ kind }) => kind === "segment"));
  const people = await readPeople([...new Set(happenings.map(({ userId }) => userId))], span, asksSegments);
  const [before, booked] = [await readBefore(span, definitions), await readBooked(span, actions)];
  return {
    span, isCut, versions, before, booked,
    happenings: happenings.map(({ order: _order, ...each }) => ({ ...each, member: people.member(each.userId, each.at), mayEarn: people.mayEarn(each.userId, each.at) })),
  };
}

/** The actions that a draft concerns, with the versions of rules for them: those of its trigger, and of every trigger that one of those rules has had. */
function concerned(versions: readonly Version[], draft: Rule | null): { versions: Version[]; actions: ReadonlySet<Action> } {
  if (!draft) return { versions: [...versions], actions: new Set(ACTIONS) };
  const actions = new Set<Action>([draft.actionType]);
  const ids = new Set([draft.id]);
  for (let known = 0; known < actions.size + ids.size; ) {
    known = actions.size + ids.size;
    for (const { ruleId, rule } of versions) {
      if (!rule || !(ids.has(ruleId) || actions.has(rule.actionType))) continue;
      ids.add(ruleId);
      actions.add(rule.actionType);
    }
  }
  return { versions: versions.filter(({ ruleId }) => ids.has(ruleId)), actions };
}

export type Replay = {
  since: Date;
  until: Date;
  isCut: boolean;
  happenings: number;
  /** Points by the books, by the live rules replayed, and under the draft. */
  booked: number;
  replayed: number;
  drafted: number;
  /** The live rules replayed give each rule what the books say. */
  isExact: boolean;
  rules: { ruleId: number; booked: number; replayed: number; drafted: number }[];
  gaining: number;
  losing: number;
  top: { emailMasked: string; points: number }[];
};

/** What the last days would have granted with `draft` in place of the rule of its id, or beside the others. Reads only. */
export async function replayDraft(draft: Rule, days: number, now: Date, policy: Policy): Promise<Replay> {
  const past = await readPast(days, now, policy, draft);
  const live = new Simulation(past.versions, past.before, policy.timeZone);
  const drafted = new Simulation(withDraft(past.versions, draft), past.before, policy.timeZone);
  for (let at = 0; at < past.happenings.length; at += HAPPENINGS_AT_ONCE) {
    for (const happening of past.happenings.slice(at, at + HAPPENINGS_AT_ONCE)) {
      live.judge(happening);
      drafted.judge(happening);
    }
    await setImmediate();
  }
  const { top, gaining, losing } = gainsBetween(live.people, drafted.people, TOP_MAX);
  const rules = sideBySide(past.booked.rules, live.rules, drafted.rules);
  return {
    since: past.span.since, until: past.span.until, isCut: past.isCut, happenings: past.happenings.length,
    booked: past.booked.points, replayed: live.points, drafted: drafted.points, isExact: rules.every((rule) => rule.booked === rule.replayed),
    rules, gaining, losing, top: await namesOf(top),
  };
}

type Totals = ReadonlyMap<number, RuleTotal>;

function sideBySide(booked: Totals, replayed: Totals, drafted: Totals): Replay["rules"] {
  const ids = [...new Set([...booked.keys(), ...replayed.keys(), ...drafted.keys()])];
  const of = (totals: Totals, id: number): number => totals.get(id)?.points ?? 0;
  return ids.map((ruleId) => ({ ruleId, booked: of(booked, ruleId), replayed: of(replayed, ruleId), drafted: of(drafted, ruleId) })).sort((a, b) => b.drafted - a.drafted || a.ruleId - b.ruleId);
}

async function namesOf(gains: readonly { userId: number; points: number }[]): Promise<Replay["top"]> {
  if (gains.length === 0) return [];
  const rows = await readRows(statement(`SELECT id, email FROM users WHERE id IN (${gains.map(() => "?").join(",")})`, gains.map(({ userId }) => userId)));
  const emails = new Map(rows.map((row) => [row.id as number, maskEmail(row.email)]));
  return gains.map(({ userId, points }) => ({ emailMasked: emails.get(userId) ?? "***", points }));
}
