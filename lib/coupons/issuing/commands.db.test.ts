import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { perform } from "@/lib/perform";
import { count, rows } from "@/test/database";
import { aCouponTemplate, aUser, endOfDayIn, eventsAbout, noonIn, theClock, theShop, type TestUser } from "@/test/world";

import { setTemplateStatus } from "../commands";
import { issueCoupon, voidIssued, type CouponSource } from "./commands";

const anOrderLine = (): CouponSource => ({ type: "order", id: randomUUID() });
const issue = ({ id: userId }: TestUser, { id: templateId }: { id: number }, source = anOrderLine()) => perform(theShop, (ctx) => issueCoupon(ctx, { templateId, userId, source }));
const issuedOf = ({ id }: { id: number }): Promise<number> => count("SELECT issued FROM coupon_budgets WHERE template_id = ?", [id]);
const couponOf = async (couponId: string) => (await rows<{ status: string }>("SELECT status, user_id, usable_from, expires_at, code FROM coupons WHERE public_id = ?", [couponId]))[0]!;

test("a source gives one coupon, however often it is asked", async () => {
  const [lin, template, source] = [await aUser(), await aCouponTemplate(), anOrderLine()];
  const first = await issue(lin, template, source);
  expect(await issue(lin, template, source)).toEqual(first);
  expect([await issuedOf(template), await count("SELECT COUNT(*) FROM coupons WHERE template_id = ?", [template.id])]).toEqual([1, 1]);
  expect((await eventsAbout("coupon", first!.couponId)).map(({ name, data }) => ({ name, data }))).toEqual([
    { name: "coupon.issued", data: { templateId: template.id, userId: lin.id, source: `order:${source.id}` } },
  ]);
});

test("days are days of the programme: a coupon of three days is good to the end of the third day after today", async () => {
  const { couponId } = (await issue(await aUser(), await aCouponTemplate({ validDays: 3 })))!;
  expect(await couponOf(couponId)).toMatchObject({ status: "active", expires_at: endOfDayIn(3), code: null });
});

test("a coupon whose time begins later is good from then on", async () => {
  const { couponId } = (await issue(await aUser(), await aCouponTemplate({ validFrom: noonIn(2), validUntil: noonIn(5), validDays: null })))!;
  expect(await couponOf(couponId)).toMatchObject({ usable_from: noonIn(2), expires_at: noonIn(5) });
});

test("the last one is given and no more; nothing is left of the attempt", async () => {
  const [lin, template] = [await aUser(), await aCouponTemplate({ issuedMax: 2 })];
  expect([await issue(lin, template), await issue(lin, template), await issue(lin, template)].map((given) => given !== null)).toEqual([true, true, false]);
  expect([await issuedOf(template), await count("SELECT COUNT(*) FROM coupons WHERE template_id = ?", [template.id])]).toEqual([2, 2]);
});

test("an archived template still serves an order that was sold; one whose time is over gives nothing", async () => {
  const [lin, archived, over] = [await aUser(), await aCouponTemplate(), await aCouponTemplate({ validUntil: noonIn(1), validDays: null })];
  await perform(theShop, (ctx) => setTemplateStatus(ctx, { requestId: "test", id: archived.id, status: "archived" }));
  expect(await issue(lin, archived)).not.toBeNull();
  theClock.passDays(2);
  expect([await issue(lin, over), await issuedOf(over)]).toEqual([null, 0]);
});

test("what was given is taken back once, and a used one stays used", async () => {
  const [lin, template, source, used] = [await aUser(), await aCouponTemplate(), anOrderLine(), anOrderLine()];
  const { couponId } = (await issue(lin, template, source))!;
  const takeBack = (from: CouponSource) => perform(theShop, (ctx) => voidIssued(ctx, from));
  expect([await takeBack(source), await takeBack(source), await takeBack(anOrderLine())]).toEqual([true, true, false]);
  expect((await couponOf(couponId)).status).toBe("void");
  expect((await eventsAbout("coupon", couponId)).map(({ name }) => name)).toEqual(["coupon.issued", "coupon.voided"]);
  await issue(lin, template, used);
  await rows("UPDATE coupons SET status = 'used', order_public_id = ? WHERE source_id = ?", ["o".repeat(22), used.id]);
  try {
    expect(await takeBack(used)).toBe(false);
  } finally {
    // No such order was made, and the books would find that out.
    await rows("UPDATE coupons SET status = 'void', order_public_id = NULL WHERE source_id = ?", [used.id]);
  }
});
