import type { Permission } from "@/lib/accounts/permission";

/** The lists that views can be saved of, and what it takes to see each. */
export const LISTS = {
  orders: "orders.read",
  users: "people.read",
  products: "products.read",
  categories: "products.read",
  "pickup-points": "products.read",
  coupons: "marketing.read",
  segments: "marketing.read",
  flash: "marketing.read",
  draws: "marketing.read",
  rules: "programme.read",
  tasks: "programme.read",
  referrals: "programme.read",
  levels: "programme.read",
  reviews: "reviews.moderate",
  books: "books.read",
  adjustments: "adjustments.read",
  risk: "risk.read",
  appeals: "risk.read",
  audit: "audit.read",
  team: "staff.read",
  jobs: "operations.read",
  deliveries: "operations.read",
  imports: "import.run",
} as const satisfies Record<string, Permission>;

export type ListKey = keyof typeof LISTS;

export const isListKey = (key: string): key is ListKey => Object.hasOwn(LISTS, key);

/** Views of one list that one person keeps. */
export const VIEWS_MAX = 20;
export const VIEW_NAME_MAX = 40;
export const VIEW_QUERY_MAX = 1_000;
const COLUMNS_MAX = 40;

/** Not the filters' business: where the reader is, which columns there are, and the view itself. */
const NOT_KEPT = new Set(["page", "v", "cols"]);

/** What of an address a view keeps: pairs that look like a list's; the list judges them each time it reads them. */
export function keptQuery(text: string): string {
  const kept = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(text)) if (/^[a-z][A-Za-z]{0,29}$/.test(name) && !NOT_KEPT.has(name) && value !== "") kept.set(name, value);
  return kept.toString();
}

/** Columns as they were stored; null when nothing sensible was. */
export function keptColumns(stored: unknown): string[] | null {
  if (!Array.isArray(stored)) return null;
  const columns = stored.filter((column): column is string => typeof column === "string" && /^[A-Za-z][\w-]{0,29}$/.test(column)).slice(0, COLUMNS_MAX);
  return columns.length > 0 ? columns : null;
}

type Keeper = { id: number; permissions: ReadonlySet<Permission> };

/** A shared view is part of the shop's set-up; everybody's own are theirs. */
export const mayShareViews = (staff: Pick<Keeper, "permissions">): boolean => staff.permissions.has("settings.write");
export const mayChangeView = (staff: Keeper, view: { ownerId: number; isShared: boolean }): boolean => (view.isShared ? mayShareViews(staff) : view.ownerId === staff.id);
