import { spawn, type ChildProcess } from "node:child_process";

import type { RowDataPacket } from "mysql2/promise";

import { pool } from "@/db/client";
import { invariants } from "@/lib/audit/invariants";
import { checkInvariant, checkSession } from "@/lib/audit/queries";
import { checkIn } from "@/lib/checkin/lanes";
import { expirePointsJob } from "@/lib/jobs/expire-points";
import { redeem } from "@/lib/orders/lanes";
import { readPointsAvailable } from "@/lib/points/queries";
import { requestKey } from "@/lib/request-key";

import { loadLots, LOTS_PER_USER, type Wave } from "./expiry-load";
import { drive } from "./measure";
import { aProduct, loadUsers, type LoadUser } from "./world";

const LOTS = 5_000_000;
const SMALL_SWEEP = 20_000;
const MINUTE_MS = 60_000;

/** Of a run, against the limit of the same run. `isMet` is the target of the ledger's design. */
type Line = { name: string; value: string; target: string; isMet: boolean };

/** The argument with which this program is started again to sweep, and to be killed at it. */
export const SWEEPER = "expiry-sweeper";

/**
 * `npm run bench expiry`: the sweep of a million due lots among five million, what it costs beside a small one and beside nothing due,
 * what people feel of it, and whether it survives being killed. `--scale 0.02` tries it small; `--verify` checks and times every invariant at the end.
 */
export async function benchExpiry(args: readonly string[]): Promise<Line[]> {
  const scale = Number(/^[\d.]+$/.exec(args[args.indexOf("--scale") + 1] ?? "")?.[0] ?? 1);
  const users = Math.round((LOTS * scale) / LOTS_PER_USER);
  const now = new Date();
  const plan = wavesOf(users, now);
  await pool().query("CREATE TABLE IF NOT EXISTS bench_limit (id BIGINT AUTO_INCREMENT PRIMARY KEY, body VARCHAR(100) NOT NULL)");
  const people = await aCrowd();

  say(`loading ${(users * LOTS_PER_USER).toLocaleString("en")} lots`);
  await loadLots(users, Object.values(plan), now);

  const limits = [await measureLimit()];
  const empty = await emptyRun(before(plan.small.at));
  const small = await sweep(plan.small.at);
  const large = await sweep(plan.large.at);
  limits.push(await measureLimit());
  const alone = await foreground(people, idle(10_000));
  const child = startSweeper(plan.beside.at);
  const beside = await foreground(people, child.ended);
  const killed = await killAndResume(plan.killed);
  const limit = Math.max(...limits);
  const lines = [
    line("limit: one-row durable inserts", `${Math.round(limit).toLocaleString("en")}/s`, "", true),
    line(`sweep of ${large.lots.toLocaleString("en")} due lots`, `${Math.round(large.perSecond).toLocaleString("en")} lots/s, ${(large.perSecond / limit).toFixed(2)} × limit`, "≥ 1.5 ×", large.perSecond / limit >= 1.5),
    line("cost of a due lot", `${small.microseconds.toFixed(0)} µs of ${small.lots.toLocaleString("en")}, ${large.microseconds.toFixed(0)} µs of ${large.lots.toLocaleString("en")}`, "≤ 1.25 ×", large.microseconds <= small.microseconds * 1.25),
    line("a run with nothing due", `${empty.toFixed(1)} ms`, "≤ 5 ms", empty <= 5),
    line("foreground p50", `${alone.p50Ms.toFixed(1)} → ${beside.p50Ms.toFixed(1)} ms beside the sweep`, "", true),
    line("foreground p99", `${alone.p99Ms.toFixed(1)} → ${beside.p99Ms.toFixed(1)} ms beside the sweep`, "≤ 2 ×", beside.p99Ms <= alone.p99Ms * 2),
    killed,
  ];
  return args.includes("--verify") ? [...lines, ...(await verify(new Date()))] : lines;
}

const line = (name: string, value: string, target: string, isMet: boolean): Line => ({ name, value, target, isMet });
const say = (text: string): void => console.error(text);
const before = (at: Date): Date => new Date(at.getTime() - 60 * MINUTE_MS);

/** Each person has two lots of a wave; later waves end later, so that a sweep up to one leaves the next. */
function wavesOf(users: number, now: Date): Record<"small" | "large" | "beside" | "killed", Wave> {
  const few = Math.min(SMALL_SWEEP / 2, Math.ceil(users / 10));
  const at = (minutesAgo: number): Date => new Date(now.getTime() - minutesAgo * MINUTE_MS);
  return {
    small: { from: 0, to: few, first: 0, at: at(240) },
    large: { from: few, to: users, first: 0, at: at(180) },
    beside: { from: 0, to: Math.ceil(users * 0.4), first: 2, at: at(120) },
    killed: { from: Math.ceil(users * 0.4), to: Math.ceil(users * 0.5), first: 2, at: at(60) },
  };
}

async function measureLimit(): Promise<number> {
  const { perSecond } = await drive(20_000, 64, () => pool().query("INSERT INTO bench_limit (body) VALUES ('one durable row')"));
  say(`limit ${Math.round(perSecond)}/s`);
  return perSecond;
}

async function emptyRun(now: Date): Promise<number> {
  const took: number[] = [];
  for (let run = 0; run < 50; run++) {
    const startedAt = performance.now();
    const { lots } = await expirePointsJob.run(now, Infinity);
    if (lots !== 0) throw new Error("nothing was to be due");
    took.push(performance.now() - startedAt);
  }
  return took.sort((a, b) => a - b)[25]!;
}

