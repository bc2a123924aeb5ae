import type { Invariant } from "./invariants";

/** What was taken back of orders: in points, in cash and in pieces. */
export const refunds: readonly Invariant[] = [
  {
    name: "an order says what its refunds sum to",
    sql: `SELECT o.id AS order_id, o.user_id, o.points_refunded, COALESCE(r.points, 0) AS points, o.cash_refunded_cents, COALESCE(r.cents, 0) AS cents
      FROM orders o LEFT JOIN (SELECT order_id, SUM(points) AS points, SUM(cash_cents) AS cents FROM refunds GROUP BY order_id) r ON r.order_id = o.id
      WHERE o.points_refunded <> COALESCE(r.points, 0) OR o.cash_refunded_cents <> COALESCE(r.cents, 0)`,
  },
  {
    name: "a line says how many of its pieces were refunded",
    sql: `SELECT i.order_id, i.line, i.quantity_refunded, COALESCE(r.pieces, 0) AS pieces
      FROM order_items i LEFT JOIN (SELECT order_id, line, SUM(quantity) AS pieces FROM refunds GROUP BY order_id, line) r ON r.order_id = i.order_id AND r.line = i.line
      WHERE i.quantity_refunded <> COALESCE(r.pieces, 0) OR i.quantity_refunded > i.quantity`,
  },
  {
    name: "an order is refunded when nothing of it is left",
    sql: `SELECT o.id AS order_id, o.status, SUM(i.quantity - i.quantity_refunded) AS pieces_left FROM orders o JOIN order_items i ON i.order_id = o.id
      GROUP BY o.id, o.status HAVING (o.status = 'refunded') <> (SUM(i.quantity - i.quantity_refunded) = 0)`,
  },
  {
    name: "a refund's points came back to the buyer",
    sql: `SELECT o.user_id, r.id AS refund_id, r.points, COALESCE(e.points_change, 0) AS returned, r.points - COALESCE(e.points_change, 0) AS difference
      FROM refunds r JOIN orders o ON o.id = r.order_id
      LEFT JOIN points_transactions e ON e.source_type = 'refund' AND e.source_id = r.public_id AND e.kind = 'restore' AND e.user_id = o.user_id
      WHERE r.points <> COALESCE(e.points_change, 0)`,
  },
  {
    name: "an entry about a refund has its refund",
    sql: `SELECT e.user_id, e.id AS entry_id, e.kind, e.source_id FROM points_transactions e
      LEFT JOIN refunds r ON r.public_id = SUBSTRING_INDEX(e.source_id, '~', 1) LEFT JOIN orders o ON o.id = r.order_id
      WHERE e.source_type = 'refund' AND (r.id IS NULL OR o.user_id <> e.user_id)`,
  },
  {
    name: "a refund takes back no more of what was earned than it says",
    sql: `SELECT o.user_id, r.id AS refund_id, r.points_clawed_back, -SUM(e.points_change) AS taken
      FROM refunds r JOIN orders o ON o.id = r.order_id
      JOIN points_transactions e ON e.source_type = 'refund' AND e.kind = 'claw_back' AND SUBSTRING_INDEX(e.source_id, '~', 1) = r.public_id
      GROUP BY o.user_id, r.id, r.points_clawed_back HAVING -SUM(e.points_change) > r.points_clawed_back`,
  },
  {
    name: "a refund's cash is on its way",
    sql: `SELECT o.user_id, r.id AS refund_id, r.cash_cents, COALESCE(c.amount_cents, 0) AS on_its_way FROM refunds r JOIN orders o ON o.id = r.order_id
      LEFT JOIN cash_refunds c ON c.refund_id = r.id WHERE r.cash_cents <> COALESCE(c.amount_cents, 0)`,
  },
  {
    name: "no more cash goes back than came, and a late payment goes back whole",
    sql: `SELECT p.id AS payment_id, p.status, p.amount_cents, COALESCE(SUM(c.amount_cents), 0) AS back
      FROM payments p LEFT JOIN cash_refunds c ON c.payment_id = p.id GROUP BY p.id, p.status, p.amount_cents
      HAVING (p.status = 'late' AND back <> p.amount_cents) OR back > IF(p.status IN ('paid', 'late'), p.amount_cents, 0)`,
  },
  {
    name: "refunded pieces are back on the shelf when the refund says so",
    sql: `SELECT r.id AS refund_id, r.quantity, r.is_restocked, COALESCE(SUM(m.quantity), 0) AS moved
      FROM refunds r LEFT JOIN stock_moves m ON m.reason = 'refund' AND m.source_id = r.public_id
      GROUP BY r.id, r.quantity, r.is_restocked HAVING COALESCE(SUM(m.quantity), 0) NOT BETWEEN IF(r.is_restocked, 1, 0) AND IF(r.is_restocked, r.quantity, 0)`,
  },
];
