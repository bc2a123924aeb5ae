import type { ProductStatus } from "@/db/schema/catalog";
import { allow, refuse, type Decision } from "@/lib/refusal";

/** While something can be had: from an instant on, and until just before another. Null leaves that end open. */
export type SaleWindow = { from: Date | null; until: Date | null };

/** What decides whether a SKU can be had, besides who asks. */
export type SaleTerms = {
  productStatus: ProductStatus;
  isActive: boolean;
  /** The product's window and the SKU's own: both must be open. */
  productFrom: Date | null;
  productUntil: Date | null;
  onSaleFrom: Date | null;
  onSaleUntil: Date | null;
  limitPerOrder: number;
  /** 0 means no limit, here and below. */
  limitPerUser: number;
  limitPerDay: number;
};

/** Where one person stands before it. */
export type Situation = {
  now: Date;
  /** Whether one of the product's doors lets them in (`admits`). */
  isAdmitted: boolean;
  /** Pieces that they hold, and those that they took this programme day. */
  bought: number;
  boughtToday: number;
  stock: number;
};

/** How many pieces this person can have in one order now; at least one. */
export type Available = { quantityMax: number };

/** The later start and the earlier end of the two windows. */
export function windowOf({ productFrom, productUntil, onSaleFrom, onSaleUntil }: Pick<SaleTerms, "productFrom" | "productUntil" | "onSaleFrom" | "onSaleUntil">): SaleWindow {
  return {
    from: productFrom && onSaleFrom ? (productFrom > onSaleFrom ? productFrom : onSaleFrom) : (productFrom ?? onSaleFrom),
    until: productUntil && onSaleUntil ? (productUntil < onSaleUntil ? productUntil : onSaleUntil) : (productUntil ?? onSaleUntil),
  };
}

/**
 * Whether this person can have `quantity` pieces now. The page, the card and the checkout ask the same question in the same order:
 * what nobody can have first, then what this person cannot, then what is gone.
 * Refuses `not_on_sale`, `not_started`, `sale_ended`, `not_eligible`, `quantity_over_limit` { limit }, `purchase_limit` { limit, left },
 * `daily_purchase_limit` { limit, left }, `sold_out` { left }.
 */
export function availabilityOf(terms: SaleTerms, situation: Situation, quantity = 1): Decision<Available> {
  const { now, isAdmitted, bought, boughtToday, stock } = situation;
  if (terms.productStatus !== "active" || !terms.isActive) return refuse("not_on_sale");
  const { from, until } = windowOf(terms);
  if (until && now >= until) return refuse("sale_ended");
  if (from && now < from) return refuse("not_started");
  if (!isAdmitted) return refuse("not_eligible");
  if (quantity > terms.limitPerOrder) return refuse("quantity_over_limit", { limit: terms.limitPerOrder });
  const left = leftOf(terms.limitPerUser, bought);
  if (quantity > left) return refuse("purchase_limit", { limit: terms.limitPerUser, left });
  const leftToday = leftOf(terms.limitPerDay, boughtToday);
  if (quantity > leftToday) return refuse("daily_purchase_limit", { limit: terms.limitPerDay, left: leftToday });
  if (quantity > stock) return refuse("sold_out", { left: stock });
  return allow({ quantityMax: Math.min(terms.limitPerOrder, left, leftToday, stock) });
}

const leftOf = (limit: number, taken: number): number => (limit > 0 ? Math.max(0, limit - taken) : Infinity);
