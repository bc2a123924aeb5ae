import type { Invariant } from "./invariants";

/** An order that still holds what it was paid with. */
const STANDS = "o.status NOT IN ('cancelled', 'refunded')";

/** Coupons: as many as are counted, each where it says it is. */
export const couponRules: readonly Invariant[] = [
  {
    name: "a template counts the coupons that were given out, and no more than it may",
    isAboutShop: true,
    sql: `SELECT t.id AS template_id, t.issued_max, COALESCE(b.issued, 0) AS issued, COALESCE(c.coupons, 0) AS coupons
      FROM coupon_templates t LEFT JOIN coupon_budgets b ON b.template_id = t.id
      LEFT JOIN (SELECT template_id, COUNT(*) AS coupons FROM coupons GROUP BY template_id) c ON c.template_id = t.id
      WHERE b.template_id IS NULL OR b.issued <> COALESCE(c.coupons, 0) OR (t.issued_max > 0 AND b.issued > t.issued_max)`,
  },
  {
    name: "a coupon is somebody's, or a printed code that nobody typed",
    sql: `SELECT id AS coupon_id, user_id, source_type, source_id, status FROM coupons
      WHERE (user_id IS NULL AND (code IS NULL OR status = 'used')) OR (source_type = 'claim' AND source_id NOT LIKE CONCAT(user_id, '~', template_id, '~%'))`,
  },
  {
    name: "a used coupon has its order, and an order its coupon",
    sql: `SELECT c.user_id, c.id AS coupon_id, c.order_public_id, o.status FROM coupons c LEFT JOIN orders o ON o.public_id = c.order_public_id
      WHERE c.status = 'used' AND (o.id IS NULL OR o.status = 'cancelled' OR o.user_id <> c.user_id OR o.coupon_id IS NULL OR o.coupon_id <> c.id)
      UNION ALL
      SELECT o.user_id, o.coupon_id, o.public_id, o.status FROM orders o LEFT JOIN coupons c ON c.id = o.coupon_id AND c.status = 'used' AND c.order_public_id = o.public_id
      WHERE o.coupon_id IS NOT NULL AND ${STANDS} AND c.id IS NULL`,
  },
  {
    name: "a coupon was used in its time",
    sql: "SELECT user_id, id AS coupon_id, used_at, usable_from, expires_at FROM coupons WHERE status = 'used' AND NOT (used_at >= usable_from AND used_at < expires_at)",
  },
];
