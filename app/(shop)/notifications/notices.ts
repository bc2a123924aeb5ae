import "server-only";

import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import { inLanguage } from "../views";
import type { Reading } from "../reading";
import type { IconName } from "@/components/ui/icon";
import { ruleOfReason } from "@/lib/accounts/frozen";
import type { UserId } from "@/lib/ctx";
import { formatDay, formatPoints, formatSignedPoints, type Locale } from "@/lib/i18n";
import { listNotices, type StoredNotice } from "@/lib/notifications/queries";

const NOTICES_PER_PAGE = 20;

export type NoticeView = { id: number; title: string; body: string; icon: IconName; href: Route; isRead: boolean; createdAt: Date };
export type NoticePage = { notices: NoticeView[]; continues: string; next: string | null };

/** One page of what the person was told; the cursor carries the last notice and the day it stands under. */
export async function readNotices(reading: Reading, userId: UserId, cursor: string, dayOf: (at: Date) => string): Promise<NoticePage> {
  const [before = "", continues = ""] = cursor.split("~");
  const [{ notices, nextBefore }, t] = await Promise.all([
    listNotices(reading.db, userId, { before: /^\d{1,15}$/.test(before) ? Number(before) : undefined, limit: NOTICES_PER_PAGE }),
    getTranslations("notifications.notice"),
  ]);
  const last = notices.at(-1);
  return {
    continues,
    next: nextBefore && last ? `${nextBefore}~${dayOf(last.createdAt)}` : null,
    notices: notices.map((notice) => ({ ...wordsOf(notice, t, reading.locale), id: notice.id, href: (notice.link ?? "/notifications") as Route, isRead: notice.isRead, createdAt: notice.createdAt })),
  };
}

type Words = Awaited<ReturnType<typeof getTranslations<"notifications.notice">>>;
type Said = Pick<NoticeView, "title" | "body" | "icon">;

/** A notice in the reader's language. What it holds was written by another version of the shop, perhaps: nothing is taken for granted. */
function wordsOf({ kind, data }: StoredNotice, t: Words, locale: Locale): Said {
  const points = formatPoints(locale, Number(data.points ?? 0));
  const product = inLanguage(locale, String(data.product ?? ""), String(data.productEn ?? ""));
  switch (kind) {
    case "points_expiring":
      return { icon: "clock", title: t("points_expiring", { points, day: dayIn(locale, data.day) }), body: t("points_expiring_left", { days: Number(data.daysLeft ?? 0) }) };
    case "points_expired":
      return { icon: "clock", title: t("points_expired", { points }), body: t("points_expired_more") };
    case "points_earned":
      return data.how === "activated"
        ? { icon: "coin", title: t("points_activated", { points }), body: t("points_activated_more") }
        : { icon: "coin", title: t("points_earned", { points }), body: t("points_earned_more") };
    case "level_changed":
      return data.isUp === 1
        ? { icon: "trophy", title: t("level_up", { level: String(data.level ?? "") }), body: t("level_up_more") }
        : { icon: "trophy", title: t("level_down", { level: String(data.level ?? "") }), body: t("level_down_more") };
    case "order_status":
      return { icon: data.status === "shipped" || data.status === "parcel_sent" ? "truck" : data.status === "ready_for_pickup" ? "pin" : "receipt", title: t(`order_${stepOf(data.status)}`, { product }), body: t(`order_${stepOf(data.status)}_more`) };
    case "account_security":
      return { icon: "shield", title: t(changeOf(data.change)), body: t("security_more") };
    case "account_frozen":
      return data.state === "unfrozen"
        ? { icon: "lock", title: t("unfrozen"), body: t("unfrozen_more") }
        : { icon: "lock", title: t("frozen"), body: t("frozen_more", { reason: reasonOf(data.reason, t) }) };
    case "risk_alert":
      return data.how === "appeal"
        ? { icon: "shield", title: t("risk_appeal"), body: t("risk_appeal_more") }
        : { icon: "shield", title: t("risk_alert", { rule: reasonOf(`risk:${data.rule}`, t) }), body: t("risk_alert_more", { mode: String(data.mode ?? "") }) };
    case "approval":
      return { icon: "shield", title: t(`approval_${decisionOf(data.how)}`, { people: Number(data.people ?? 1), points: formatSignedPoints(locale, Number(data.points ?? 0)) }), body: t(`approval_${decisionOf(data.how)}_more`) };
    case "appeal":
      return data.verdict === "accepted"
        ? { icon: "lock", title: t("appeal_accepted"), body: t("appeal_accepted_more") }
        : { icon: "lock", title: t("appeal_declined"), body: t("appeal_declined_more") };
    case "review_moderated":
      return data.status === "approved"
        ? { icon: "star", title: t("review_approved", { product }), body: t("review_approved_more") }
        : { icon: "star", title: t("review_rejected", { product }), body: t("review_rejected_more") };
    case "referral_rewarded":
      return data.side === "inviter"
        ? { icon: "users", title: t("referral_inviter"), body: t("referral_inviter_more") }
        : { icon: "users", title: t("referral_friend"), body: t("referral_friend_more") };
    case "coupon":
      return { icon: "ticket", title: t(`coupon_${turnOf(data.how)}`, { name: String(data.name ?? ""), day: dayIn(locale, data.day) }), body: t(`coupon_${turnOf(data.how)}_more`) };
    case "stock_low":
      if (data.how === "codes") return { icon: "ticket", title: t("codes_short", { product, missing: Number(data.missing ?? 1) }), body: t("codes_short_more") };
      return { icon: "box", title: t("stock_low", { skus: Number(data.skus ?? 1), product, stock: Number(data.stock ?? 0) }), body: t("stock_low_more") };
    case "stock_back":
      return { icon: "gift", title: t("stock_back", { product }), body: t("stock_back_more") };
    case "books_alert":
      if (data.how === "control") return { icon: "shield", title: t("control_changed", { by: String(data.by ?? "") }), body: t("control_changed_more") };
      if (data.how === "trail") return { icon: "alert", title: t("trail_alert"), body: t("trail_alert_more") };
      return { icon: "alert", title: t("books_alert", { findings: Number(data.findings ?? 0) }), body: t("books_alert_more") };
  }
}

/** What a person wrote, or the sentence of the rule that did it. */
function reasonOf(reason: unknown, t: Words): string {
  const rule = ruleOfReason(String(reason ?? ""));
  return rule ? t(`risk_rules.${rule}`) : String(reason ?? "");
}

const dayIn = (locale: Locale, day: unknown): string => (typeof day === "string" && /^\d{4}-\d{2}-\d{2}$/.test(day) ? formatDay(locale, day) : "");

const TURNS = ["granted", "expiring", "voided"] as const;
const turnOf = (how: unknown) => TURNS.find((turn) => turn === how) ?? "granted";

const DECISIONS = ["asked", "applied", "rejected"] as const;
const decisionOf = (how: unknown) => DECISIONS.find((known) => known === how) ?? "asked";

const STEPS = ["shipped", "parcel_sent", "ready_for_pickup", "completed", "cancelled", "refunded"] as const;
const stepOf = (status: unknown) => STEPS.find((step) => step === status) ?? "completed";

const CHANGES = ["password_changed", "email_changed", "role_changed", "second_factor_added", "second_factor_removed", "recovery_code_used", "recovery_codes_renewed"] as const;
const changeOf = (change: unknown) => CHANGES.find((known) => known === change) ?? "password_changed";
