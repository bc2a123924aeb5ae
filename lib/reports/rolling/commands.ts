import "server-only";

import { affectedRows, insertRows, sendPacket, statement, type Statement } from "@/db/packet";
import type { Tx } from "@/db/client";
import type { Ctx } from "@/lib/ctx";
import { addDays, dayOf, type Day } from "@/lib/day";

import { localDaySql } from "./local-day";
import { ALL_DAYS, BOUNDS, planStep, PROGRESS_FIELDS, restarted, type Bounds, type Progress } from "./progress";
import { DAY_METRICS, factsFrom, tailOf, VIEWS_KEPT_DAYS, type Fact, type Source } from "./sources";

/** Progress is kept beside what is made, so that both change in one transaction. */
const PROGRESS = "progress";
const PROGRESS_DAY = "1970-01-01";
/** Rows of one INSERT or DELETE of sums. */
const FACTS_AT_ONCE = 2_000;
const EMPTIED_AT_ONCE = 20_000;

const marks = (values: readonly unknown[]): string => values.map(() => "?").join(",");

/** Holds a part of the reports for this transaction: of two runners at once, one waits and then goes on where the other came to. */
export async function lockPart(ctx: Ctx, part: string): Promise<void> {
  // Not INSERT IGNORE and then FOR UPDATE: where the row is there, the first shares it, and two that share it wait for each other.
  await sendPacket(ctx.tx, [statement("INSERT INTO report_marks (name, through_day, built_at) VALUES (?, NULL, ?) ON DUPLICATE KEY UPDATE name = VALUES(name)", [part, ctx.now])]);
}

/** One bounded step of adding up a source. True when it is up to date. */
export async function stepSource(ctx: Ctx, source: Source, bounds: Bounds = BOUNDS): Promise<boolean> {
  await lockPart(ctx, source.name);
  const progress = await readProgress(ctx.tx, source.name);
  const [newest = []] = await sendPacket(ctx.tx, [statement(`SELECT COALESCE((SELECT MAX(id) FROM ${source.table}), 0) AS id, CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED) AS time`)]);
  const step = planStep(progress, { id: Number(newest[0]!.id), databaseTime: Number(newest[0]!.time) }, bounds);
  if (step.kind === "empty") {
    await emptySome(ctx.tx, source, progress);
    return false;
  }
  const { from, to, floor, tailTo, next } = step;
  const tails = source.metrics.map(tailOf);
  await sendPacket(ctx.tx, [statement(`DELETE FROM report_facts WHERE metric IN (${marks(tails)})`, tails)]);
  if (to > from) await addFacts(ctx.tx, await sumsOf(ctx, source, from, to, floor));
  if (tailTo !== null && tailTo > to) await addFacts(ctx.tx, (await sumsOf(ctx, source, to, tailTo, 0)).map((fact) => ({ ...fact, metric: tailOf(fact.metric) })));
  await writeProgress(ctx.tx, source.name, next);
  return tailTo !== null;
}

/** The sums of the rows within (`after`, `upTo`], of days from `floor` on. */
async function sumsOf(ctx: Ctx, source: Source, after: number, upTo: number, floor: number): Promise<Fact[]> {
  const { timeZone } = ctx.policy;
  const today = dayOf(ctx.now, timeZone);
  const facts: Fact[] = [];
  for (const sum of source.sums) {
    const text = sum.sql.replace("RANGE", "t.id > ? AND t.id <= ?").replaceAll(/\bDAY\(([^()]+)\)/g, (_, column: string) => localDaySql(column, timeZone, today));
    const [rows = []] = await sendPacket(ctx.tx, [statement(text, [after, upTo])]);
    for (const row of rows) facts.push(...factsFrom(sum, row));
  }
  return facts.filter(({ day }) => dayNumber(day) >= floor);
}

/** 20261121 for "2026-11-21". */
export const dayNumber = (day: string): number => Number(day.replaceAll("-", ""));

async function addFacts(tx: Tx, facts: readonly Fact[]): Promise<void> {
  for (let from = 0; from < facts.length; from += FACTS_AT_ONCE) {
    const insert = insertRows("report_facts", ["metric", "local_day", "item", "value"], facts.slice(from, from + FACTS_AT_ONCE).map(({ metric, day, item, value }) => [metric, day, item, value]));
    await sendPacket(tx, [{ ...insert, sql: `${insert.sql} AS added ON DUPLICATE KEY UPDATE value = report_facts.value + added.value` }]);
  }
}

async function emptySome(tx: Tx, source: Source, progress: Progress): Promise<void> {
  const metrics = source.metrics.flatMap((metric) => [metric, tailOf(metric)]);
  const fromDay = progress.emptyFrom === ALL_DAYS ? "0001-01-01" : dayText(progress.emptyFrom);
  const [header] = await sendPacket(tx, [statement(`DELETE FROM report_facts WHERE metric IN (${marks(metrics)}) AND local_day >= ? LIMIT ${EMPTIED_AT_ONCE}`, [...metrics, fromDay])]);
  if (affectedRows(header) < EMPTIED_AT_ONCE) await writeProgress(tx, source.name, { ...progress, emptyFrom: 0 });
}

const dayText = (number: number): string => String(number).replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");

/** Makes a source be added up anew, all of it or the days from `from` on. */
export async function restartSource(ctx: Ctx, source: Source, from: Day | null): Promise<void> {
  await lockPart(ctx, source.name);
  await writeProgress(ctx.tx, source.name, restarted(await readProgress(ctx.tx, source.name), from === null ? null : dayNumber(from)));
}

