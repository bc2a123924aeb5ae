import "server-only";

import { and, eq, gt, gte, inArray, isNotNull, isNull, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { adjustments } from "@/db/schema";

/** Rows of one person's requests come in the order of their ids, but for requests that run at once. */
const OUT_OF_ORDER_MS = 3_600_000;

export type Alone = { in: number; out: number };

/** What a member of staff put through alone since `since`, over all people, by direction. Only under the maker's account's lock does it stay true. */
export async function sumAlone(db: Db, makerId: number, since: Date): Promise<Alone> {
  const earlier = sql`(select a.id from ${adjustments} a where a.requested_by = ${makerId} and a.created_at < ${new Date(since.getTime() - OUT_OF_ORDER_MS)} order by a.id desc limit 1)`;
  const [sums] = await db
    .select({
      in: sql<number>`coalesce(sum(greatest(${adjustments.points}, 0)), 0)`.mapWith(Number), out: sql<number>`coalesce(sum(greatest(-${adjustments.points}, 0)), 0)`.mapWith(Number),
    })
    .from(adjustments)
    .where(and(
      eq(adjustments.requestedBy, makerId), gt(adjustments.id, sql`coalesce(${earlier}, 0)`), eq(adjustments.status, "applied"), isNull(adjustments.decidedBy), gte(adjustments.createdAt, since),
    ));
  return sums ?? { in: 0, out: 0 };
}

export type AttachmentPlace = { key: string; type: string };

/** Where the attachment of an adjustment is kept; null when it has none. */
export async function findAttachment(db: Db, publicId: string): Promise<AttachmentPlace | null> {
  const [row] = await db.select({ key: adjustments.attachmentKey, type: adjustments.attachmentType }).from(adjustments).where(eq(adjustments.publicId, publicId)).limit(1);
  return row?.key && row.type ? { key: row.key, type: row.type } : null;
}

export async function hasAttachments(db: Db): Promise<boolean> {
  const rows = await db.select({ id: adjustments.id }).from(adjustments).where(isNotNull(adjustments.attachmentKey)).limit(1);
  return rows.length > 0;
}

/** Which of these files an adjustment names. */
export async function knownAttachments(db: Db, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await db.select({ key: adjustments.attachmentKey }).from(adjustments).where(inArray(adjustments.attachmentKey, [...keys]));
  return new Set(rows.flatMap(({ key }) => key ?? []));
}
