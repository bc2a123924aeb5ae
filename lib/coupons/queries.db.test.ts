import { expect, test } from "vitest";

import { db } from "@/db/client";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { aCouponTemplate, aKettle, anOrder, aProduct, aUser, noonIn, theClock, theShop, ZONE, type TestUser } from "@/test/world";

import { claimCoupon } from "./claiming/commands";
import { makeCodes } from "./codes/commands";
import { voidCoupon } from "./commands";
import { issueCoupon } from "./issuing/commands";
import { countMyCoupons, listClaimable, listMyCoupons } from "./queries";
import { findTemplateForStaff, listBatches, listChoices, listCouponsForStaff, listGrants, listTemplatesForStaff } from "./staff-queries";
import type { MyTab } from "./tabs";

const give = async ({ id: userId }: TestUser, { id: templateId }: { id: number }, source: string) =>
  (await perform(theShop, (ctx) => issueCoupon(ctx, { templateId, userId, source: { type: "grant", id: `${userId}-${source}` } })))!.couponId;
const namesIn = async ({ id }: TestUser, tab: MyTab) => (await listMyCoupons(db(), id, tab, theClock.now(), { limit: 20 })).coupons.map(({ name }) => name);
const offerOf = async (who: TestUser | null, template: { id: number }) => {
  const offer = (await listClaimable(db(), who?.id ?? null, theClock.now(), ZONE)).find((each) => each.template.id === template.id);
  return offer && { state: offer.state, left: offer.left, claimed: offer.claimed };
};

test("a person's coupons stand where they belong: to use, by their end; used; expired and taken back", async () => {
  const lin = await aUser({ points: 100 });
  for (const [name, validDays] of [["long", 90], ["short", 2], ["middle", 30]] as const) await give(lin, await aCouponTemplate({ name, validDays }), name);
  await give(lin, await aCouponTemplate({ name: "later", validFrom: noonIn(40), validDays: 60 }), "later");
  const gone = await give(lin, await aCouponTemplate({ name: "gone" }), "gone");
  await perform(theShop, (ctx) => voidCoupon(ctx, { couponId: gone, reason: "x" }));
  const used = await give(lin, await aCouponTemplate({ name: "used" }), "used");
  const { orderId } = await anOrder(lin, await aKettle(), { couponId: used });
  expect([await namesIn(lin, "available"), await namesIn(lin, "used"), await namesIn(lin, "expired")]).toEqual([["short", "middle", "long", "later"], ["used"], ["gone"]]);
  expect((await listMyCoupons(db(), lin.id, "used", theClock.now(), { limit: 20 })).coupons[0]!.orderPublicId).toBe(orderId);
  theClock.passDays(3);
  expect([await namesIn(lin, "available"), await namesIn(lin, "expired")]).toEqual([["middle", "long", "later"], ["gone", "short"]]);
  expect(await countMyCoupons(db(), lin.id, theClock.now())).toEqual({ available: 3, used: 1, expired: 2 });
  expect(await countMyCoupons(db(), (await aUser()).id, theClock.now())).toEqual({ available: 0, used: 0, expired: 0 });
});

test("long lists come in pages that neither repeat nor leave out", async () => {
  const lin = await aUser();
  const template = await aCouponTemplate({ validDays: 1 });
  for (const each of ["a", "b", "c"]) await give(lin, template, each);
  theClock.passDays(2);
  const page = (before?: number) => listMyCoupons(db(), lin.id, "expired", theClock.now(), { before, limit: 2 });
  const first = await page();
  const second = await page(first.nextBefore!);
  expect([first.coupons.length, second.coupons.length, second.nextBefore, new Set([...first.coupons, ...second.coupons].map(({ id }) => id)).size]).toEqual([2, 1, null, 3]);
});

