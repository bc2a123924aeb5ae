import { expect, test } from "vitest";
import type { z } from "zod";

import { perform } from "@/lib/perform";
import { aCouponTemplate, aProduct, aUser, eventsAbout, noonIn, refusalOf, theShop, unique } from "@/test/world";

import { saveTemplate, setTemplateStatus } from "./commands";
import { issueCoupon } from "./issuing/commands";
import { TemplateInput } from "./schema";

const BASE: z.input<typeof TemplateInput> = { requestId: "k", name: "¥5 off", kind: "amount", amount: 500, validDays: 30, status: "active", issuedMax: 10 };
const accepts = (wrong: Partial<z.input<typeof TemplateInput>>): boolean => TemplateInput.safeParse({ ...BASE, ...wrong }).success;
const save = (id: number | undefined, more: Partial<z.input<typeof TemplateInput>> = {}) => perform(theShop, (ctx) => saveTemplate(ctx, TemplateInput.parse({ ...BASE, id, ...more })));

test.each([
  { amount: 0 }, { amount: -1 }, { percent: 10 }, { kind: "percent" as const }, { kind: "percent" as const, amount: 0, percent: 101 }, { amountMax: 5 }, { kind: "gift" as const, amount: 0 }, { giftSkuId: 1 },
  { kind: "free_delivery" as const }, { scope: "products" as const }, { scopeIds: [1] }, { scope: "categories" as const, scopeIds: Array.from({ length: 101 }, (_, index) => index + 1) },
  { validDays: null }, { validUntil: "2026-12-01T00:00:00Z" }, { validDays: null, validFrom: "2026-12-02T00:00:00Z", validUntil: "2026-12-01T00:00:00Z" },
  { claimFrom: "2026-12-02T00:00:00Z", claimUntil: "2026-12-02T00:00:00Z" }, { claimLimit: 0 }, { name: " " }, { validDays: 0 }, { issuedMax: -1 }, { validUntil: "tomorrow" },
])("a template with %j makes no sense", (wrong) => {
  expect([accepts({}), accepts(wrong)]).toEqual([true, false]);
});

test.each([
  { kind: "percent" as const, amount: 0, percent: 12, amountMax: 3_000 }, { kind: "free_delivery" as const, amount: 0 }, { kind: "gift" as const, amount: 0, giftSkuId: 5 }, { unit: "points" as const },
  { scope: "products" as const, scopeIds: [3, 1, 3] }, { validDays: null, validUntil: "2026-12-01T00:00:00+08:00" },
])("a template with %j makes sense", (more) => {
  expect(accepts(more)).toBe(true);
});

test("a template is made and changed, and each change says what was before", async () => {
  const { id } = await save(undefined);
  await save(id, { amount: 800, scope: "all" });
  await save(id, { amount: 800 });
  await perform(theShop, (ctx) => setTemplateStatus(ctx, { requestId: "k", id, status: "archived" }));
  expect((await eventsAbout("coupon_template", id)).map(({ name, data }) => [name, name.endsWith("created") ? null : data.changes])).toEqual([
    ["coupon_template.created", null], ["coupon_template.changed", { amount: [500, 800] }], ["coupon_template.changed", { status: ["active", "archived"] }],
  ]);
  expect(await refusalOf(save(99_999_999))).toBe("not_found");
});

test("what it names must be there", async () => {
  const cup = await aProduct();
  await save(undefined, { scope: "products", scopeIds: [cup.id] });
  await save(undefined, { kind: "gift", amount: 0, giftSkuId: cup.skuId });
  const unknown = [{ scope: "products" as const, scopeIds: [cup.id, 99_999_999] }, { scope: "categories" as const, scopeIds: [99_999_999] }, { kind: "gift" as const, amount: 0, giftSkuId: 99_999_999 }, { minLevelId: 99_999_999 }, { segmentId: 99_999_999 }];
  for (const wrong of unknown) expect(await refusalOf(save(undefined, wrong)), JSON.stringify(wrong)).toBe("not_found");
});

test("once one was given out, its terms stay: it may be named anew, last longer, be had more often, be claimed otherwise", async () => {
  const lin = await aUser();
  const { id } = await save(undefined);
  const dated = await aCouponTemplate({ validUntil: noonIn(5), validDays: null });
  const until = (days: number) => ({ name: "¥5 off", issuedMax: 0, validDays: null, validUntil: noonIn(days).toISOString() });
  for (const templateId of [id, id, dated.id]) await perform(theShop, (ctx) => issueCoupon(ctx, { templateId, userId: lin.id, source: { type: "grant", id: unique("grant") } }));
  for (const wrong of [{ amount: 400 }, { minSpend: 1 }, { unit: "points" as const }, { validDays: 31 }, { validDays: null, validUntil: noonIn(9).toISOString() }, { issuedMax: 1 }, { validFrom: noonIn(1).toISOString() }]) {
    expect(await refusalOf(save(id, wrong)), JSON.stringify(wrong)).toBe("coupon_in_use");
  }
  await save(id, { name: "five off", issuedMax: 2, claimLimit: 5, isClaimable: true, claimUntil: noonIn(3).toISOString(), status: "draft" });
  await save(id, { issuedMax: 0 });
  expect(await refusalOf(save(dated.id, until(4)))).toBe("coupon_in_use");
  expect(await save(dated.id, until(6))).toEqual({ id: dated.id });
});
