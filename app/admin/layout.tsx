import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { leave } from "../account";
import { chooseLocale, chooseTheme } from "../preferences";
import { shellFacts } from "../shell";
import type { SessionEnds } from "@/components/admin/idle-watch";
import { AdminShell } from "@/components/shell/admin-shell";
import { db } from "@/db/client";
import { requireStaff } from "@/lib/auth";
import { currentTime } from "@/lib/clock";
import { getStaffQueue } from "@/lib/queue/queries";
import type { QueueKey } from "@/lib/queue/queue";
import type { Policy } from "@/lib/settings/policy";
import { getPolicy } from "@/lib/settings/queries";
import type { Staff } from "@/lib/staff";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin");
  return { title: { default: t("title"), template: `%s · ${t("title")}` }, robots: { index: false, follow: false } };
}

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const staff = await requireStaff(null);
  const policy = await getPolicy(db());
  const [{ theme, demo, brand, logo }, waiting] = await Promise.all([shellFacts(), countWaiting(staff, policy)]);
  return (
    <AdminShell actions={{ chooseLocale, chooseTheme, signOut: leave }} theme={theme} demo={demo} brand={brand} logo={logo} staffId={staff.id} staffName={staff.username} permissions={staff.permissions} session={sessionOf(staff, policy)} waiting={waiting}>
      {children}
    </AdminShell>
  );
}

const HOUR_MS = 3_600_000;

const sessionOf = ({ signedInAt }: Staff, { staffIdleMinutes: idleMinutes, staffSessionHours: hours }: Policy): SessionEnds => ({
  idleMinutes, hours, endsAt: signedInAt.getTime() + hours * HOUR_MS, now: currentTime().getTime(),
});

/** What waits for this colleague, by the page on which it is done. */
async function countWaiting(staff: Staff, policy: Policy) {
  const queue = await getStaffQueue(db(), staff, { now: currentTime(), policy }, ["toShip", "approvals", "alerts", "appeals", "reviews", "mail", "events", "payments"]);
  const of = (...keys: QueueKey[]): number => queue.reduce((sum, { key, count }) => sum + (keys.includes(key) ? count : 0), 0);
  return { orders: of("toShip"), adjustments: of("approvals"), risk: of("alerts", "appeals"), reviews: of("reviews"), operations: of("mail", "events", "payments") };
}
