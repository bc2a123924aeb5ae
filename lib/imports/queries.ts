import "server-only";

import { createHash } from "node:crypto";

import { and, desc, eq, inArray } from "drizzle-orm";

import type { Db } from "@/db/client";
import { categories, imports, products, users } from "@/db/schema";

import type { SheetCategory } from "./products";
import type { ImportKind } from "./schema";

/** Values of one statement. */
const AT_ONCE = 1_000;

/** Those of the addresses that somebody has. */
export const knownEmails = (db: Db, emails: readonly string[]): Promise<Set<string>> =>
  known(emails, async (some) => (await db.select({ value: users.email }).from(users).where(inArray(users.email, some))).map(({ value }) => value));

/** Those of the slugs that a product has. */
export const knownSlugs = (db: Db, slugs: readonly string[]): Promise<Set<string>> =>
  known(slugs, async (some) => (await db.select({ value: products.slug }).from(products).where(inArray(products.slug, some))).map(({ value }) => value));

async function known(values: readonly string[], ask: (some: string[]) => Promise<string[]>): Promise<Set<string>> {
  const found = new Set<string>();
  for (let from = 0; from < values.length; from += AT_ONCE) for (const value of await ask(values.slice(from, from + AT_ONCE))) found.add(value);
  return found;
}

export const listSheetCategories = (db: Db): Promise<SheetCategory[]> =>
  db.select({ id: categories.id, slug: categories.slug, name: categories.name, nameEn: categories.nameEn }).from(categories);

export const digestOf = (text: string): Buffer => createHash("sha256").update(text).digest();

/** When the same table was taken in whole before, and its rows; null when it was not, or was cut off. */
export async function findImportOf(db: Db, kind: ImportKind, text: string): Promise<{ rows: number; createdAt: Date } | null> {
  const [row] = await db.select({ rows: imports.rows, createdAt: imports.createdAt }).from(imports).where(and(eq(imports.kind, kind), eq(imports.fileDigest, digestOf(text)))).limit(1);
  return row ?? null;
}

export type PastImport = { id: number; kind: string; fileName: string; rows: number; report: Record<string, number>; actor: string; createdAt: Date };

const PAST_SHOWN = 20;

/** What was taken in, the newest first. */
export const listImports = (db: Db): Promise<PastImport[]> =>
  db
    .select({ id: imports.id, kind: imports.kind, fileName: imports.fileName, rows: imports.rows, report: imports.report, actor: users.username, createdAt: imports.createdAt })
    .from(imports)
    .innerJoin(users, eq(users.id, imports.actorId))
    .orderBy(desc(imports.id))
    .limit(PAST_SHOWN);
