import "server-only";

import { and, count, desc, eq, lt, sql } from "drizzle-orm";

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

export type MailStatus = OutboxMail["status"];

/** A message as the log shows it: never what it says. */
export type LoggedMail = Pick<OutboxMail, "id" | "recipient" | "template" | "locale" | "status" | "attempts" | "nextAttemptAt" | "lastError" | "sentAt" | "createdAt"> & { /** Whether there is still something to send. */ isKept: boolean };

/** The log of one status, newest first. */
export async function listMailLog(db: Db, { status, recipient, before, limit }: { status: MailStatus; recipient?: string; before?: number; limit: number }): Promise<{ mails: LoggedMail[]; nextBefore: number | null }> {
  const rows = await db
    .select({
      id: mailMessages.id, recipient: mailMessages.recipient, template: mailMessages.template, locale: mailMessages.locale, status: mailMessages.status, attempts: mailMessages.attempts,
      nextAttemptAt: mailMessages.nextAttemptAt, lastError: mailMessages.lastError, sentAt: mailMessages.sentAt, createdAt: mailMessages.createdAt,
      isKept: sql<number>`json_length(${mailMessages.props}) > 0`.mapWith(Boolean),
    })
    .from(mailMessages)
    .where(and(eq(mailMessages.status, status), recipient ? eq(mailMessages.recipient, recipient) : undefined, before ? lt(mailMessages.id, before) : undefined))
    .orderBy(desc(mailMessages.id))
    .limit(limit + 1);
  const mails = rows.slice(0, limit);
  return { mails, nextBefore: rows.length > limit ? mails.at(-1)!.id : null };
}

/** How many there are of each status. */
export async function countMail(db: Db): Promise<Record<MailStatus, number>> {
  const rows = await db.select({ status: mailMessages.status, count: count() }).from(mailMessages).groupBy(mailMessages.status);
  return { queued: 0, sent: 0, failed: 0, ...Object.fromEntries(rows.map((row) => [row.status, row.count])) };
}
