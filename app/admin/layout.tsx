import type { ReactNode } from "react";
import { leave } from "../account";
import { chooseLocale, chooseTheme } from "../preferences";
import { shellFacts } from "../shell";
import { AdminShell } from "@/components/shell/admin-shell";
import { requireStaff } from "@/lib/auth";

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const [{ theme, demo }, staff] = await Promise.all([shellFacts(), requireStaff()]);
  return (
    <AdminShell actions={{ chooseLocale, chooseTheme, signOut: leave }} theme={theme} demo={demo} staffName={staff.username}>
      {children}
    </AdminShell>
  );
}
