import type { Permission } from "@/lib/accounts/permission";
import { mayGive } from "@/lib/accounts/permission";
import type { StaffRole } from "@/lib/accounts/roles/queries";
import type { Staff } from "@/lib/auth";

/** What a list of roles sends: "shopper", "owner", or the number of a staff role. */
export const roleFields = (choice: string): { role: string; staffRoleId?: string } => (/^\d+$/.test(choice) ? { role: "staff", staffRoleId: choice } : { role: choice });

/** Roles that this member of staff can give: nobody gives more than they have. */
export const givable = <Role extends Pick<StaffRole, "permissions">>(staff: Pick<Staff, "role" | "permissions">, roles: readonly Role[]): Role[] =>
  roles.filter(({ permissions }) => mayGive(staff, { role: "staff", permissions }));

/** Permissions by what they are about, in the order of the shop's pages. */
export const TOPICS = [
  ["orders", ["orders.read", "orders.fulfil", "orders.refund"]],
  ["catalogue", ["products.read", "products.write", "codes.write"]],
  ["programme", ["programme.read", "programme.write"]],
  ["marketing", ["marketing.read", "marketing.write"]],
  ["people", ["people.read", "people.contact", "people.manage", "reviews.moderate"]],
  ["control", ["adjustments.read", "adjustments.request", "adjustments.approve", "risk.read", "risk.decide", "books.read", "books.clear", "audit.read"]],
  ["reports", ["reports.read", "reports.export"]],
  ["running", ["operations.read", "operations.run", "import.run", "settings.read", "settings.write"]],
  ["staff", ["staff.read", "staff.manage"]],
] as const satisfies readonly (readonly [string, readonly Permission[]])[];
