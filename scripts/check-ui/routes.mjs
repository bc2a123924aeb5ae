/** Every page that is walked, for whom, and what it may weigh. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../lib/paths.mjs";

/** What a shopper's phone loads first, in thousands of gzipped bytes. The back office is opened at a desk, and answers for its scripts alone. */
const forShoppers = (js) => ({ js, css: 14, html: 15 });
const BUDGET = {
  home: forShoppers(150), listing: forShoppers(150), product: forShoppers(150), checkout: forShoppers(160), account: forShoppers(155),
  adminList: { js: 230 }, adminDetail: { js: 260 }, report: { js: 240 },
};

/**
 * @typedef {"guest" | "shopper" | "owner"} Visitor
 * @typedef {{ js: number, css?: number, html?: number }} Budget thousands of gzipped bytes
 * @typedef {{ on: string, link: string }} Found the first such link on a page leads there
 * @typedef {{ as: Visitor, path?: string, found?: Found, made?: import("./made.mjs").Made, budget: Budget, status: number }} Route
 *   made: the walk makes it first, in a shop of its own
 */

/** @returns {Route} */
const route = (as, where, kind, status = 200) => ({ as, ...(typeof where === "string" ? { path: where } : where), budget: BUDGET[kind], status });
/** What a list's own buttons lead to is none of its rows. */
const ASIDE = ["new", "import", "batch", "appeals", "roles", "referrals"].map((name) => `[href$='/${name}']`).join(", ");
const first = (on, start) => ({ found: { on, link: `main a[href^='${start}']:not([download], ${ASIDE})` } });

