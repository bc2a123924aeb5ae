import type { Invariant } from "./invariants";

/** What readers of the catalogue rely on without looking twice. */
export const catalogue: readonly Invariant[] = [
  {
    name: "a product says whether it is for some people only",
    sql: `SELECT p.id AS product_id, p.is_gated, COUNT(g.product_id) AS gates FROM products p LEFT JOIN product_gates g ON g.product_id = p.id
      GROUP BY p.id, p.is_gated HAVING p.is_gated <> (COUNT(g.product_id) > 0)`,
  },
  {
    name: "a SKU says whether some people have a price of their own",
    sql: `SELECT s.id AS sku_id, s.has_own_prices, COUNT(o.sku_id) AS prices FROM skus s LEFT JOIN sku_prices o ON o.sku_id = s.id
      GROUP BY s.id, s.has_own_prices HAVING s.has_own_prices <> (COUNT(o.sku_id) > 0)`,
  },
  {
    // Whoever has a category above the one above the one above it is too deep, or in a loop.
    name: "categories are a tree, at most three deep",
    sql: `SELECT c.id AS category_id, c.slug, c.parent_id FROM categories c LEFT JOIN categories p ON p.id = c.parent_id LEFT JOIN categories g ON g.id = p.parent_id
      WHERE (c.parent_id IS NOT NULL AND p.id IS NULL) OR g.parent_id IS NOT NULL`,
  },
  {
    // The sweep throws away what has been unused for long.
    name: "a picture counts as unused exactly while no product shows it",
    sql: `SELECT f.public_id, f.unused_since, COUNT(g.product_id) AS products FROM pictures f LEFT JOIN product_pictures g ON g.picture_id = f.id
      GROUP BY f.id, f.public_id, f.unused_since HAVING (f.unused_since IS NULL) <> (COUNT(g.product_id) > 0)`,
  },
];
