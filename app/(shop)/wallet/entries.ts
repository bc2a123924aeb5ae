import "server-only";

import { getTranslations } from "next-intl/server";
import type { Reading } from "../reading";
import { inLanguage, lotView } from "../views";
import { titleOf, type WalletWords } from "./entry-words";
import type { LedgerEntryView, MonthView } from "@/components/ledger-list";
import type { UserId } from "@/lib/ctx";
import { listGivenPrizes } from "@/lib/draws/queries";
import type { Locale } from "@/lib/i18n";
import { listRuleNames } from "@/lib/points/history-queries";
import { ENTRY_FILTERS, ENTRY_SOURCES, listEntries, sumMonths, type EntryFilter, type EntrySource, type WalletEntry } from "@/lib/points/queries";

const ENTRIES_PER_PAGE = 12;

/** Which entries are shown, as the address says it. */
export type LedgerFilter = { filter: EntryFilter; source: EntrySource };

export const readEntryFilter = (filter: string, source = ""): LedgerFilter => ({
  filter: ENTRY_FILTERS.find((each) => each === filter) ?? "all",
  source: ENTRY_SOURCES.find((each) => each === source) ?? "any",
});

/** One page of the ledger; the cursor carries the last entry and the month it stands in. */
export type EntryPage = { entries: LedgerEntryView[]; months: MonthView[]; continues: string; next: string | null };

export async function readEntries({ db, locale, now }: Reading, userId: UserId, query: LedgerFilter, cursor: string): Promise<EntryPage> {
  const [before = "", continues = ""] = cursor.split("~");
  const [{ entries, nextBefore }, t] = await Promise.all([
    listEntries(db, userId, { ...query, before: /^\d{1,15}$/.test(before) ? Number(before) : undefined, limit: ENTRIES_PER_PAGE }, now),
    getTranslations("wallet"),
  ]);
  const months = [...new Set(entries.map(monthOf))];
  const [sums, names] = await Promise.all([sumMonths(db, userId, months), namesIn(db, entries, locale)]);
  const last = entries.at(-1);
  return {
    continues,
    months: sums,
    next: nextBefore && last ? `${nextBefore}~${monthOf(last)}` : null,
    entries: entries.map((entry) => entryView(entry, { t, locale, now, names })),
  };
}

const monthOf = ({ localDay }: Pick<WalletEntry, "localDay">): string => localDay.slice(0, 7);

export type EntryWords = { t: WalletWords; locale: Locale; now: Date; names: EntryNames };

export function entryView(entry: WalletEntry, { t, locale, now, names }: EntryWords): LedgerEntryView {
  const inLots = entry.draws.reduce((sum, { points }) => sum + points, 0);
  const title = titleOf(entry, t, thingOf(entry, locale, names));
  return {
    id: entry.id,
    title,
    at: entry.createdAt,
    month: monthOf(entry),
    pointsChange: entry.pointsChange,
    balanceAfter: entry.balanceAfter,
    parts: partsOf(entry, title, t, names.rules),
    lots: entry.draws.map((draw) => lotView({ ...draw, points: Math.abs(draw.points) }, now)),
    pointsToDebt: entry.pointsChange - inLots,
  };
}

/** The rules, the level and the task that an earning is made of; one part by the name of the title says nothing more. */
function partsOf({ kind, breakdown }: WalletEntry, title: string, t: WalletWords, names: ReadonlyMap<number, string>): { label: string; points: number }[] {
  if (kind !== "earn" || !breakdown) return [];
  const parts = Object.entries(breakdown).map(([key, points]) => ({ label: labelOf(key, t, names), points }));
  return parts.length === 1 && parts[0]!.label === title ? [] : parts;
}

function labelOf(key: string, t: WalletWords, names: ReadonlyMap<number, string>): string {
  if (key === "level") return t("parts.level");
  if (key === "task") return t("parts.task");
  return names.get(ruleIdIn(key)) || t("parts.rule");
}

const ruleIdIn = (key: string): number => Number(/^rule:(\d+)$/.exec(key)?.[1]);

/** What entries name and do not carry: rules by their ids, prizes by their spins. */
export type EntryNames = { rules: ReadonlyMap<number, string>; prizes: ReadonlyMap<string, string> };

export async function namesIn(db: Reading["db"], entries: readonly Pick<WalletEntry, "breakdown" | "kind" | "sourceType" | "sourceId">[], locale: Locale): Promise<EntryNames> {
  const ruleIds = new Set(entries.flatMap(({ breakdown }) => Object.keys(breakdown ?? {}).map(ruleIdIn)).filter((id) => id > 0));
  const spinIds = entries.filter(({ kind, sourceType }) => kind === "adjust" && sourceType === "spin").map(({ sourceId }) => sourceId);
  const [rules, prizes] = await Promise.all([listRuleNames(db, [...ruleIds]), listGivenPrizes(db, spinIds)]);
  const read = <Key>(names: ReadonlyMap<Key, { name: string; nameEn: string }>) => new Map([...names].map(([key, { name, nameEn }]) => [key, inLanguage(locale, name, nameEn)]));
  return { rules: read(rules), prizes: read(prizes) };
}

/** What an entry is about: the first product of its order, the prize of its spin. */
export const thingOf = ({ sourceId, productName, productNameEn }: WalletEntry, locale: Locale, { prizes }: EntryNames): string =>
  prizes.get(sourceId) ?? inLanguage(locale, productName ?? "", productNameEn ?? "");
