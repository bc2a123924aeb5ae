import { expect, test } from "vitest";

import { unsellable, type SellableSku } from "./sellable";

const sku = (more: Partial<SellableSku> = {}): SellableSku => ({ id: 1, isActive: true, couponTemplateId: null, templateIsActive: false, ...more });

test("a product can be sold with one SKU on sale", () => {
  expect(unsellable("shipped", [sku({ isActive: false }), sku({ id: 2 })])).toBeNull();
  expect(unsellable("virtual", [sku({ isActive: false })])).toEqual({ reason: "no_sku", skuId: null });
  expect(unsellable("pickup", [])).toEqual({ reason: "no_sku", skuId: null });
});

test("a coupon can be sold when each SKU on sale has one that is in use", () => {
  const good = sku({ couponTemplateId: 7, templateIsActive: true });
  expect(unsellable("coupon", [good, sku({ id: 2, isActive: false })])).toBeNull();
  expect(unsellable("coupon", [good, sku({ id: 2 })])).toEqual({ reason: "no_template", skuId: 2 });
  expect(unsellable("coupon", [good, sku({ id: 3, couponTemplateId: 8 })])).toEqual({ reason: "template_off", skuId: 3 });
});