/** @type {readonly Route[]} */
export const ROUTES = [
  ...["/"].map((path) => route("guest", path, "home")),
  ...["/shop", "/shop?q=%E6%B2%A1%E6%9C%89"].map((path) => route("guest", path, "listing")),
  ...["/products/pour-over-kettle", "/products/stoneware-mug"].map((path) => route("guest", path, "product")),
  route("guest", "/products/no-such-thing", "product", 404),
  ...["guest", "shopper"].flatMap((as) => [route(as, "/flash", "listing"), route(as, "/products/thermos-500", "product")]),
  ...["/check-in", "/tasks", "/levels", "/sign-in", "/sign-up", "/forgot-password", "/reset-password", "/verify-email", "/confirm-email"].map((path) => route("guest", path, "account")),
  ...["/"].map((path) => route("shopper", path, "home")),
  ...["/shop?affordable=1"].map((path) => route("shopper", path, "listing")),
  ...["/products/pour-over-kettle?redeem=1", "/products/house-blend-beans?redeem=1", "/products/gift-box", "/products/stoneware-mug"].map((path) => route("shopper", path, "product")),
  ...["/check-in", "/tasks", "/invite", "/levels", "/wallet", "/wallet?filter=out", "/wallet/why", "/orders", "/orders?view=to_send"].map((path) => route("shopper", path, "account")),
  ...["/orders?view=completed", "/orders?view=to_receive", "/orders?view=to_pick_up"].map((list) => route("shopper", first(list, "/orders/"), "account")),
  ...["/notifications", "/notifications/settings", "/profile", "/profile/account", "/profile/security", "/profile/data", "/profile/addresses", "/profile/addresses/new"].map((path) => route("shopper", path, "account")),
  route("shopper", first("/profile/addresses", "/profile/addresses/"), "account"),
  ...["/cart", "/checkout"].map((path) => route("shopper", path, "checkout")),
  ...["guest", "shopper"].flatMap((as) => ["/draws", "/draws/lucky-wheel"].map((path) => route(as, path, "account"))),
  route("shopper", { made: "payment" }, "checkout"),
  route("shopper", "/pay/no-such-payment", "checkout", 404),
  route("guest", "/dev/mail", "account"),
  route("guest", { made: "mail" }, "account"),
  route("owner", "/admin", "report"),
  ...["/admin/products", "/admin/products?q=%E6%B2%A1%E6%9C%89&stock=low", "/admin/orders", "/admin/orders?status=paid", "/admin/users", "/admin/users?view=frozen", "/admin/users?view=team"].map((path) => route("owner", path, "adminList")),
  ...["/admin/rules", "/admin/tasks", "/admin/tasks/referrals", "/admin/levels", "/admin/reviews", "/admin/books"].map((path) => route("owner", path, "adminList")),
  ...["/admin/products/new", "/admin/products/1", "/admin/products/6", "/admin/users/1", "/admin/users/3", "/admin/rules/new", "/admin/levels/new", "/admin/tasks/new", "/admin/books/3"].map((path) => route("owner", path, "adminDetail")),
  ...["/admin/verify", "/admin/pickup-points"].map((path) => route("owner", path, "adminList")),
  ...["/admin/orders/import", "/admin/pickup-points/new", "/admin/pickup-points/1", "/admin/products/21/codes"].map((path) => route("owner", path, "adminDetail")),
  ...["/admin/orders?status=paid", "/admin/orders?status=completed", "/admin/orders?view=to_pick_up"].map((list) => route("owner", first(list, "/admin/orders/"), "adminDetail")),
  ...["/admin/rules", "/admin/levels", "/admin/tasks"].map((list) => route("owner", first(list, `${list}/`), "adminDetail")),
  ...["/admin/reviews?status=pending", "/admin/reviews?status=approved"].map((list) => route("owner", first(list, "/admin/reviews/"), "adminDetail")),
  route("owner", first("/admin/settings", "/admin/settings/"), "adminDetail"),
  route("owner", "/admin/flash", "adminList"),
  route("owner", "/admin/flash/new", "adminDetail"),
  route("owner", first("/admin/flash", "/admin/flash/"), "adminDetail"),
  route("guest", "/coupons?tab=centre", "account"),
  ...["/coupons", "/coupons?tab=used", "/coupons?tab=expired", "/coupons?tab=centre"].map((path) => route("shopper", path, "account")),
  ...["/admin/coupons", "/admin/segments"].map((path) => route("owner", path, "adminList")),
  ...["/admin/coupons/new", "/admin/coupons/1", "/admin/coupons/1/edit", "/admin/segments/new", "/admin/segments/1"].map((path) => route("owner", path, "adminDetail")),
  route("owner", "/admin/orders/no-such-order", "adminDetail", 404),
  route("guest", { made: "invitation" }, "account"),
  route("guest", "/invitation?token=none", "account"),
  route("owner", "/second-factor", "account"),
  route("shopper", "/appeal", "account"),
  route("guest", first("/draws/lucky-wheel", "/draws/lucky-wheel/proof/"), "account"),
  ...["/admin/adjustments", "/admin/adjustments?view=mine", "/admin/audit", "/admin/bulk", "/admin/categories", "/admin/draws", "/admin/import", "/admin/risk", "/admin/risk/appeals", "/admin/team", "/admin/team/roles"].map((path) => route("owner", path, "adminList")),
  ...["/admin/operations", "/admin/operations/mail", "/admin/operations/mail?status=sent", "/admin/operations/events", "/admin/operations/payments"].map((path) => route("owner", path, "adminList")),
  ...["", "/points", "/retention", "/customers", "/products", "/programme", "/liability"].map((report) => route("owner", `/admin/reports${report}`, "report")),
  ...["/admin/adjustments/new", "/admin/adjustments/batch", "/admin/categories/new", "/admin/draws/new", "/admin/team/roles/new", "/admin/operations/jobs/deliver-mail"].map((path) => route("owner", path, "adminDetail")),
  ...["/admin/import/members", "/admin/import/balances", "/admin/import/products"].map((path) => route("owner", path, "adminDetail")),
  ...["/admin/adjustments", "/admin/categories", "/admin/draws", "/admin/risk", "/admin/risk/appeals", "/admin/team/roles"].map((list) => route("owner", first(list, `${list}/`), "adminDetail")),
  route("owner", first("/admin/team", "/admin/team/"), "adminDetail"),
  route("owner", { made: "batch" }, "adminDetail"),
  route("owner", { made: "run" }, "adminDetail"),
  ...["brand", "points-name", "points", "check-in", "levels", "orders", "people", "payment", "control", "risk", "mail", "storage", "setup"].map((section) => route("owner", `/admin/settings/${section}`, "adminDetail")),
];

/** @param {Route} walked */
export const nameOf = ({ path, found, made }) => path ?? (found ? `${found.on} → first` : `${made} →`);

/**
 * Pages of the shop that none of these paths leads to: a page that nobody looks at is a finding.
 * @param {readonly string[]} paths as they were visited
 */
export function pagesNotWalked(paths) {
  const visited = paths.map((path) => path.split("?")[0]);
  return pagePatterns(join(projectRoot, "app"), "").filter((pattern) => !visited.some((path) => matcherOf(pattern).test(path)) && !visited.includes(pattern));
}

/** @returns {string[]} `/orders/[id]` for each page, without the groups that no address shows */
function pagePatterns(dir, base) {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isFile()) return entry.name === "page.tsx" && !onlyLeadsOn(join(dir, entry.name)) ? [base || "/"] : [];
    return pagePatterns(join(dir, entry.name), /^\(.*\)$/.test(entry.name) ? base : `${base}/${entry.name}`);
  });
}

/** A page that shows nothing and redirects. */
const onlyLeadsOn = (file) => readFileSync(file, "utf8").includes("(): never {");

/** A page of a name of its own, such as `new`, goes before the one of any name. */
const matcherOf = (pattern) => new RegExp(`^${pattern.replace(/[.*+?^$|()]/g, "\\$&").replace(/\[\[?\.{3}\w+\]?\]/g, ".+").replace(/\[\w+\]/g, "(?!new$)[^/]+")}$`);