test("the claim centre says how an offer stands for each", async () => {
  const [lin, bo] = [await aUser(), await aUser()];
  const [open, last, once] = [await aCouponTemplate({ isClaimable: true }), await aCouponTemplate({ isClaimable: true, issuedMax: 1 }), await aCouponTemplate({ isClaimable: true, issuedMax: 9 })];
  await rows("INSERT INTO segments (slug, name, definition) VALUES (?, 'none', '{}')", [`none-${open.id}`]);
  const [{ id: segmentId } = { id: 0 }] = await rows<{ id: number }>("SELECT id FROM segments WHERE slug = ?", [`none-${open.id}`]);
  const others = await aCouponTemplate({ isClaimable: true, segmentId });
  for (const template of [last, once]) await perform(lin.actor, (ctx) => claimCoupon(ctx, { templateId: template.id }));
  expect([await offerOf(lin, open), await offerOf(lin, last), await offerOf(lin, once), await offerOf(lin, others)]).toEqual([
    { state: "open", left: null, claimed: 0 }, { state: "claimed", left: 0, claimed: 1 }, { state: "claimed", left: 8, claimed: 1 }, { state: "not_for_you", left: null, claimed: 0 },
  ]);
  expect([await offerOf(bo, last), await offerOf(null, once)]).toEqual([{ state: "gone", left: 0, claimed: 0 }, { state: "open", left: 8, claimed: 0 }]);
  for (const closed of [{ isClaimable: false }, { isClaimable: true, claimFrom: noonIn(1) }, { isClaimable: true, status: "draft" as const }, { isClaimable: true, validUntil: noonIn(-1), validDays: null }]) {
    expect(await offerOf(lin, await aCouponTemplate(closed)), JSON.stringify(closed)).toBeUndefined();
  }
  await rows("UPDATE coupon_templates SET segment_id = NULL WHERE id = ?", [others.id]);
  await rows("DELETE FROM segments WHERE id = ?", [segmentId]);
});

test("staff sees how many were given out, are with people and were used, and whose they are", async () => {
  const [lin, bo] = [await aUser({ points: 100 }), await aUser()];
  const template = await aCouponTemplate({ name: `counted ${lin.username}` });
  const used = await give(lin, template, "one");
  await give(bo, template, "two");
  await anOrder(lin, await aKettle(), { couponId: used });
  const { batch } = await perform(theShop, (ctx) => makeCodes(ctx, { templateId: template.id, quantity: 3, until: null }));
  expect(await findTemplateForStaff(db(), template.id)).toMatchObject({ issued: 5, held: 2, used: 1, voided: 0 });
  expect((await listTemplatesForStaff(db(), { search: lin.username })).templates.map(({ id }) => id)).toEqual([template.id]);
  expect((await listCouponsForStaff(db(), template.id, {}, 20)).rows.map(({ email, status }) => [email, status])).toEqual([[bo.email, "active"], [lin.email, "used"]]);
  expect((await listCouponsForStaff(db(), template.id, { search: bo.email }, 20)).rows).toHaveLength(1);
  expect(await listBatches(template.id)).toMatchObject([{ batch, quantity: 3, typed: 0, used: 0, voided: 0, takenAt: null }]);
});

test("a form offers what is on sale, and what its template names whatever became of it", async () => {
  const [cup, gone] = [await aProduct({ name: "cup" }), await aProduct({ name: "gone", status: "archived" })];
  const plain = await listChoices(db(), { scope: "all", scopeIds: [], giftSkuId: null });
  expect([plain.products.some(({ id }) => id === cup.id), plain.products.some(({ id }) => id === gone.id), plain.gifts.some(({ id }) => id === cup.skuId)]).toEqual([true, false, true]);
  const named = await listChoices(db(), { scope: "products", scopeIds: [gone.id], giftSkuId: gone.skuId });
  expect([named.products[0]!.id, named.gifts[0]!.id]).toEqual([gone.id, gone.skuId]);
  expect(await listGrants((await aCouponTemplate()).id)).toEqual([]);
});
