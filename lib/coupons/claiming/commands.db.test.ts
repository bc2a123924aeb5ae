import { expect, test } from "vitest";

import type { Actor } from "@/lib/ctx";
import { perform } from "@/lib/perform";
import { count, rows } from "@/test/database";
import { aCouponTemplate, aUser, endOfDayIn, eventsAbout, freeze, noonIn, refusalOf, theClock, theShop, unique, type TestUser } from "@/test/world";

import { printCode } from "../code";
import { makeCodes, takeCodes, voidCodes } from "../codes/commands";
import { setTemplateStatus } from "../commands";
import { claimCoupon, redeemCode } from "./commands";

type Template = { id: number };
const claim = (who: { actor: Actor }, { id }: Template) => perform(who.actor, (ctx) => claimCoupon(ctx, { templateId: id }));
const type = (who: { actor: Actor }, code: string) => perform(who.actor, (ctx) => redeemCode(ctx, { code }));
const couponsOf = ({ id }: TestUser): Promise<number> => count("SELECT COUNT(*) FROM coupons WHERE user_id = ?", [id]);
const printed = async ({ id }: Template, quantity = 1): Promise<{ batch: string; codes: string[] }> => {
  const { batch } = await perform(theShop, (ctx) => makeCodes(ctx, { templateId: id, quantity, until: null }));
  return { batch, codes: (await rows<{ code: string }>("SELECT code FROM coupons WHERE template_id = ? AND code IS NOT NULL ORDER BY id", [id])).map(({ code }) => code) };
};

test("a coupon is claimed as often as one person may, and not once more", async () => {
  const [lin, template] = [await aUser(), await aCouponTemplate({ isClaimable: true, claimLimit: 2 })];
  const first = await claim(lin, template);
  await claim(lin, template);
  expect([await refusalOf(claim(lin, template)), await couponsOf(lin)]).toEqual(["coupon_limit", 2]);
  expect(first.expiresAt).toEqual(endOfDayIn(30));
  expect(await eventsAbout("coupon", first.couponId)).toEqual([{ name: "coupon.claimed", actor_id: lin.id, data: { templateId: template.id, userId: lin.id, how: "claim" } }]);
});

test("the claim centre has what is claimable, open and in its time", async () => {
  const lin = await aUser();
  const closed = [{}, { isClaimable: true, claimFrom: noonIn(1) }, { isClaimable: true, claimUntil: noonIn(-1) }, { isClaimable: true, status: "archived" as const }];
  for (const plan of closed) expect(await refusalOf(claim(lin, await aCouponTemplate(plan)))).toBe("coupon_not_open");
  expect(await refusalOf(claim(lin, await aCouponTemplate({ isClaimable: true, status: "draft" })))).toBe("not_found");
  expect(await refusalOf(claim(lin, { id: 99_999_999 }))).toBe("not_found");
  expect(await couponsOf(lin)).toBe(0);
});

test("one whose own time is over is not given any more", async () => {
  const [lin, template] = [await aUser(), await aCouponTemplate({ isClaimable: true, validUntil: noonIn(1), validDays: null })];
  theClock.passDays(2);
  expect(await refusalOf(claim(lin, template))).toBe("coupon_not_open");
});

test("the last one goes to whoever comes first", async () => {
  const [lin, bo, template] = [await aUser(), await aUser(), await aCouponTemplate({ isClaimable: true, issuedMax: 1 })];
  await claim(lin, template);
  expect([await refusalOf(claim(bo, template)), await couponsOf(bo)]).toEqual(["coupons_gone", 0]);
});

test("one for a segment is for its people", async () => {
  const [lin, bo] = [await aUser(), await aUser()];
  await rows("INSERT INTO segments (slug, name, definition) VALUES (?, 'friends', ?)", [unique("friends"), JSON.stringify({ userIds: [lin.id] })]);
  const segmentId = await count("SELECT MAX(id) FROM segments");
  await rows("INSERT INTO segment_members (segment_id, user_id) VALUES (?, ?)", [segmentId, lin.id]);
  const template = await aCouponTemplate({ isClaimable: true, segmentId });
  await claim(lin, template);
  expect(await refusalOf(claim(bo, template))).toBe("coupon_not_for_you");
});

test("one for a level is for that level and those above", async () => {
  const lin = await aUser();
  await rows("INSERT INTO levels (`rank`, name, threshold, is_active) VALUES (61, 'low', 0, 1), (62, 'middle', 1000061, 1), (63, 'high', 1000062, 1)");
  const [low = 0, middle = 0, high = 0] = await Promise.all([61, 62, 63].map((rank) => count("SELECT id FROM levels WHERE `rank` = ?", [rank])));
  try {
    await rows("INSERT INTO member_levels (user_id, level_id, since, review_at) VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE level_id = VALUES(level_id)", [lin.id, middle, theClock.now(), noonIn(9)]);
    await claim(lin, await aCouponTemplate({ isClaimable: true, minLevelId: low }));
    await claim(lin, await aCouponTemplate({ isClaimable: true, minLevelId: middle }));
    expect(await refusalOf(claim(lin, await aCouponTemplate({ isClaimable: true, minLevelId: high })))).toBe("coupon_not_for_you");
  } finally {
    await rows("DELETE FROM member_levels WHERE user_id = ?", [lin.id]);
    await rows("DELETE FROM levels WHERE `rank` IN (61, 62, 63)");
  }
});

