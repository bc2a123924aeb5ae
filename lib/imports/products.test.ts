import { expect, test } from "vitest";

import { judgeProducts, productRows } from "./products";

const HEAD = ["slug", "name", "category", "delivery", "points", "cash", "stock", "status"];
const categories = [{ id: 7, slug: "coffee", name: "咖啡", nameEn: "Coffee" }];
const judged = (rows: string[][], slugs: string[] = []) => judgeProducts(productRows([HEAD, ...rows])!, { slugs: new Set(slugs), categories, maySell: true });
const row = (changes: Partial<Record<(typeof HEAD)[number], string>> = {}): string[] =>
  HEAD.map((name) => ({ slug: "kettle", name: "手冲壶", category: "coffee", delivery: "", points: "2,400", cash: "9.9", stock: "30", status: "上架", ...changes })[name] ?? "");

test("a row becomes a product of one option, its cash in cents", () => {
  const [kettle] = judged([row()]);
  expect(kettle).toMatchObject({ verdict: "new", points: 2400, cents: 990, stock: 30 });
  expect(kettle!.input).toMatchObject({ slug: "kettle", categoryId: 7, delivery: "shipped", status: "active", skus: [{ priceMode: "points_cash", pointsPrice: 2400, cashPriceCents: 990, initialStock: 30 }] });
});

test.each([
  [{ cash: "" }, "new"], [{ category: "" }, "new"], [{ category: "咖啡" }, "new"], [{ category: "tea" }, "category_unknown"], [{ delivery: "自提" }, "new"], [{ delivery: "virtual" }, "delivery_wrong"],
  [{ slug: "Kettle!" }, "slug_wrong"], [{ name: "" }, "name_wrong"], [{ points: "0" }, "points_wrong"], [{ points: "1.5" }, "points_wrong"], [{ points: "-3" }, "points_wrong"], [{ points: "1e9" }, "points_wrong"],
  [{ cash: "9.999" }, "cash_wrong"], [{ cash: "free" }, "cash_wrong"], [{ stock: "-1" }, "stock_wrong"], [{ stock: "" }, "stock_wrong"], [{ status: "sold" }, "status_wrong"], [{ points: "999999999" }, "points_wrong"],
] as const)("%j is %s", (changes, verdict) => {
  expect(judged([row(changes)])[0]!.verdict).toBe(verdict);
});

test("who may not put things on sale takes in drafts, and is told of the rest", () => {
  const rows = productRows([HEAD, row(), row({ slug: "mug", status: "draft" })])!;
  expect(judgeProducts(rows, { slugs: new Set(), categories, maySell: false }).map(({ verdict }) => verdict)).toEqual(["sale_not_allowed", "new"]);
});

test("a slug that the shop has stays as it is there; of two rows for one slug the first counts", () => {
  expect(judged([row(), row({ name: "x" }), row({ slug: "mug" })], ["mug"]).map(({ verdict }) => verdict)).toEqual(["new", "repeated", "known"]);
});
