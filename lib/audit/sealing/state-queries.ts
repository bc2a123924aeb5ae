import "server-only";

import { excessOf } from "@/db/grants";
import { pool } from "@/db/client";
import { readRows, statement } from "@/db/packet";
import { grantsOf } from "@/db/privileges";
import { env } from "@/lib/env";

import { AUDIT_CHECK, AuditCheck } from "./check";
import { findHead, findTail, type Ask, type StoredSeal } from "./queries";
import { CHAINS, type Chain } from "./seal";

const ask: Ask = (sql, values) => readRows(statement(sql, values));

export type ChainState = { chain: Chain; head: StoredSeal | null; tail: { ids: number; since: Date | null } };
export type AuditState = { chains: ChainState[]; last: { at: Date; check: AuditCheck } | null; /** Rights that the app's user has beyond what it needs; empty when the database keeps the trail. */ excess: string[] };

/** How the trail is kept: up to where it is sealed, when it was last checked, and what the database would let the shop do to it. */
export async function getAuditState(): Promise<AuditState> {
  const [chains, last, grants] = await Promise.all([
    Promise.all(CHAINS.map(async (chain): Promise<ChainState> => ({ chain, head: await findHead(ask, chain), tail: await findTail(ask, chain) }))),
    findLastAuditCheck(),
    grantsOf(pool()),
  ]);
  const schema = decodeURIComponent(new URL(env().DATABASE_URL).pathname.slice(1));
  return { chains, last, excess: [...new Set(excessOf(grants, schema).flatMap(({ privileges }) => privileges))] };
}

/** What the last check of the seals found, and when. */
export async function findLastAuditCheck(): Promise<AuditState["last"]> {
  const [row] = await ask("SELECT finished_at, report FROM job_runs WHERE job = ? AND report IS NOT NULL ORDER BY id DESC LIMIT 1", [AUDIT_CHECK]);
  const check = row ? AuditCheck.safeParse(row.report) : null;
  return check?.success ? { at: row!.finished_at as Date, check: check.data } : null;
}
