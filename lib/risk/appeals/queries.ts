import "server-only";

import { desc, eq } from "drizzle-orm";

import type { Db } from "@/db/client";
import { appeals } from "@/db/schema";
import type { AppealStatus } from "@/db/schema/control";
import type { UserId } from "@/lib/ctx";

export type OwnAppeal = { id: number; body: string; status: AppealStatus; answer: string | null; createdAt: Date; decidedAt: Date | null };

/** More nobody reads, and the limit lets few be written. */
const APPEALS_SHOWN_MAX = 10;

/** What a person has written, the latest first, with what was answered. */
export const listOwnAppeals = (db: Db, userId: UserId): Promise<OwnAppeal[]> =>
  db
    .select({ id: appeals.id, body: appeals.body, status: appeals.status, answer: appeals.answer, createdAt: appeals.createdAt, decidedAt: appeals.decidedAt })
    .from(appeals).where(eq(appeals.userId, userId)).orderBy(desc(appeals.id)).limit(APPEALS_SHOWN_MAX);
