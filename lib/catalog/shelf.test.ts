import { expect, test } from "vitest";

import { shelfOf, type ShelfSku } from "./shelf";

const sku = (facts: Partial<ShelfSku>): ShelfSku => ({ priceMode: "points", pointsPrice: 100, cashPriceCents: 0, stock: 50, isActive: true, lowStock: null, ...facts });

test("stock that is not on sale is not counted, and does not raise the alarm", () => {
  const shelf = shelfOf([sku({ stock: 20 }), sku({ stock: 1, isActive: false })], 5);
  expect(shelf).toMatchObject({ skuCount: 2, stock: 20, lowStock: false });
});

test("one SKU at the limit makes a product low, however much the others hold", () => {
  expect(shelfOf([sku({ stock: 900 }), sku({ stock: 5 })], 5).lowStock).toBe(true);
});

test("a SKU's own limit goes before the shop's, for a smaller and for a larger one", () => {
  expect([shelfOf([sku({ stock: 5, lowStock: 0 })], 5).lowStock, shelfOf([sku({ stock: 30, lowStock: 30 })], 5).lowStock]).toEqual([false, true]);
});

test("the price shown is that of the first SKU on sale", () => {
  expect(shelfOf([sku({ isActive: false, pointsPrice: 10 }), sku({ pointsPrice: 70 })], 5).pointsPrice).toBe(70);
});

test("a product without any SKU on sale is not low, only empty", () => {
  expect(shelfOf([sku({ isActive: false, stock: 0 })], 5)).toMatchObject({ stock: 0, lowStock: false, pointsPrice: 100 });
});
