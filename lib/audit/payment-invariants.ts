import type { Invariant } from "./invariants";

/** What providers said about payments, and what became of it. */
export const payments: readonly Invariant[] = [
  {
    name: "an attempt to pay asks for what the order costs",
    sql: `SELECT p.id AS payment_id, o.user_id, p.amount_cents, o.cash_due_cents FROM payments p JOIN orders o ON o.id = p.order_id
      WHERE p.amount_cents <> o.cash_due_cents`,
    isAboutShop: true,
  },
  {
    // A payment that was given up may be paid after all; one that was paid stays so.
    name: "a payment stands as the notices say that settled it",
    sql: `SELECT n.provider, n.notice_id, n.outcome, p.status FROM payment_notices n
      LEFT JOIN payments p ON p.provider = n.provider AND p.reference = n.reference
      WHERE (n.outcome IN ('paid', 'late') AND (p.id IS NULL OR p.status <> n.outcome)) OR (n.outcome = 'failed' AND (p.id IS NULL OR p.status = 'created'))`,
    isAboutShop: true,
  },
];
