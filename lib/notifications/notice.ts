import type { NoticeKind } from "@/db/schema/loyalty";
import type { UserId } from "@/lib/ctx";
import { dayOf, type Day } from "@/lib/day";

/** What somebody is told. `subject` names what it is about: of one kind it is told once. */
export type Notice = { userId: UserId; kind: NoticeKind; subject: string; data: Record<string, string | number>; link: string };

/** The kinds of which there is mail too; of the account's own safety people are told by the command that changed it. */
export const MAILED_KINDS = ["points_expiring", "level_changed", "order_status", "account_security", "books_alert", "stock_low", "stock_back"] as const satisfies readonly NoticeKind[];

/** What nobody may switch off: it is how a theft is noticed. */
export const FIXED_KINDS = ["account_security"] as const satisfies readonly NoticeKind[];

export const isMailed = (kind: NoticeKind): boolean => (MAILED_KINDS as readonly NoticeKind[]).includes(kind);
export const isFixed = (kind: NoticeKind): boolean => (FIXED_KINDS as readonly NoticeKind[]).includes(kind);

/** A shopper is not asked about what only concerns the shop's owners. */
export const isForOwners = (kind: NoticeKind): boolean => kind === "books_alert";
/** Nor about what concerns those who work in it; of that the owners get the mail. */
export const isForStaff = (kind: NoticeKind): boolean => kind === "stock_low" || kind === "risk_alert" || kind === "approval";

export type Preference = { inApp: boolean; byMail: boolean };

/** What a row of preferences means; without one, both ways. */
export const preferenceOf = (kind: NoticeKind, row: Preference | undefined): Preference => (isFixed(kind) || !row ? { inApp: true, byMail: true } : row);

/** An earning of so many points at once is worth telling; the small ones show in the wallet. */
export const LARGE_EARNING = 200;

const DAY_MS = 86_400_000;
/** Nobody is told today of what happened weeks ago, while the jobs stood still. */
const NEWS_DAYS = 7;

export const isNews = (happenedAt: Date, now: Date): boolean => now.getTime() - happenedAt.getTime() < NEWS_DAYS * DAY_MS;

/** Rows in their order, under the programme day on which each was written. */
export function byDay<Row extends { createdAt: Date }>(rows: readonly Row[], zone: string): { day: Day; rows: Row[] }[] {
  const days: { day: Day; rows: Row[] }[] = [];
  for (const row of rows) {
    const day = dayOf(row.createdAt, zone);
    const last = days.at(-1);
    if (last?.day === day) last.rows.push(row);
    else days.push({ day, rows: [row] });
  }
  return days;
}
