import type { Invariant } from "./invariants";

/** Pieces of a line that its buyer still waits for. */
const OWED = "GREATEST(i.quantity - i.quantity_delivered - i.quantity_refunded, 0)";

/** What was sent and handed over, and what for. */
export const fulfilment: readonly Invariant[] = [
  {
    name: "a completed order owes its buyer nothing",
    sql: `SELECT o.id AS order_id, i.line, ${OWED} AS owed FROM orders o JOIN order_items i ON i.order_id = o.id WHERE o.status = 'completed' AND ${OWED} > 0`,
  },
  {
    name: "what was sent is in parcels",
    sql: `SELECT i.order_id, i.line, i.quantity_delivered, COALESCE(p.pieces, 0) AS in_parcels FROM order_items i
      LEFT JOIN (SELECT s.order_id, l.line, SUM(l.quantity) AS pieces FROM shipments s JOIN shipment_lines l ON l.shipment_id = s.id GROUP BY s.order_id, l.line) p
        ON p.order_id = i.order_id AND p.line = i.line
      WHERE COALESCE(p.pieces, 0) <> IF(i.delivery = 'shipped', i.quantity_delivered, 0)`,
  },
  {
    name: "a pick-up code was used when the goods were handed over",
    sql: `SELECT i.order_id, SUM(i.quantity_delivered) AS handed_over, MAX(p.verified_at) AS verified_at FROM order_items i LEFT JOIN pickup_codes p ON p.order_id = i.order_id
      WHERE i.delivery = 'pickup' GROUP BY i.order_id HAVING (SUM(i.quantity_delivered) > 0) <> (MAX(p.verified_at) IS NOT NULL)`,
  },
  {
    name: "each code that was sold is a piece that was handed over",
    sql: `SELECT c.order_id, c.line, c.codes, i.quantity_delivered FROM (SELECT order_id, line, COUNT(*) AS codes FROM virtual_codes WHERE status = 'sold' GROUP BY order_id, line) c
      LEFT JOIN order_items i ON i.order_id = c.order_id AND i.line = c.line LEFT JOIN orders o ON o.id = c.order_id
      WHERE i.order_id IS NULL OR c.codes <> i.quantity_delivered OR o.status IN ('pending', 'cancelled')`,
  },
  {
    name: "a SKU with codes sells as many as are free and promised to nobody",
    sql: `SELECT s.id AS sku_id, t.stock, COALESCE(c.codes, 0) AS free, COALESCE(w.pieces, 0) AS promised FROM skus s JOIN sku_stock t ON t.sku_id = s.id
      LEFT JOIN (SELECT sku_id, COUNT(*) AS codes FROM virtual_codes WHERE status = 'free' GROUP BY sku_id) c ON c.sku_id = s.id
      LEFT JOIN (SELECT i.sku_id, SUM(${OWED}) AS pieces FROM order_items i JOIN orders o ON o.id = i.order_id WHERE o.status <> 'cancelled' GROUP BY i.sku_id) w ON w.sku_id = s.id
      WHERE s.has_codes AND t.stock <> COALESCE(c.codes, 0) - COALESCE(w.pieces, 0)`,
    isAboutShop: true,
  },
];
