import "server-only";

import type { Db } from "@/db/client";
import { addDays, parseDay, type Day } from "@/lib/day";

import { activityOf, type ActivityReport } from "./activity";
import { funnelOf, type FunnelReport } from "./funnel";
import { repurchaseOf, RFM_GROUPS, type RepurchaseReport, type RfmReport } from "./people";
import { withinLimit, type DayRange, type WindowDays } from "./range";
import { COHORT_WEEKS, mondayOf, RETENTION_DAYS, retentionOf, weeklyCohortsOf, type RetentionReport, type WeeklyCohorts } from "./retention";
import { DAY_METRICS } from "./rolling/sources";
import { shareOf } from "./table";
import { findSnapshot, getReportState, listFacts, listSnapshots } from "./state-queries";

/** Before any day was closed, none is over. */
const NEVER_CLOSED = parseDay("0001-01-01");

/** Of those who registered on each day of a range: who was here 1, 7 and 30 days later. */
export async function getRetention(db: Db, asked: DayRange): Promise<RetentionReport> {
  const range = withinLimit(asked);
  const until = addDays(range.last, Math.max(...RETENTION_DAYS));
  const [state, registered, presence] = await Promise.all([getReportState(db), listRegistered(db, range), listFacts(db, [DAY_METRICS.cohorts], { first: range.first, last: until })]);
  return retentionOf(range, registered, presence.map(({ day, item, value }) => ({ cohort: item as Day, day, people: value })), state.throughDay ?? NEVER_CLOSED);
}

/** Of those who registered in each week of a range: who was here in each of the weeks after it. */
export async function getWeeklyCohorts(db: Db, asked: DayRange): Promise<WeeklyCohorts> {
  const range = withinLimit(asked);
  const whole = { first: mondayOf(range.first), last: addDays(mondayOf(range.last), 6) };
  const until = addDays(whole.last, COHORT_WEEKS * 7);
  const [state, registered, weeks] = await Promise.all([getReportState(db), listRegistered(db, whole), listSnapshots(db, "weeks", { first: whole.first, last: until })]);
  return weeklyCohortsOf(whole, registered, weeks.map(({ asOf, item, value }) => ({ cohort: item as Day, day: addDays(asOf, -6), people: value })), state.throughDay ?? NEVER_CLOSED);
}

const listRegistered = async (db: Db, range: DayRange) => (await listFacts(db, ["users.registered"], range)).map(({ day, value }) => ({ day, people: value }));

/** Who was here on each day, and within the 30 days that end with it. */
export async function getActivity(db: Db, asked: DayRange): Promise<ActivityReport> {
  const range = withinLimit(asked);
  const [daily, monthly] = await Promise.all([listFacts(db, [DAY_METRICS.people], range), listSnapshots(db, "activity", range, "mau")]);
  return activityOf(range, new Map(daily.map(({ day, value }) => [day, value])), new Map(monthly.map(({ asOf, value }) => [asOf, value])));
}

/** Who came back to order again, and after how many days. */
export async function getRepurchase(db: Db): Promise<RepurchaseReport> {
  const { asOf, items } = await findSnapshot(db, "people");
  return repurchaseOf(asOf, numbered(items, "orders:"), numbered(items, "gap:"));
}

function numbered(items: ReadonlyMap<string, number>, prefix: string): Map<number, number> {
  return new Map([...items].filter(([item]) => item.startsWith(prefix)).map(([item, value]) => [Number(item.slice(prefix.length)), value]));
}

/** People by recency, frequency and value of their orders. */
export async function getRfm(db: Db): Promise<RfmReport> {
  const { asOf, items } = await findSnapshot(db, "people");
  const of = (item: string): number => items.get(item) ?? 0;
  const people = RFM_GROUPS.reduce((sum, group) => sum + of(`group:${group}`), 0);
  const groups = RFM_GROUPS.map((group) => ({ group, people: of(`group:${group}`), share: shareOf(of(`group:${group}`), people), orders: of(`group_orders:${group}`), valueCents: of(`group_cents:${group}`) }));
  return { asOf, people, groups };
}

/** From a visit to a received order. */
export async function getFunnel(db: Db, windowDays: WindowDays): Promise<FunnelReport> {
  const { asOf, items } = await findSnapshot(db, "funnel");
  const prefix = `${windowDays}:`;
  return funnelOf(asOf, windowDays, new Map([...items].filter(([item]) => item.startsWith(prefix)).map(([item, people]) => [item.slice(prefix.length), people])));
}
