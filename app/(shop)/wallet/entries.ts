import "server-only";

import { getTranslations } from "next-intl/server";
import type { Reading } from "../reading";
import { inLanguage, lotView } from "../views";
import type { LedgerEntryView } from "@/components/ledger-list";
import type { UserId } from "@/lib/ctx";
import { formatDayOf } from "@/lib/i18n";
import { listEntries, type EntryFilter, type WalletEntry } from "@/lib/points/queries";

const ENTRIES_PER_PAGE = 20;
const FILTERS = ["all", "in", "out"] as const satisfies readonly EntryFilter[];

export const readEntryFilter = (text: string): EntryFilter => FILTERS.find((filter) => filter === text) ?? "all";

/** One page of the ledger; the cursor carries the last entry and the month it stands in. */
export type EntryPage = { entries: LedgerEntryView[]; continues: string; next: string | null };

export async function readEntries({ db, locale, policy, now }: Reading, userId: UserId, filter: EntryFilter, cursor: string): Promise<EntryPage> {
  const [before = "", continues = ""] = cursor.split("~");
  const [{ entries, nextBefore }, t] = await Promise.all([
    listEntries(db, userId, { filter, before: /^\d{1,15}$/.test(before) ? Number(before) : undefined, limit: ENTRIES_PER_PAGE }),
    getTranslations("wallet"),
  ]);
  const last = entries.at(-1);
  return {
    continues,
    next: nextBefore && last ? `${nextBefore}~${formatDayOf(locale, last.createdAt, policy.timeZone, "month")}` : null,
    entries: entries.map((entry) => ({
      id: entry.id,
      title: titleOf(entry, t, inLanguage(locale, entry.productName ?? "", entry.productNameEn ?? "")),
      at: entry.createdAt,
      pointsChange: entry.pointsChange,
      balanceAfter: entry.balanceAfter,
      lots: entry.draws.map((draw) => lotView({ ...draw, points: Math.abs(draw.points) }, now)),
    })),
  };
}

type WalletWords = Awaited<ReturnType<typeof getTranslations<"wallet">>>;

const EARNED = ["register", "login", "checkin", "purchase", "repurchase"] as const;

/** Why the balance changed, in a few words. */
function titleOf(entry: WalletEntry, t: WalletWords, product: string): string {
  const action = EARNED.find((known) => known === entry.action);
  switch (entry.kind) {
    case "earn":
      return action ? t(`earned.${action}`) : t("earned.other");
    case "spend":
      return product ? t("spentOn", { product }) : t("spent");
    case "restore":
      return product ? t("restoredFrom", { product }) : t("restored");
    case "expire":
      return t("expired");
    case "claw_back":
      return t("clawedBack");
    case "adjust":
      return entry.reason ? t("adjustedFor", { reason: entry.reason }) : t("adjusted");
  }
}
