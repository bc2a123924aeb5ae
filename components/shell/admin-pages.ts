import type { Route } from "next";
import type { Permission } from "@/lib/accounts/permission";

/** The pages of the back office by group, each with what it takes to see it. The sidebar and the command palette have the same. */
export const ADMIN_PAGES = [
  {
    key: "business",
    pages: [
      { href: "/admin", key: "overview", needs: null },
      { href: "/admin/orders", key: "orders", needs: "orders.read" },
      { href: "/admin/products", key: "products", needs: "products.read" },
      { href: "/admin/categories", key: "categories", needs: "products.read" },
      { href: "/admin/verify", key: "verify", needs: "orders.fulfil" },
      { href: "/admin/pickup-points", key: "pickupPoints", needs: "products.read" },
      { href: "/admin/flash", key: "flash", needs: "marketing.read" },
    ],
  },
  {
    key: "programme",
    pages: [
      { href: "/admin/rules", key: "rules", needs: "programme.read" },
      { href: "/admin/tasks", key: "tasks", needs: "programme.read" },
      { href: "/admin/coupons", key: "coupons", needs: "marketing.read" },
      { href: "/admin/draws", key: "draws", needs: "marketing.read" },
      { href: "/admin/levels", key: "levels", needs: "programme.read" },
    ],
  },
  {
    key: "people",
    pages: [
      { href: "/admin/users", key: "users", needs: "people.read" },
      { href: "/admin/segments", key: "segments", needs: "marketing.read" },
      { href: "/admin/reviews", key: "reviews", needs: "reviews.moderate" },
      { href: "/admin/adjustments", key: "adjustments", needs: "adjustments.read" },
      { href: "/admin/risk", key: "risk", needs: "risk.read" },
    ],
  },
  {
    key: "insight",
    pages: [
      { href: "/admin/reports", key: "reports", needs: "reports.read" },
      { href: "/admin/audit", key: "audit", needs: "audit.read" },
      { href: "/admin/books", key: "books", needs: "books.read" },
    ],
  },
  {
    key: "running",
    pages: [
      { href: "/admin/team", key: "team", needs: "staff.read" },
      { href: "/admin/operations", key: "operations", needs: "operations.read" },
      { href: "/admin/import", key: "import", needs: "import.run" },
      { href: "/admin/settings", key: "settings", needs: "settings.read" },
    ],
  },
] as const;

export type AdminPageKey = (typeof ADMIN_PAGES)[number]["pages"][number]["key"];

/** What people come to do, each at its page. */
export const ADMIN_ACTIONS = [
  { href: "/admin/orders?view=to_send", key: "ship", needs: "orders.fulfil" },
  { href: "/admin/orders/import", key: "importParcels", needs: "orders.fulfil" },
  { href: "/admin/products/new", key: "newProduct", needs: "products.write" },
  { href: "/admin/products?stock=low", key: "lowStock", needs: "products.read" },
  { href: "/admin/rules/new", key: "newRule", needs: "programme.write" },
  { href: "/admin/coupons/new", key: "newCoupon", needs: "marketing.write" },
  { href: "/admin/segments/new", key: "newSegment", needs: "marketing.write" },
  { href: "/admin/flash/new", key: "newFlash", needs: "marketing.write" },
  { href: "/admin/draws/new", key: "newDraw", needs: "marketing.write" },
  { href: "/admin/adjustments/new", key: "newAdjustment", needs: "adjustments.request" },
  { href: "/admin/reports/liability", key: "liability", needs: "reports.read" },
  { href: "/admin/reports/retention", key: "retention", needs: "reports.read" },
  { href: "/admin/settings/setup", key: "setup", needs: "settings.read" },
] as const satisfies readonly { href: string; key: string; needs: Permission }[];

/** After G, the letter that leads to a page. */
export const ADMIN_JUMPS: Readonly<Partial<Record<AdminPageKey, string>>> = { overview: "h", orders: "o", products: "p", users: "u", rules: "r", adjustments: "a", risk: "k", reports: "i", settings: "s" };

/** The groups of pages that a role has; a group without any is left out. */
export const allowedGroups = (permissions: ReadonlySet<Permission>) =>
  ADMIN_PAGES.map((group) => ({ ...group, pages: group.pages.filter(({ needs }) => needs === null || permissions.has(needs)) })).filter(({ pages }) => pages.length > 0);

export type Jump = { letter: string; href: Route; page: AdminPageKey };

export const allowedJumps = (permissions: ReadonlySet<Permission>): Jump[] =>
  allowedGroups(permissions).flatMap(({ pages }) => pages.flatMap(({ key, href }) => (ADMIN_JUMPS[key] ? [{ letter: ADMIN_JUMPS[key], href: href as Route, page: key }] : [])));