async function sweep(now: Date): Promise<{ lots: number; perSecond: number; microseconds: number }> {
  const startedAt = performance.now();
  const lots = Number((await expirePointsJob.run(now, Infinity)).lots);
  const seconds = (performance.now() - startedAt) / 1_000;
  say(`${lots} lots in ${seconds.toFixed(1)} s`);
  return { lots, perSecond: lots / seconds, microseconds: (seconds * 1e6) / lots };
}

type Crowd = { people: LoadUser[]; newcomers: LoadUser[]; skuId: number };

const aCrowd = async (): Promise<Crowd> => ({ people: await loadUsers(500), newcomers: await loadUsers(2_000), skuId: (await aProduct(1_000_000)).skuId });

const CALLERS = 8;
/** A crowd that is not a storm: what a person feels, not how much the machine can do. */
const PAUSE_MS = 20;

/** What people do in a shop, until `ended`: mostly look, sometimes redeem, now and then check in. */
async function foreground({ people, newcomers, skuId }: Crowd, ended: Promise<unknown>): Promise<{ p50Ms: number; p99Ms: number }> {
  const took: number[] = [];
  let isOver = false;
  void ended.then(() => (isOver = true));
  const caller = async (place: number): Promise<void> => {
    for (let turn = 0; !isOver; turn++) {
      const who = people[(turn * CALLERS + place) % people.length]!;
      const startedAt = performance.now();
      const newcomer = turn % 10 === 0 ? newcomers.pop() : undefined;
      if (newcomer) await checkIn({ userId: newcomer.id, request: requestKey(undefined, "bench", {}) });
      else if (turn % 3 === 0) await redeem({ userId: who.id, lines: [{ skuId, quantity: 1 }], request: requestKey(undefined, "bench", {}) });
      else await readPointsAvailable(who.id);
      took.push(performance.now() - startedAt);
      await new Promise((wake) => setTimeout(wake, PAUSE_MS));
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, (_, place) => caller(place)));
  took.sort((a, b) => a - b);
  say(`foreground: ${took.length} requests`);
  return { p50Ms: took[Math.floor(took.length * 0.5)]!, p99Ms: took[Math.floor(took.length * 0.99)]! };
}

const idle = (ms: number): Promise<void> => new Promise((wake) => setTimeout(wake, ms));

/** The job in a process of its own, as a shop with a worker has it. */
function startSweeper(now: Date): { process: ChildProcess; ended: Promise<number | null> } {
  const child = spawn(process.execPath, [process.argv[1]!, SWEEPER, now.toISOString()], { env: process.env, stdio: ["ignore", "ignore", "inherit"] });
  return { process: child, ended: new Promise((resolve) => child.once("exit", resolve)) };
}

/** What the second process does. */
export async function sweepUntil(now: string): Promise<void> {
  await expirePointsJob.run(new Date(now), Infinity);
}

/** Kills a sweep at whatever it is doing, then lets another finish: every lot ends once, and the sums are right. */
async function killAndResume(wave: Wave): Promise<Line> {
  const lots = (wave.to - wave.from) * 2;
  // By what is still open: the index of due lots knows it, whatever else the table holds.
  const ended = async () => lots - (await count("SELECT COUNT(*) FROM point_lots FORCE INDEX (point_lots_due_idx) WHERE open_until <= ?", [wave.at]));
  const child = startSweeper(wave.at);
  while ((await ended()) < lots / 10) await idle(20);
  child.process.kill("SIGKILL");
  await child.ended;
  const atKill = await ended();
  // Its connection dies with it; what was under way is rolled back.
  await expirePointsJob.run(wave.at, Infinity);
  const twice = await count(
    `SELECT COUNT(*) FROM (SELECT a.lot_id FROM point_lots l JOIN lot_allocations a ON a.lot_id = l.id JOIN points_transactions e ON e.id = a.entry_id AND e.kind = 'expire'
     WHERE l.expires_at <= ? AND l.expires_at > ? GROUP BY a.lot_id HAVING COUNT(*) <> 1) t`, [wave.at, before(wave.at)]);
  const off = await count(
    `SELECT COUNT(*) FROM point_accounts a JOIN (SELECT user_id, SUM(points_remaining) AS points FROM point_lots GROUP BY user_id) l ON l.user_id = a.user_id WHERE l.points <> a.points_balance`, []);
  const done = await ended();
  return line(`killed at ${atKill.toLocaleString("en")} of ${lots.toLocaleString("en")} lots and resumed`, `${done.toLocaleString("en")} ended, ${twice} not once, ${off} sums off`, "all, 0, 0",
    atKill < lots && done === lots && twice === 0 && off === 0);
}

async function count(sql: string, values: readonly Date[]): Promise<number> {
  const connection = await pool().getConnection();
  try {
    await connection.query("SET SESSION max_execution_time = 0");
    const [[row]] = await connection.query<RowDataPacket[]>(sql, [...values]);
    return Number(Object.values(row!)[0]);
  } finally {
    connection.destroy();
  }
}

/** Every invariant on what is there now, with its time. */
async function verify(now: Date): Promise<Line[]> {
  const connection = await pool().getConnection();
  const lines: Line[] = [];
  try {
    await connection.query(checkSession(0));
    for (const invariant of invariants) {
      const startedAt = performance.now();
      const rows = await checkInvariant(connection, invariant, now);
      lines.push(line(`${((performance.now() - startedAt) / 1_000).toFixed(2).padStart(7)} s  ${invariant.name}`, `${rows.length} rows`, "0 rows", rows.length === 0));
    }
  } finally {
    connection.destroy();
  }
  return lines;
}

/** The lines as a table of text; the last column says what missed its target. */
export function printLines(lines: readonly Line[]): string {
  const width = Math.max(...lines.map(({ name }) => name.length));
  return lines.map(({ name, value, target, isMet }) => `${name.padEnd(width)}  ${value}${target === "" ? "" : `  (${target}${isMet ? "" : ": MISSED"})`}`).join("\n");
}
