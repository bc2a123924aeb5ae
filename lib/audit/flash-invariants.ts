import type { Invariant } from "./invariants";

/** Pieces of flash sales: where they came from, and what became of them. */
export const flash: readonly Invariant[] = [
  {
    name: "what a flash sale takes, a shelf of the shop gives",
    sql: `SELECT m.source_id, f.id AS flash_sale_id, SUM(m.quantity) AS difference, SUM(f.id IS NULL OR m.sku_id NOT IN (f.sku_id, f.shop_sku_id)) AS strangers
      FROM stock_moves m LEFT JOIN flash_sales f ON f.id = CAST(SUBSTRING_INDEX(m.source_id, '~', 1) AS UNSIGNED)
      WHERE m.reason = 'flash' GROUP BY m.source_id, f.id HAVING difference <> 0 OR strangers <> 0`,
    isAboutShop: true,
  },
  {
    name: "the pieces of a flash sale are planned, sold, left or back on the shelf",
    sql: `SELECT f.id AS flash_sale_id, f.status, f.pieces, COALESCE(m.pieces, 0) AS taken, COALESCE(m.others, 0) + COALESCE(i.sold, 0) AS unexplained
      FROM flash_sales f
      LEFT JOIN (SELECT sku_id, SUM(IF(reason = 'flash', quantity, 0)) AS pieces, SUM(IF(reason IN ('order', 'release', 'refund'), quantity, 0)) AS others
        FROM stock_moves WHERE sku_id IN (SELECT sku_id FROM flash_sales) GROUP BY sku_id) m ON m.sku_id = f.sku_id
      LEFT JOIN (
        SELECT i.sku_id, SUM(i.quantity) - COALESCE(SUM(r.pieces), 0) AS sold FROM order_items i JOIN orders o ON o.id = i.order_id AND o.status <> 'cancelled'
        LEFT JOIN (SELECT r.order_id, r.line, SUM(k.quantity) AS pieces FROM refunds r JOIN stock_moves k ON k.reason = 'refund' AND k.source_id = r.public_id GROUP BY r.order_id, r.line) r
          ON r.order_id = i.order_id AND r.line = i.line
        WHERE i.sku_id IN (SELECT sku_id FROM flash_sales) GROUP BY i.sku_id) i ON i.sku_id = f.sku_id
      WHERE (f.status = 'scheduled' AND COALESCE(m.pieces, 0) <> f.pieces) OR COALESCE(m.pieces, 0) NOT BETWEEN 0 AND f.pieces OR COALESCE(m.others, 0) + COALESCE(i.sold, 0) <> 0`,
    isAboutShop: true,
  },
];
