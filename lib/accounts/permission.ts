import type { BuiltInRole, Role } from "@/db/schema/people";

/** Everything that can be allowed to a member of staff, by what it is about. `.read` opens its pages, the others change something. */
export const PERMISSIONS = [
  "orders.read", "orders.fulfil", "orders.refund",
  "products.read", "products.write", "codes.write",
  "programme.read", "programme.write",
  "marketing.read", "marketing.write",
  "people.read", "people.contact", "people.manage",
  "reviews.moderate",
  "adjustments.read", "adjustments.request", "adjustments.approve",
  "risk.read", "risk.decide",
  "reports.read", "reports.export",
  "audit.read",
  "books.read", "books.clear",
  "operations.read", "operations.run",
  "import.run",
  "settings.read", "settings.write",
  "staff.read", "staff.manage",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const OWNERS_ALONE: readonly Permission[] = ["staff.manage", "settings.write", "books.clear", "import.run"];
const managers = PERMISSIONS.filter((permission) => !OWNERS_ALONE.includes(permission));

/** What the roles that came with the shop may do. They are here and not in the database, so that a new page reaches every shop's managers. */
const BUILT_IN: Readonly<Record<BuiltInRole, readonly Permission[]>> = {
  manager: managers,
  support: ["orders.read", "orders.refund", "products.read", "programme.read", "people.read", "people.contact", "people.manage", "reviews.moderate", "adjustments.read", "adjustments.request", "risk.read", "books.read"],
  fulfilment: ["orders.read", "orders.fulfil", "products.read", "people.contact"],
  analyst: ["orders.read", "products.read", "programme.read", "marketing.read", "people.read", "adjustments.read", "risk.read", "reports.read", "reports.export", "audit.read", "books.read"],
};

/** What somebody may do. A custom role is the list it was given; permissions that this version does not know are left out. */
export function permissionsOf(role: Role, staffRole: { builtIn: BuiltInRole | null; permissions: readonly string[] } | null): ReadonlySet<Permission> {
  if (role === "owner") return new Set(PERMISSIONS);
  if (role === "shopper" || !staffRole) return new Set();
  return new Set(staffRole.builtIn ? BUILT_IN[staffRole.builtIn] : PERMISSIONS.filter((permission) => staffRole.permissions.includes(permission)));
}

type Who = { id: number; role: Role };
type Colleague = Who & { permissions: ReadonlySet<Permission> };

/** Shoppers are for those who look after people; colleagues for those who manage the staff. Everybody sees themselves. */
export const mayOpenAccount = (staff: Colleague, person: Who): boolean => staff.id === person.id || staff.permissions.has(person.role === "shopper" ? "people.read" : "staff.read");

/** Nobody freezes or signs out themselves here, and nobody does it to a colleague who may do what they may not: owners to all. */
export const mayManageAccount = (staff: Colleague, person: Colleague): boolean => {
  if (staff.id === person.id) return false;
  if (person.role === "shopper") return staff.permissions.has("people.manage");
  return staff.permissions.has("staff.manage") && mayGive(staff, person);
};

/** Roles are the business of who manages the staff, their own too; nobody takes away what they could not give. The last owner cannot step down. */
export const mayChangeRole = (staff: Pick<Colleague, "role" | "permissions">, person: Pick<Colleague, "role" | "permissions">): boolean => staff.permissions.has("staff.manage") && mayGive(staff, person);

/** Nobody gives away more than they have: only an owner makes owners. */
export const mayGive = (staff: Pick<Colleague, "role" | "permissions">, given: { role: Role; permissions: ReadonlySet<Permission> }): boolean =>
  staff.role === "owner" || (given.role !== "owner" && [...given.permissions].every((permission) => staff.permissions.has(permission)));
