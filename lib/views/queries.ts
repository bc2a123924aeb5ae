import "server-only";

import { and, asc, eq, or } from "drizzle-orm";

import type { Db } from "@/db/client";
import { savedViews, users } from "@/db/schema";

import { keptColumns, keptQuery, type ListKey } from "./list";

export type SavedView = { id: number; name: string; query: string; columns: string[] | null; isShared: boolean; ownerId: number; ownerName: string };

/** More than this of one list nobody looks through. */
const SHOWN_MAX = 60;

/** A person's own views of a list, and those that are shared with everybody: the shared ones first. */
export async function listViews(db: Db, list: ListKey, personId: number): Promise<SavedView[]> {
  const rows = await db
    .select({
      id: savedViews.id, name: savedViews.name, query: savedViews.query, columns: savedViews.columns, isShared: savedViews.isShared, ownerId: savedViews.ownerId, ownerName: users.username,
    })
    .from(savedViews)
    .innerJoin(users, eq(users.id, savedViews.ownerId))
    .where(and(eq(savedViews.list, list), or(eq(savedViews.isShared, true), eq(savedViews.ownerId, personId))))
    .orderBy(asc(savedViews.isShared), asc(savedViews.id))
    .limit(SHOWN_MAX);
  const read = rows.map((row) => ({ ...row, query: keptQuery(row.query), columns: keptColumns(row.columns) }));
  return [...read.filter(({ isShared }) => isShared), ...read.filter(({ isShared }) => !isShared)];
}