async function readProgress(tx: Tx, part: string): Promise<Progress> {
  const [rows = []] = await sendPacket(tx, [statement("SELECT item, value FROM report_snapshots WHERE report = ? AND as_of = ? AND item LIKE ?", [PROGRESS, PROGRESS_DAY, `${part.replaceAll("_", "\\_")}.%`])]);
  const values = new Map(rows.map((row) => [String(row.item).split(".")[1]!, Number(row.value)]));
  return Object.fromEntries(PROGRESS_FIELDS.map((field) => [field, values.get(field) ?? 0])) as Progress;
}

const writeProgress = (tx: Tx, part: string, progress: Progress): Promise<unknown> =>
  sendPacket(tx, [upsertSnapshot(PROGRESS, PROGRESS_DAY, PROGRESS_FIELDS.map((field) => [`${part}.${field}`, progress[field]]))]);

function upsertSnapshot(report: string, asOf: string, items: readonly (readonly [string, number])[]): Statement {
  const insert = insertRows("report_snapshots", ["report", "as_of", "item", "value"], items.map(([item, value]) => [report, asOf, item, value]));
  return { ...insert, sql: `${insert.sql} AS made ON DUPLICATE KEY UPDATE value = made.value` };
}

/** Counts a day's visits and looked-at products anew: who was here, by the day they registered, and how many looked at what. */
export async function rollDay(ctx: Ctx, day: Day): Promise<void> {
  await lockPart(ctx, "days");
  const keepsViews = day < addDays(dayOf(ctx.now, ctx.policy.timeZone), -VIEWS_KEPT_DAYS);
  const cohort = localDaySql("u.created_at", ctx.policy.timeZone, day);
  // Who looked so long ago is forgotten, and what was counted then stays.
  const metrics = Object.values(DAY_METRICS).filter((metric) => !keepsViews || metric !== DAY_METRICS.views);
  const [, people = [], cohorts = [], views = []] = await sendPacket(ctx.tx, [
    statement(`DELETE FROM report_facts WHERE metric IN (${marks(metrics)}) AND local_day = ?`, [...metrics, day]),
    statement("SELECT '' AS item, COUNT(*) AS value FROM visits WHERE local_day = ?", [day]),
    statement(`SELECT ${cohort} AS item, COUNT(*) AS value FROM visits v FORCE INDEX (visits_day_idx) JOIN users u ON u.id = v.user_id WHERE v.local_day = ? GROUP BY item`, [day]),
    statement("SELECT product_id AS item, COUNT(*) AS value FROM product_views WHERE local_day = ? GROUP BY product_id", [day]),
  ]);
  const facts = ([[DAY_METRICS.people, people], [DAY_METRICS.cohorts, cohorts], [DAY_METRICS.views, keepsViews ? [] : views]] as const).flatMap(([metric, rows]) =>
    rows.map((row): Fact => ({ metric, day, item: String(row.item), value: Number(row.value) })).filter(({ value }) => value > 0));
  await addFacts(ctx.tx, facts);
}

/** Writes down a snapshot; again with other values replaces it. */
export async function saveSnapshot(ctx: Ctx, report: string, asOf: Day, items: ReadonlyMap<string, number>): Promise<void> {
  await lockPart(ctx, report);
  await sendPacket(ctx.tx, [
    statement("DELETE FROM report_snapshots WHERE report = ? AND as_of = ?", [report, asOf]),
    ...(items.size > 0 ? [upsertSnapshot(report, asOf, [...items])] : []),
    statement("UPDATE report_marks SET through_day = GREATEST(COALESCE(through_day, ?), ?), built_at = ? WHERE name = ?", [asOf, asOf, ctx.now, report]),
  ]);
}

/** Says that a part has been made: up to the end of a day, or up to now. */
export async function markBuilt(ctx: Ctx, part: string, throughDay: Day | null = null): Promise<void> {
  await lockPart(ctx, part);
  await sendPacket(ctx.tx, [statement("UPDATE report_marks SET built_at = ?, through_day = COALESCE(?, through_day) WHERE name = ?", [ctx.now, throughDay, part])]);
}

/** Makes days and snapshots be made anew: those from `from` on, or all. */
export async function forgetDays(ctx: Ctx, parts: readonly string[], lastKept: Day | null): Promise<void> {
  for (const part of [...parts].sort()) {
    await lockPart(ctx, part);
    await sendPacket(ctx.tx, [statement("UPDATE report_marks SET through_day = IF(? IS NULL OR through_day IS NULL, NULL, LEAST(through_day, ?)) WHERE name = ?", [lastKept, lastKept, part])]);
  }
}

/** The zone in which the days were made; null before the first. */
export async function readZone(ctx: Ctx): Promise<string | null> {
  const [rows = []] = await sendPacket(ctx.tx, [statement("SELECT SUBSTRING(item, 6) AS zone FROM report_snapshots WHERE report = ? AND as_of = ? AND item LIKE 'zone:%'", [PROGRESS, PROGRESS_DAY])]);
  return rows.length > 0 ? String(rows[0]!.zone) : null;
}

/** Notes the zone in which the days are made from now on. */
export async function noteZone(ctx: Ctx, zone: string): Promise<void> {
  await lockPart(ctx, "days");
  await sendPacket(ctx.tx, [
    statement("DELETE FROM report_snapshots WHERE report = ? AND as_of = ? AND item LIKE 'zone:%'", [PROGRESS, PROGRESS_DAY]),
    upsertSnapshot(PROGRESS, PROGRESS_DAY, [[`zone:${zone}`, 1]]),
  ]);
}
