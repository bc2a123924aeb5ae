import { getTranslations } from "next-intl/server";
import { inLanguage } from "../../(shop)/views";
import { staffAnswer } from "../download";
import { placesFor } from "./places";
import { PALETTE_TEXT_MAX, type PaletteItem, type PaletteKind } from "@/components/admin/palette-search";
import type { Role } from "@/db/schema/people";
import { findPeople } from "@/lib/accounts/finding/queries";
import type { Permission } from "@/lib/accounts/permission";
import { findProducts } from "@/lib/catalog/finding/queries";
import { findOrderByNumber } from "@/lib/orders/finding/queries";

/** Of each kind. */
const FOUND_MAX = 5;

/** For the command palette: where this role can go, or, for `?q=`, the orders, people and products that the text names. */
export const GET = (request: Request): Promise<Response> =>
  staffAnswer(null, "staff-search", async ({ db, locale, staff }) => {
    const { permissions } = staff;
    const text = (new URL(request.url).searchParams.get("q") ?? "").slice(0, PALETTE_TEXT_MAX).trim();
    if (text === "") return answer({ places: placesFor(permissions, locale), kinds: kindsFor(permissions) });
    const kinds = kindsFor(permissions);
    const [order, people, products, words, orderWords, roles] = await Promise.all([
      kinds.includes("order") ? findOrderByNumber(db, text) : null,
      kinds.includes("user") ? findPeople(db, text, rolesSeenBy(permissions), FOUND_MAX) : [],
      kinds.includes("product") ? findProducts(db, text, FOUND_MAX) : [],
      getTranslations("admin.productStatus"), getTranslations("orders.status"), getTranslations("admin.roles"),
    ]);
    const found: PaletteItem[] = [
      ...(order ? [{ kind: "order" as const, id: order.publicId, label: order.number, hint: `${order.username} · ${orderWords(order.status)}`, href: `/admin/orders/${order.publicId}` }] : []),
      ...people.map(({ id, username, emailMasked, role }) => ({
        kind: "user" as const, id: String(id), label: username, hint: role === "shopper" ? emailMasked : `${emailMasked} · ${roles(role)}`, href: `/admin/users/${id}`,
      })),
      ...products.map(({ id, name, nameEn, status }) => ({ kind: "product" as const, id: String(id), label: inLanguage(locale, name, nameEn), hint: words(status), href: `/admin/products/${id}` })),
    ];
    return answer(found);
  });

const answer = (body: unknown): Response => Response.json(body, { headers: { "cache-control": "private, no-store", "x-content-type-options": "nosniff" } });

const NEEDS = { order: ["orders.read"], user: ["people.read", "staff.read"], product: ["products.read"] } as const satisfies Partial<Record<PaletteKind, readonly Permission[]>>;

const kindsFor = (permissions: ReadonlySet<Permission>): PaletteKind[] =>
  (["order", "user", "product"] as const).filter((kind) => NEEDS[kind].some((permission) => permissions.has(permission)));

/** Shoppers are for those who look after people, colleagues for those who see the staff. */
const rolesSeenBy = (permissions: ReadonlySet<Permission>): Role[] => [
  ...(permissions.has("people.read") ? (["shopper"] as const) : []), ...(permissions.has("staff.read") ? (["staff", "owner"] as const) : []),
];
