import type { UserId } from "@/lib/ctx";
import { parseDay, type Day } from "@/lib/day";

import { ADJUSTMENT_POINTS_MAX } from "../adjustment";

/** Rows of one file. */
export const BATCH_ROWS_MAX = 10_000;
const NOTE_MAX = 200;

/** A row as it was written: who, by e-mail address or user id, and the rest as text. */
export type BatchRow = { /** Its line in the file, from 1. */ line: number; who: string; points: string; expiresOn: string; note: string };

export const ROW_PROBLEMS = [
  "no_person", "unknown", "repeated", "oneself", "no_points", "not_whole", "zero", "too_many", "bad_day", "past_day", "day_not_wanted", "note_too_long", "too_much", "held",
] as const;
export type RowProblem = (typeof ROW_PROBLEMS)[number];

/** What is known of somebody whom a file names. */
export type BatchPerson = { userId: UserId; pointsAvailable: number; isHeld: boolean };

/** A row that was judged: with a problem, or with everything that a change of points needs. */
export type JudgedRow = { line: number; who: string; note: string; points: number | null; expiresOn: Day | null; userId: UserId | null; problem: RowProblem | null };
export type GoodRow = JudgedRow & { points: number; userId: UserId; problem: null };

export type BatchSums = { people: number; pointsIn: number; pointsOut: number; /** Rows that cannot be taken. */ problems: number };

const HEADINGS: Record<keyof Omit<BatchRow, "line">, RegExp> = {
  who: /^(用户|会员|邮箱|用户 ?id|会员 ?id|user|member|person|e-?mail|user[ _]?id|id)$/i,
  points: /^(积分|调整积分|积分数|points|amount)$/i,
  expiresOn: /^(到期日|有效期至|有效期|过期日|expires([ _]?on)?|expiry)$/i,
  note: /^(备注|说明|note|comment)$/i,
};

/** The rows below the headings; without headings the columns are the person, the points, the day and the note. */
export function batchRows(lines: readonly { line: number; cells: readonly string[] }[]): BatchRow[] {
  const head = lines[0]?.cells ?? [];
  const at = (name: keyof typeof HEADINGS): number => head.findIndex((cell) => HEADINGS[name].test(cell));
  const named = { who: at("who"), points: at("points"), expiresOn: at("expiresOn"), note: at("note") };
  const hasHead = named.who >= 0 || named.points >= 0;
  const columns = hasHead ? named : { who: 0, points: 1, expiresOn: 2, note: 3 };
  const cell = (cells: readonly string[], index: number): string => plain(cells[index] ?? "");
  return lines.slice(hasHead ? 1 : 0).map(({ line, cells }) => ({
    line, who: cell(cells, columns.who), points: cell(cells, columns.points), expiresOn: cell(cells, columns.expiresOn), note: cell(cells, columns.note),
  }));
}

