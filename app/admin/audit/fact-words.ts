import type { Route } from "next";
import type { useTranslations } from "next-intl";
import { HIDDEN, plainText } from "@/lib/audit/trail/trail";
import type { Permission } from "@/lib/accounts/permission";
import { formatCash, formatInstant, formatPoints, type Locale } from "@/lib/i18n";

type Translate = ReturnType<typeof useTranslations<"adminAudit">>;
/** Of all messages. */
type TranslateAll = ReturnType<typeof useTranslations<never>>;

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

/** Where the words of a field's values are; a field of several parts is known by its last. */
const VALUE_WORDS: Readonly<Record<string, readonly string[]>> = {
  status: ["adminAudit.statuses"], reason: ["adminAdjustments.reasons", "adminAudit.reasons"], chain: ["adminAudit.chain"], operation: ["adminBulk.operations"], action: ["adminRules.actions"],
  actionType: ["adminRules.actions"], overflow: ["adminRules.form.overflows"], rule: ["adminRisk.rules"], mode: ["adminRisk.modes"], delivery: ["admin.productForm.deliveries"],
  priceMode: ["admin.productForm.modes"], kind: ["adminCoupons.form.kinds", "adminDraws.form.kinds"], unit: ["adminCoupons.form.units"], scope: ["adminCoupons.form.scopes"], metric: ["adminTasks.form.metrics"],
  period: ["adminTasks.form.periods"], rewardPerk: ["adminTasks.form.perks"], secondFactor: ["adminSettings.control.secondFactors"], staffRole: ["adminAccess.roleNames"], role: ["admin.roles"], value: ["admin.roles"],
};

/** What one of our own values is called; null for any other text. */
function valueWord(all: TranslateAll, field: string, value: string): string | null {
  if (!/^[a-z][a-z_.]*$/i.test(value)) return null;
  const places = VALUE_WORDS[field.split(/[ .]/).at(-1)!] ?? [];
  const keys = places.flatMap((place) => [`${place}.${value.replaceAll(".", "_")}`, `${place}.${value.replaceAll(".", "_")}.label`]) as "adminAudit.title"[];
  const key = keys.find((each) => all.has(each) && typeof all.raw(each) === "string");
  return key ? all(key) : null;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** In whose words, and by whose clock. */
export type Reader = { t: Translate; all: TranslateAll; locale: Locale; zone: string };

export function valueText({ t, all, locale, zone }: Reader, field: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return t("nothing");
  if (value === HIDDEN) return "•••";
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (typeof value === "number" && /cents$/i.test(field)) return formatCash(locale, value);
  if (typeof value === "number" && Number.isInteger(value) && !/id$/i.test(field)) return formatPoints(locale, value);
  if (typeof value === "string" && INSTANT.test(value)) return formatInstant(locale, new Date(value), zone);
  if (typeof value === "string") return valueWord(all, field, value) ?? value;
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
