import "server-only";

import { and, desc, eq, lt, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { notificationPreferences, notifications } from "@/db/schema";
import { NOTICE_KINDS, type NoticeKind } from "@/db/schema/loyalty";
import type { UserId } from "@/lib/ctx";

import { preferenceOf, type Preference } from "./notice";

export type StoredNotice = { id: number; kind: NoticeKind; data: Record<string, string | number>; link: string | null; isRead: boolean; createdAt: Date };

export const NOTICES_PAGE_MAX = 100;

/** What the person was told, newest first. `before` is the id of the last notice of the page before. */
export async function listNotices(db: Db, userId: UserId, page: { before?: number; limit: number }): Promise<{ notices: StoredNotice[]; nextBefore: number | null }> {
  const limit = Math.min(page.limit, NOTICES_PAGE_MAX);
  const rows = await db
    .select({ id: notifications.id, kind: notifications.kind, data: notifications.data, link: notifications.link, readAt: notifications.readAt, createdAt: notifications.createdAt })
    .from(notifications)
    .where(and(eq(notifications.userId, userId), page.before ? lt(notifications.id, page.before) : undefined))
    .orderBy(desc(notifications.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  return {
    notices: shown.map(({ readAt, ...notice }) => ({ ...notice, isRead: readAt !== null })),
    nextBefore: rows.length > limit ? shown.at(-1)!.id : null,
  };
}

/** More than this are "99+": who has thousands need not be counted on every page. */
export const UNREAD_MAX = 100;

export async function countUnread(db: Db, userId: UserId): Promise<number> {
  const unread = db
    .select({ id: notifications.id })
    .from(notifications)
    .where(and(eq(notifications.userId, userId), sql`${notifications.readAt} is null`))
    .limit(UNREAD_MAX)
    .as("unread");
  const [row] = await db.select({ count: sql<number>`count(*)`.mapWith(Number) }).from(unread);
  return row?.count ?? 0;
}

/** How the person wants to be told of each kind. */
export async function getPreferences(db: Db, userId: UserId): Promise<Record<NoticeKind, Preference>> {
  const rows = await db.select().from(notificationPreferences).where(eq(notificationPreferences.userId, userId));
  const chosen = new Map(rows.map(({ kind, inApp, byMail }) => [kind, { inApp, byMail }]));
  return Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, preferenceOf(kind, chosen.get(kind))])) as Record<NoticeKind, Preference>;
}
