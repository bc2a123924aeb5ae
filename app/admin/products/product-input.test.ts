import { expect, test } from "vitest";

import { ProductInput } from "@/lib/catalog/schema";

import { productFrom } from "./product-input";

const ZONE = "Asia/Shanghai";

function formOf(fields: Record<string, string | readonly string[]>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({ requestId: "key-1", name: "mug", delivery: "shipped", status: "draft", "skus.0.priceMode": "points", "skus.0.pointsPrice": "100", ...fields })) {
    for (const each of typeof value === "string" ? [value] : value) form.append(name, each);
  }
  return form;
}
const read = (fields: Record<string, string | readonly string[]> = {}) => ProductInput.parse(productFrom(formOf(fields), ZONE));
const wrongFields = (fields: Record<string, string>) => {
  const parsed = ProductInput.safeParse(productFrom(formOf(fields), ZONE));
  return parsed.error?.issues.map(({ path }) => path.join("."));
};

test("what is not filled in is left to what a product has by itself", () => {
  expect(read()).toMatchObject({ categoryId: null, onSaleFrom: null, gates: [], skus: [{ isActive: false, hasCodes: false, limitPerOrder: 99, discountShareMax: 100, lowStock: null, couponTemplateId: null, prices: [] }] });
});

test("wall times are of the programme's zone", () => {
  expect(read({ onSaleFrom: "2026-12-01T08:30", "skus.0.onSaleUntil": "2026-12-02T00:00" })).toMatchObject({
    onSaleFrom: new Date("2026-12-01T00:30:00Z"), skus: [{ onSaleUntil: new Date("2026-12-01T16:00:00Z") }],
  });
  expect(wrongFields({ onSaleFrom: "soon", "skus.0.onSaleUntil": "2026-02-30T00:00" })?.sort()).toEqual(["onSaleFrom", "skus.0.onSaleUntil"]);
});

test("a level and any segments open a product", () => {
  expect(read({ gateLevel: "3", gateSegments: ["5", "7"] }).gates).toEqual([{ kind: "level", audienceId: 3 }, { kind: "segment", audienceId: 5 }, { kind: "segment", audienceId: 7 }]);
});

test("own prices follow their SKU, in yuan and points", () => {
  const prices = { "skus.0.priceMode": "points_cash", "skus.0.cashYuan": "9.90", "skus.0.prices.0.audience": "level:2", "skus.0.prices.0.pointsPrice": "80", "skus.0.prices.0.cashYuan": "8.5" };
  expect(read(prices).skus[0]!.prices).toEqual([{ kind: "level", audienceId: 2, pointsPrice: 80, cashPriceCents: 850 }]);
  expect(wrongFields({ ...prices, "skus.0.prices.0.audience": "" })).toEqual(["skus.0.prices.0.kind"]);
  expect(wrongFields({ ...prices, "skus.0.prices.0.cashYuan": "8.555" })).toEqual(["skus.0.prices.0.cashPriceCents"]);
});

test("an amount that is no amount is never read as another", () => {
  expect(wrongFields({ "skus.0.priceMode": "cash_discount", "skus.0.pointsPrice": "0", "skus.0.cashYuan": "", "skus.0.discountPointsPerYuan": "x" })?.sort()).toEqual(["skus.0.cashPriceCents", "skus.0.discountPointsPerYuan"]);
});

test("the version that the page has seen goes along", () => {
  expect(read({ productId: "4", $version: "2026-11-21T08:00:00.123Z" })).toMatchObject({ id: 4, version: new Date("2026-11-21T08:00:00.123Z") });
});
