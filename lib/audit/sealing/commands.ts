import "server-only";

import { sendPacket, statement } from "@/db/packet";
import { auditSeals, jobRuns } from "@/db/schema";
import type { Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { errnoOf } from "@/lib/log";

import { AUDIT_CHECK, type AuditCheck } from "./check";
import { contentOf, digestOf, digestRows, findHead, sealName, type Ask } from "./queries";
import { markOf, NOTHING, ROWS_PER_SEAL, writeMarks, type Chain, type Seal } from "./seal";

const DENIED = 1142;

const asking = (ctx: Ctx): Ask => async (sql, values) => (await sendPacket(ctx.tx, [statement(sql, values)]))[0] ?? [];

export type Sealed = Seal & { digest: string };

/**
 * Seals what follows the newest seal, up to the id `upTo` or a thousand rows; null when there is nothing to seal. The rows are read with a shared
 * lock that waits for nobody: a row that a transaction has written and not yet committed ends the read (3572), so none is ever passed by.
 * Of two who seal at once the unique key lets one through (1062).
 */
export async function sealNext(ctx: Ctx, chain: Chain, upTo: number): Promise<Sealed | null> {
  const ask = asking(ctx);
  const head = await findHead(ask, chain);
  const from = head?.to ?? 0;
  if (upTo <= from) return null;
  const rows = await digestRows(ask, chain, from, upTo, ROWS_PER_SEAL, " FOR SHARE NOWAIT").catch((error: unknown) => {
    // Before 8.0.22 a shared lock takes a right to update, which the app's user has not: there the time that ids settle for must do.
    if (errnoOf(error) !== DENIED) throw error;
    return digestRows(ask, chain, from, upTo, ROWS_PER_SEAL);
  });
  if (rows.length === 0 || (chain === "events" && rows.length < ROWS_PER_SEAL && (await areOnlySeals(ctx, from, upTo)))) return null;

  const to = rows.length < ROWS_PER_SEAL ? upTo : rows.at(-1)!.id;
  const seal: Seal = { chain, from, to, rows: rows.length, content: contentOf(rows), previous: head?.digest ?? NOTHING, sealedAt: ctx.now };
  const digest = digestOf(seal);
  const [content, previous, own] = [seal.content, seal.previous, digest].map((text) => Buffer.from(text, "hex"));
  await ctx.tx.insert(auditSeals).values({ chain, fromId: from, toId: to, rows: seal.rows, contentDigest: content!, previousDigest: previous!, sealDigest: own!, createdAt: seal.sealedAt });
  const marks = writeMarks(rows.map(({ id, digest: whole }) => ({ id, mark: markOf(whole) })));
  await emit(ctx, { name: "audit.sealed", subject: { type: "seal", id: sealName(seal) }, data: { chain, from, to, rows: seal.rows, digest, ...marks } });
  return { ...seal, digest };
}

/** Each seal is an event too: without this a shop at rest would seal its own seals for ever. */
async function areOnlySeals(ctx: Ctx, from: number, to: number): Promise<boolean> {
  const [rows = []] = await sendPacket(ctx.tx, [statement("SELECT 1 FROM events FORCE INDEX (PRIMARY) WHERE id > ? AND id <= ? AND name <> 'audit.sealed' LIMIT 1", [from, to])]);
  return rows.length === 0;
}

/** Keeps what a check of the seals found. A break that the check before had not found is a fact of its own, whoever checked. */
export async function recordAuditCheck(ctx: Ctx, check: AuditCheck, before: AuditCheck | null, finishedAt: Date): Promise<void> {
  const { broken } = check;
  await ctx.tx.insert(jobRuns).values({ job: AUDIT_CHECK, startedAt: ctx.now, finishedAt, report: check });
  if (ctx.actor.kind !== "system") await emit(ctx, { name: "audit.checked", subject: { type: "audit", id: "seals" }, data: { seals: check.seals, isWhole: broken === null } });
  if (!broken || (before?.broken?.chain === broken.chain && before.broken.from === broken.from)) return;
  await emit(ctx, { name: "audit.broken", subject: { type: "audit", id: "seals" }, data: { chain: broken.chain, from: broken.from, to: broken.to, fault: broken.fault } });
}
