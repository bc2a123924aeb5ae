import type { Route } from "next";
import type { useTranslations } from "next-intl";
import { HIDDEN, plainText } from "@/lib/audit/trail/trail";
import type { Permission } from "@/lib/accounts/permission";
import { formatCash, formatInstant, formatPoints, type Locale } from "@/lib/i18n";

type Translate = ReturnType<typeof useTranslations<"adminAudit">>;

/** What happened, in a sentence. A fact of a version that is gone is told by its name. */
export const factSentence = (t: Translate, name: string): string => {
  const key = `facts.${name}` as "facts.order.paid";
  return t.has(key) ? t(key) : name;
};

export const subjectWord = (t: Translate, type: string): string => {
  const key = `subjects.${type}` as "subjects.order";
  return t.has(key) ? t(key) : type;
};

/** A field of ours by its word; what a merchant's own system calls something stays as it is. */
export const fieldWord = (t: Translate, field: string): string => {
  const key = `fields.${field}` as "fields.status";
  return /^\w+$/.test(field) && t.has(key) ? t(key) : field;
};

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

export function valueText(t: Translate, locale: Locale, zone: string, field: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return t("nothing");
  if (value === HIDDEN) return "•••";
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (typeof value === "number" && /cents$/i.test(field)) return formatCash(locale, value);
  if (typeof value === "number" && Number.isInteger(value) && !/id$/i.test(field)) return formatPoints(locale, value);
  if (typeof value === "string" && INSTANT.test(value)) return formatInstant(locale, new Date(value), zone);
  if (Array.isArray(value) && value.every((each) => typeof each !== "object")) return value.length === 0 ? t("nothing") : value.map(plainText).join(", ");
  return plainText(value);
}

const PAGES: Readonly<Record<string, { path: string; needs: Permission }>> = {
  user: { path: "/admin/users", needs: "people.read" }, order: { path: "/admin/orders", needs: "orders.read" }, product: { path: "/admin/products", needs: "products.read" },
  category: { path: "/admin/categories", needs: "products.read" }, rule: { path: "/admin/rules", needs: "programme.read" }, task: { path: "/admin/tasks", needs: "programme.read" },
  level: { path: "/admin/levels", needs: "programme.read" }, coupon_template: { path: "/admin/coupons", needs: "marketing.read" }, segment: { path: "/admin/segments", needs: "marketing.read" },
  draw: { path: "/admin/draws", needs: "marketing.read" }, flash: { path: "/admin/flash", needs: "marketing.read" }, review: { path: "/admin/reviews", needs: "reviews.moderate" },
  pickup_point: { path: "/admin/pickup-points", needs: "products.read" },
};

/** The page of what a record is about; null where there is none, or none for this reader. */
export function subjectHref(type: string, id: string, permissions: ReadonlySet<Permission>): Route | null {
  const page = PAGES[type];
  return page && permissions.has(page.needs) && /^[\w-]{1,64}$/.test(id) ? (`${page.path}/${id}` as Route) : null;
}
