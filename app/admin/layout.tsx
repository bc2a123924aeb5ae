import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { leave } from "../account";
import { chooseLocale, chooseTheme } from "../preferences";
import { shellFacts } from "../shell";
import { AdminShell } from "@/components/shell/admin-shell";
import { db } from "@/db/client";
import { requireStaff } from "@/lib/auth";
import { countWaitingOrders } from "@/lib/orders/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin");
  return { title: { default: t("title"), template: `%s · ${t("title")}` }, robots: { index: false, follow: false } };
}

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const staff = await requireStaff();
  const [{ theme, demo, brand }, orders] = await Promise.all([shellFacts(), countWaitingOrders(db())]);
  return (
    <AdminShell actions={{ chooseLocale, chooseTheme, signOut: leave }} theme={theme} demo={demo} brand={brand} staffName={staff.username} waiting={{ orders }}>
      {children}
    </AdminShell>
  );
}
