import { changeRole, registerUser } from "@/lib/accounts/commands";
import { hashPassword } from "@/lib/accounts/password";
import { saveRole } from "@/lib/accounts/roles/commands";
import { listRoles } from "@/lib/accounts/roles/queries";
import { db } from "@/db/client";
import type { Actor } from "@/lib/ctx";
import { perform } from "@/lib/perform";
import { saveSettings } from "@/lib/settings/commands";
import { DEFAULT_POLICY } from "@/lib/settings/policy";

import { demoStaff } from "../lib/demo-accounts.mjs";

/** The demo's team: one in each role, and a role of the merchant's own. A second factor is left to them, so that everybody can look around with a password. */
export async function seedStaff(owner: Actor, at: Date): Promise<void> {
  const { adjustmentApprovalPoints, staffIdleMinutes, staffSessionHours } = DEFAULT_POLICY;
  await perform(owner, (ctx) => saveSettings(ctx, { requestId: "seed-control", section: "control", adjustmentApprovalPoints, secondFactor: "optional", staffIdleMinutes, staffSessionHours }), at);
  await perform(owner, (ctx) => saveRole(ctx, { name: "门店前台", permissions: ["orders.read", "orders.fulfil", "people.read"] }), at);
  const roles = await listRoles(db());
  for (const { name, email, password, role } of demoStaff) {
    const passwordHash = await hashPassword(password);
    const staffRoleId = roles.find(({ builtIn }) => (role === "counter" ? builtIn === null : builtIn === role))!.id;
    const userId = await perform({ kind: "system", name: "seed" }, (ctx) => registerUser(ctx, { username: name, email, passwordHash, locale: "zh-CN", isVerified: true }), at);
    await perform(owner, (ctx) => changeRole(ctx, { requestId: `seed-${role}`, userId, role: "staff", staffRoleId }), at);
  }
}
