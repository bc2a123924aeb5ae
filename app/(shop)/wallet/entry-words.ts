import type { getTranslations } from "next-intl/server";
import { ADJUSTMENT_REASONS } from "@/db/schema/control";
import { ADJUSTMENT_SOURCE } from "@/lib/adjustments/adjustment";
import type { EntryKind } from "@/lib/points/ledger";

export type WalletWords = Awaited<ReturnType<typeof getTranslations<"wallet">>>;

type Titled = { kind: EntryKind; sourceType: string; action: string | null; reason: string | null };

const EARNED = ["register", "login", "checkin", "purchase", "first_order", "repurchase", "share", "review", "birthday", "referral", "referred", "custom", "task"] as const;

/** Why the balance changed, in a few words; `thing` is what it was about: a product, a prize. */
export function titleOf(entry: Titled, t: WalletWords, thing: string): string {
  switch (entry.kind) {
    case "earn":
      return earnedBy(entry, t);
    case "spend":
      if (entry.sourceType === "make_up") return t("madeUp");
      if (entry.sourceType === "spin") return t("spun");
      return thing ? t("spentOn", { product: thing }) : t("spent");
    case "restore":
      return thing ? t("restoredFrom", { product: thing }) : t("restored");
    case "expire":
      return t("expired");
    case "claw_back":
      return entry.sourceType === "task_undo" ? t("taskUndone") : t("clawedBack");
    case "adjust":
      if (entry.sourceType === "spin") return t("wonInDraw", { prize: thing || (entry.reason ?? "") });
      if (entry.sourceType === ADJUSTMENT_SOURCE) return t(`adjustedBecause.${ADJUSTMENT_REASONS.find((known) => known === entry.reason) ?? "other"}`);
      return entry.reason ? t("adjustedFor", { reason: entry.reason }) : t("adjusted");
  }
}

/** By the rule's action; what no rule gave is known by its source. */
export function earnedBy({ action, sourceType }: Pick<Titled, "action" | "sourceType">, t: WalletWords): string {
  const cause = EARNED.find((known) => known === (action ?? sourceType));
  return cause ? t(`earned.${cause}`) : t("earned.other");
}
