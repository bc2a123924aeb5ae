import "server-only";

import { getLocale, getTranslations } from "next-intl/server";
import type { ImportRow } from "@/components/admin/import-words";
import type { Tone } from "@/components/ui/badge";
import { db } from "@/db/client";
import { readCsv } from "@/lib/csv-read";
import { formatCash, formatPoints, type Locale } from "@/lib/i18n";
import { importMembers, importProduct, recordImport, type ImportReport } from "@/lib/imports/commands";
import { emailsIn, judgeMembers, memberRows, MEMBER_ROWS_MAX, type JudgedMember } from "@/lib/imports/members";
import { judgeProducts, productRows, PRODUCT_ROWS_MAX, type JudgedProduct } from "@/lib/imports/products";
import { findImportOf, knownEmails, knownSlugs, listSheetCategories } from "@/lib/imports/queries";
import type { ImportKind } from "@/lib/imports/schema";
import { faultyIn, newIn } from "@/lib/imports/sheet";
import { perform } from "@/lib/perform";
import { isRefusal, Refusal } from "@/lib/refusal";
import { staffActor, type Staff } from "@/lib/staff";

type Fault = { fault: "unreadable" | "headings" | "tooMany"; max: number };
type Members = { fault: null; kind: "members"; rows: JudgedMember[] };
type Products = { fault: null; kind: "products"; rows: JudgedProduct[]; sums: { stock: number; points: number } };
export type JudgedFile = Fault | Members | Products;

/** Every row with its verdict; nothing is written. */
export async function judgeFile({ permissions }: Pick<Staff, "permissions">, kind: ImportKind, text: string): Promise<JudgedFile> {
  const cells = readCsv(text);
  const max = kind === "members" ? MEMBER_ROWS_MAX : PRODUCT_ROWS_MAX;
  if (!cells) return { fault: "unreadable", max };
  if (cells.length > max + 1) return { fault: "tooMany", max };
  if (kind === "members") {
    const rows = memberRows(cells);
    return rows ? { fault: null, kind, rows: judgeMembers(rows, await knownEmails(db(), emailsIn(rows))) } : { fault: "headings", max };
  }
  const rows = productRows(cells);
  if (!rows) return { fault: "headings", max };
  const [slugs, categories] = await Promise.all([knownSlugs(db(), rows.map(({ slug }) => slug.toLowerCase()).filter((slug) => /^[\x20-\x7e]*$/.test(slug))), listSheetCategories(db())]);
  const judged = judgeProducts(rows, { slugs, categories, maySell: permissions.has("products.write") });
  const good = newIn(judged);
  return { fault: null, kind, rows: judged, sums: { stock: good.reduce((sum, { stock }) => sum + stock, 0), points: good.reduce((sum, { stock, points }) => sum + stock * points, 0) } };
}

/** Accounts made in one transaction: a set that a slow machine finishes within its deadline. */
const MEMBERS_AT_ONCE = 250;

export type TakenIn = ImportReport & { /** When the same file was taken in before: then nothing was changed now. */ takenAt: Date | null };

/**
 * Takes in what is good, in transactions that each commit: whoever is stopped in between goes on with the same file. A file that was taken in whole
 * changes nothing, whatever became of its rows: who changed their address or was forgotten does not come again. Refuses `invalid_input` where nothing can be read.
 */
export async function takeIn(staff: Staff, { kind, text, fileName }: { kind: ImportKind; text: string; fileName: string }): Promise<TakenIn> {
  const before = await findImportOf(db(), kind, text);
  if (before) return { made: 0, known: before.rows, faulty: 0, takenAt: before.createdAt };
  const read = await judgeFile(staff, kind, text);
  if (read.fault) throw new Refusal("invalid_input");
  const made = read.kind === "members" ? await takeMembers(staff, newIn(read.rows)) : await takeProducts(staff, newIn(read.rows));
  const faulty = faultyIn<{ verdict: string }>(read.rows).length;
  const report = { made, known: read.rows.length - made - faulty, faulty };
  await perform(staffActor(staff), (ctx) => recordImport(ctx, { kind, text, fileName, rows: read.rows.length, report }));
  return { ...report, takenAt: null };
}

async function takeMembers(staff: Staff, members: readonly JudgedMember[]): Promise<number> {
  let made = 0;
  for (let from = 0; from < members.length; from += MEMBERS_AT_ONCE) made += await perform(staffActor(staff), (ctx) => importMembers(ctx, members.slice(from, from + MEMBERS_AT_ONCE)));
  return made;
}

async function takeProducts(staff: Staff, products: readonly JudgedProduct[]): Promise<number> {
  let made = 0;
  for (const { input } of products) {
    try {
      if (await perform(staffActor(staff), (ctx) => importProduct(ctx, input!))) made++;
    } catch (error) {
      // Somebody made one of this name since it was judged.
      if (!isRefusal(error)) throw error;
    }
  }
  return made;
}

/** Rows on the screen: what is wrong first, so that it can be mended. */
const SHOWN_MAX = 300;

export async function rowsShown(read: Members | Products): Promise<ImportRow[]> {
  const [t, locale] = await Promise.all([getTranslations("adminImport.verdicts"), getLocale()]);
  const toned = (verdict: string): Tone => (verdict === "new" ? "success" : verdict === "known" ? "neutral" : verdict === "repeated" ? "warning" : "danger");
  const rows: ImportRow[] = read.kind === "members"
    ? read.rows.map(({ row, email, username, birthday, locale: language, verdict }) => ({ row, cells: [email, username, birthday, language], verdict: t(verdict), tone: toned(verdict) }))
    : read.rows.map(({ row, slug, name, points, cents, stock, verdict }) => ({ row, cells: [slug, name, formatPoints(locale as Locale, points), formatCash(locale as Locale, cents), formatPoints(locale as Locale, stock)], verdict: t(verdict), tone: toned(verdict) }));
  const isGood = ({ tone }: ImportRow): boolean => tone === "success" || tone === "neutral";
  return [...rows.filter((row) => !isGood(row)), ...rows.filter(isGood)].slice(0, SHOWN_MAX);
}
