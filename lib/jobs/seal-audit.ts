import "server-only";

import { readRows, statement } from "@/db/packet";
import { AUDIT_CHECK, AuditCheck, settledBy, type Seen } from "@/lib/audit/sealing/check";
import { recordAuditCheck, sealNext } from "@/lib/audit/sealing/commands";
import { BEGINNING, checkSeals, type Ask } from "@/lib/audit/sealing/queries";
import { CHAINS, type Chain } from "@/lib/audit/sealing/seal";
import { currentTime } from "@/lib/clock";
import type { Actor } from "@/lib/ctx";
import { SETTLED_MS } from "@/lib/events/handling/progress";
import { listReports } from "@/lib/events/handling/queries";
import { errnoOf, log } from "@/lib/log";
import { perform } from "@/lib/perform";

import { clockActor, type Job, type Report } from "./job";

const NAME = "seal-audit";
/** Seals of each chain that a run computes anew, so that what was tampered with is found without anybody asking. */
const SEALS_CHECKED = 20;
const LOCKED_BY_ANOTHER = 3572;
const SEALED_BY_ANOTHER = 1062;

/** Seals what has settled of the events and the ledger, and checks some older seals. The newest digests go into the log: there they are out of the database's reach. */
export const sealAuditJob: Job = {
  everyMinutes: 5,
  async run(now, deadline) {
    const { seenAt, newest } = await look();
    const settled = settledBy(await listReports(NAME), seenAt, SETTLED_MS);
    const sealed = await sealUpTo(settled, deadline, now);
    const check = await checkSome(clockActor(NAME), SEALS_CHECKED, deadline, now);
    return { seenAt, newest: { ...newest }, ...sealed, checked: check.seals, broken: check.broken ? 1 : 0 };
  },
};

/** The greatest ids that show, and the database's own time. */
async function look(): Promise<Seen> {
  const [row] = await readRows(statement("SELECT COALESCE((SELECT MAX(id) FROM events), 0) AS events, COALESCE((SELECT MAX(id) FROM points_transactions), 0) AS ledger, CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED) AS time"));
  return { seenAt: Number(row!.time), newest: { events: Number(row!.events), ledger: Number(row!.ledger) } };
}

/** Seals everything up to these ids, as far as the time goes. */
export async function sealUpTo(upTo: Readonly<Record<Chain, number>>, deadline: number, now: Date = currentTime()): Promise<Report & { finished: number }> {
  const report: Report & { finished: number } = { seals: 0, rows: 0, waiting: 0, finished: 1 };
  // The ledger first: its seals are events.
  for (const chain of [...CHAINS].reverse()) {
    const { seals, rows, isWaiting, isDone } = await sealChain(chain, upTo[chain], deadline, now);
    report.seals = Number(report.seals) + seals;
    report.rows = Number(report.rows) + rows;
    report.waiting = Number(report.waiting) + (isWaiting ? 1 : 0);
    if (!isDone) report.finished = 0;
  }
  return report;
}

async function sealChain(chain: Chain, upTo: number, deadline: number, now: Date): Promise<{ seals: number; rows: number; isWaiting: boolean; isDone: boolean }> {
  const done = { seals: 0, rows: 0, isWaiting: false, isDone: true };
  let head: string | null = null;
  while (Date.now() < deadline) {
    try {
      const seal = await perform(clockActor(NAME), (ctx) => sealNext(ctx, chain, upTo), now);
      if (!seal) break;
      done.seals++;
      done.rows += seal.rows;
      head = seal.digest;
    } catch (error) {
      const errno = errnoOf(error);
      if (errno === SEALED_BY_ANOTHER) continue;
      if (errno !== LOCKED_BY_ANOTHER) throw error;
      // A transaction that has been open for minutes is somebody's by hand: the next run looks again.
      log.warn({ chain }, "a row is not committed yet, and the seal waits for it");
      done.isWaiting = true;
      break;
    }
  }
  done.isDone = Date.now() < deadline;
  if (head) log.info({ chain, head, sealedTo: upTo }, "the audit trail was sealed");
  return done;
}

const ask: Ask = (sql, values) => readRows(statement(sql, values));

/** Checks seals from where the last check stopped; a chain that is through begins again, and one that is broken stays where it broke. */
export async function checkSome(actor: Actor, max: number, deadline: number, now: Date = currentTime()): Promise<AuditCheck> {
  const last = AuditCheck.safeParse((await listReports(AUDIT_CHECK))[0]);
  const check: AuditCheck = last.success ? { ...last.data, seals: 0, rows: 0, broken: null } : { seals: 0, rows: 0, next: { events: BEGINNING, ledger: BEGINNING }, wholeAt: { events: null, ledger: null }, broken: null };
  for (const chain of CHAINS) {
    const { seals, rows, place, isAtEnd, broken } = await checkSeals(ask, chain, check.next[chain], { max, deadline });
    check.seals += seals;
    check.rows += rows;
    check.next = { ...check.next, [chain]: isAtEnd && !broken ? BEGINNING : place };
    if (isAtEnd && !broken) check.wholeAt = { ...check.wholeAt, [chain]: now.getTime() };
    check.broken ??= broken;
  }
  if (check.broken) log.error({ break: { ...check.broken, rows: check.broken.rows.slice(0, 20) } }, "the audit trail was tampered with");
  await perform(actor, (ctx) => recordAuditCheck(ctx, check, last.success ? last.data : null, currentTime()), now);
  return check;
}

/** Seals all there is: for a shop that nobody writes to yet. */
export async function sealHistory(): Promise<void> {
  const { newest } = await look();
  await sealUpTo(newest, Number.MAX_SAFE_INTEGER);
  // The seals of the ledger are events themselves.
  await sealUpTo((await look()).newest, Number.MAX_SAFE_INTEGER);
}
