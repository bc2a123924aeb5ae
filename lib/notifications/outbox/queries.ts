import "server-only";

import { and, desc, eq, lt } from "drizzle-orm";

import type { Db } from "@/db/client";
import { mailMessages } from "@/db/schema";

export type OutboxMail = typeof mailMessages.$inferSelect;

export const MAILS_PAGE_MAX = 50;

/** Mail of the shop, newest first. `before` is the id of the last one of the page before. */
export async function listMail(db: Db, page: { recipient?: string; before?: number; limit: number }): Promise<{ mails: OutboxMail[]; nextBefore: number | null }> {
  const limit = Math.min(page.limit, MAILS_PAGE_MAX);
  const rows = await db
    .select()
    .from(mailMessages)
    .where(and(page.recipient ? eq(mailMessages.recipient, page.recipient) : undefined, page.before ? lt(mailMessages.id, page.before) : undefined))
    .orderBy(desc(mailMessages.id))
    .limit(limit + 1);
  const mails = rows.slice(0, limit);
  return { mails, nextBefore: rows.length > limit ? mails.at(-1)!.id : null };
}

export async function findMail(db: Db, id: number): Promise<OutboxMail | null> {
  const [row] = await db.select().from(mailMessages).where(eq(mailMessages.id, id)).limit(1);
  return row ?? null;
}