test("who is frozen claims nothing and types nothing", async () => {
  const [lin, template] = [await aUser(), await aCouponTemplate({ isClaimable: true })];
  const { codes } = await printed(template);
  await freeze(lin);
  expect([await refusalOf(claim(lin, template)), await refusalOf(type(lin, codes[0]!))]).toEqual(["account_frozen", "account_frozen"]);
});

test("a printed code is whoever's who types it first, as it is read from paper; typed again by them it is the same coupon", async () => {
  const [lin, bo, template] = [await aUser(), await aUser(), await aCouponTemplate({ validDays: 7 })];
  const { codes: [code = ""] } = await printed(template);
  theClock.passDays(2);
  const mine = await type(lin, ` ${printCode(code).toLowerCase().replaceAll("0", "o")} `);
  expect([mine.name, mine.expiresAt]).toEqual(["¥5 off", endOfDayIn(7)]);
  expect((await type(lin, code)).couponId).toBe(mine.couponId);
  expect([await refusalOf(type(bo, code)), await couponsOf(lin), await couponsOf(bo)]).toEqual(["coupon_code_used", 1, 0]);
  expect((await eventsAbout("coupon", mine.couponId)).map(({ data }) => data.how)).toEqual(["code"]);
});

test("codes and claims count together towards what one person may have", async () => {
  const [lin, template] = [await aUser(), await aCouponTemplate({ isClaimable: true, claimLimit: 2 })];
  const { codes } = await printed(template, 3);
  await type(lin, codes[0]!);
  await claim(lin, template);
  expect([await refusalOf(type(lin, codes[1]!)), await refusalOf(claim(lin, template))]).toEqual(["coupon_limit", "coupon_limit"]);
});

test("a code that was mistyped, never printed, called back or is out of time gives nothing", async () => {
  const [lin, template] = [await aUser(), await aCouponTemplate()];
  const { batch, codes: [code = "", other = ""] } = await printed(template, 2);
  const mistyped = (code.startsWith("2") ? "3" : "2") + code.slice(1);
  expect([await refusalOf(type(lin, mistyped)), await refusalOf(type(lin, "00000000000" + "D")), await refusalOf(type(lin, "x"))]).toEqual(["coupon_code_wrong", "coupon_code_wrong", "coupon_code_wrong"]);
  await type(lin, other);
  expect(await perform(theShop, (ctx) => voidCodes(ctx, { templateId: template.id, batch }))).toEqual({ voided: 1 });
  expect([await refusalOf(type(lin, code)), (await type(lin, other)).name]).toEqual(["coupon_code_wrong", "¥5 off"]);
  const late = await printed(await aCouponTemplate());
  theClock.passDays(366);
  expect(await refusalOf(type(lin, late.codes[0]!))).toBe("coupon_not_open");
});

test("codes count when they are printed: a batch that does not fit is not printed, one that fits is kept for those who hold it", async () => {
  const [lin, template] = [await aUser(), await aCouponTemplate({ isClaimable: true, issuedMax: 3 })];
  const { codes } = await printed(template, 3);
  expect(await refusalOf(printed(template, 1))).toBe("coupons_gone");
  expect(await refusalOf(claim(lin, template))).toBe("coupons_gone");
  await perform(theShop, (ctx) => setTemplateStatus(ctx, { requestId: "test", id: template.id, status: "archived" }));
  expect((await type(lin, codes[2]!)).expiresAt).toEqual(endOfDayIn(30));
  expect(await count("SELECT COUNT(*) FROM coupons WHERE template_id = ?", [template.id])).toBe(3);
});

test("who had the file of the codes types none of them for themselves", async () => {
  const [staff, lin, template] = [await aUser({ role: "staff" }), await aUser(), await aCouponTemplate()];
  const [{ batch, codes: [code = ""] }, another] = [await printed(template), await printed(await aCouponTemplate())];
  await perform(staff.actor, (ctx) => takeCodes(ctx, { templateId: template.id, batch }));
  expect([await refusalOf(type(staff, code)), await couponsOf(staff)]).toEqual(["coupon_to_oneself", 0]);
  await type(lin, code);
  await type(staff, another.codes[0]!);
  expect([await couponsOf(lin), await couponsOf(staff)]).toEqual([1, 1]);
});

test("codes are printed for an open template only, and not beyond its own time", async () => {
  const make = async (plan: Parameters<typeof aCouponTemplate>[0], until: Date | null) => refusalOf(perform(theShop, async (ctx) => makeCodes(ctx, { templateId: (await aCouponTemplate(plan)).id, quantity: 1, until })));
  expect([await make({ status: "draft" }, null), await make({ status: "archived" }, null), await make({}, noonIn(-1)), await make({ validUntil: noonIn(2), validDays: null }, noonIn(3))]).toEqual(Array.from({ length: 4 }, () => "coupon_not_open"));
});

test("the codes of a batch are handed out once", async () => {
  const template = await aCouponTemplate();
  const { batch, codes } = await printed(template, 1_500);
  const take = (templateId = template.id) => perform(theShop, (ctx) => takeCodes(ctx, { templateId, batch }));
  expect(await refusalOf(take((await aCouponTemplate()).id))).toBe("not_found");
  expect((await take()).map(({ code }) => code)).toEqual(codes);
  expect(await refusalOf(take())).toBe("codes_taken");
  expect(new Set(codes).size).toBe(1_500);
});