/** Without the apostrophe by which a spreadsheet keeps a text as it is. */
const plain = (text: string): string => text.replace(/^'/, "").trim();

/** How a person is looked up: by id when it is digits, else by address as it is stored. */
export function personKey(who: string): { id: number } | { email: string } | null {
  const digits = /^#?(\d{1,15})$/.exec(who)?.[1];
  if (digits) return { id: Number(digits) };
  const email = who.normalize("NFKC").trim().toLowerCase();
  return email === "" ? null : { email };
}

export type PeopleOfFile = { byId: ReadonlyMap<number, BatchPerson>; byEmail: ReadonlyMap<string, BatchPerson> };

/** Judges every row before anything is written. Of two rows about one person both are told: nobody knows which is meant. */
export function judgeRows(rows: readonly BatchRow[], people: PeopleOfFile, { makerId, today }: { makerId: number; today: Day }): JudgedRow[] {
  const found = rows.map((row) => personOf(row, people));
  const times = new Map<number, number>();
  for (const person of found) if (person) times.set(person.userId, (times.get(person.userId) ?? 0) + 1);
  return rows.map((row, index) => {
    const person = found[index] ?? null;
    const points = wholeIn(row.points);
    const expiresOn = dayIn(row.expiresOn);
    const problem = problemOf(row, { person, points, expiresOn: expiresOn ?? null, isDayBad: expiresOn === undefined, isRepeated: person !== null && times.get(person.userId)! > 1, makerId, today });
    return { line: row.line, who: row.who, note: row.note, points, expiresOn: expiresOn ?? null, userId: person?.userId ?? null, problem };
  });
}

function personOf({ who }: BatchRow, { byId, byEmail }: PeopleOfFile): BatchPerson | null {
  const key = personKey(who);
  if (!key) return null;
  return ("id" in key ? byId.get(key.id) : byEmail.get(key.email)) ?? null;
}

type Facts = { person: BatchPerson | null; points: number | null; expiresOn: Day | null; isDayBad: boolean; isRepeated: boolean; makerId: number; today: Day };

function problemOf(row: BatchRow, { person, points, expiresOn, isDayBad, isRepeated, makerId, today }: Facts): RowProblem | null {
  if (row.who === "") return "no_person";
  if (!person) return "unknown";
  if (person.userId === makerId) return "oneself";
  if (isRepeated) return "repeated";
  if (row.points === "") return "no_points";
  if (points === null) return "not_whole";
  if (points === 0) return "zero";
  if (Math.abs(points) > ADJUSTMENT_POINTS_MAX) return "too_many";
  if (isDayBad) return "bad_day";
  if (expiresOn !== null && points < 0) return "day_not_wanted";
  if (expiresOn !== null && expiresOn < today) return "past_day";
  if ([...row.note].length > NOTE_MAX) return "note_too_long";
  if (person.isHeld) return "held";
  return points < 0 && person.pointsAvailable < -points ? "too_much" : null;
}

/** A whole number, with a sign or without; null for anything else, "1.0" and "1,000" too. */
function wholeIn(text: string): number | null {
  const number = /^[+\-−]?\d{1,15}$/.test(text) ? Number(text.replace("−", "-")) : NaN;
  return Number.isSafeInteger(number) ? (number === 0 ? 0 : number) : null;
}

/** A day, also as a spreadsheet writes it (2026/3/1); null when the cell is empty, undefined when it is no day. */
function dayIn(text: string): Day | null | undefined {
  if (text === "") return null;
  const [, year, month, day] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? [];
  if (!year || !month || !day) return undefined;
  try {
    return parseDay(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
  } catch {
    return undefined;
  }
}

/** What the good rows come to. */
export function sumRows(rows: readonly JudgedRow[]): BatchSums {
  const sums: BatchSums = { people: 0, pointsIn: 0, pointsOut: 0, problems: 0 };
  for (const { points, problem } of rows) {
    if (problem !== null || points === null) {
      sums.problems++;
      continue;
    }
    sums.people++;
    if (points > 0) sums.pointsIn += points;
    else sums.pointsOut -= points;
  }
  return sums;
}

export const isGood = (row: JudgedRow): row is GoodRow => row.problem === null && row.points !== null && row.userId !== null;

/** A batch waits for a second person as a whole: for one large row as for many small ones. `alone` is what its maker put through alone today, over all people. */
export const batchNeedsSecond = (rows: readonly GoodRow[], alone: { in: number; out: number }, threshold: number): boolean => {
  const { pointsIn, pointsOut } = sumRows(rows);
  return (pointsIn > 0 && pointsIn + alone.in > threshold) || (pointsOut > 0 && pointsOut + alone.out > threshold);
};

/** What a file says, however it was written: the same people, points, days and notes are the same file. */
export const contentOf = (rows: readonly GoodRow[]): string =>
  JSON.stringify([...rows].sort((a, b) => a.userId - b.userId).map(({ userId, points, expiresOn, note }) => [userId, points, expiresOn, note]));
