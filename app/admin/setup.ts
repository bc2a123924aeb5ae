import "server-only";

import type { Route } from "next";
import type { Db } from "@/db/client";
import type { Permission } from "@/lib/accounts/permission";
import { mailWay } from "@/lib/mail";
import { paymentProviders } from "@/lib/payments";
import type { SetupStep, Setup } from "@/lib/reports/setup/checklist";
import { getSetup } from "@/lib/reports/setup/queries";
import type { Policy } from "@/lib/settings/policy";
import type { Staff } from "@/lib/staff";

/** Where a step is done, and what it takes. */
const PLACES: Readonly<Record<SetupStep, { href: string; needs: Permission | null }>> = {
  brand: { href: "/admin/settings/brand", needs: "settings.write" },
  product: { href: "/admin/products/new", needs: "products.write" },
  rule: { href: "/admin/rules", needs: "programme.write" },
  payment: { href: "/admin/settings/payment", needs: "settings.write" },
  mail: { href: "/admin/settings/mail", needs: "settings.write" },
  team: { href: "/admin/team", needs: "staff.manage" },
  secondFactor: { href: "/profile/security", needs: null },
};

export type StaffSetup = { setup: Setup; hrefs: Record<SetupStep, Route | null> };

/** The checklist as one of the staff sees it. */
export async function readSetup(db: Db, policy: Policy, staff: Staff): Promise<StaffSetup> {
  const setup = await getSetup(db, policy, staff.id, { paymentProviders: paymentProviders().map(({ name }) => name), sendsMail: mailWay() === "smtp" });
  const hrefs = Object.fromEntries(Object.entries(PLACES).map(([step, { href, needs }]) => [step, needs === null || staff.permissions.has(needs) ? href : null]));
  return { setup, hrefs: hrefs as StaffSetup["hrefs"] };
}
