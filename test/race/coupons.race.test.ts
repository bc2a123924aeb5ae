import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { claimCoupon, redeemCode } from "@/lib/coupons/claiming/commands";
import { makeCodes, takeCodes } from "@/lib/coupons/codes/commands";
import { saveTemplate } from "@/lib/coupons/commands";
import { issueCoupon, voidIssued } from "@/lib/coupons/issuing/commands";
import { TemplateInput } from "@/lib/coupons/schema";
import { perform } from "@/lib/perform";
import { isRefusal } from "@/lib/refusal";

import { count, rows } from "../database";
import { aCouponTemplate, atOnce, aUser, theShop, usersWith, type TestUser } from "../world";

const answerOf = (work: Promise<unknown>): Promise<string> => work.then((value) => (value === null ? "none" : "ok"), (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)));
const talliesOf = (answers: readonly string[]): Record<string, number> => Object.fromEntries([...new Set(answers)].sort().map((answer) => [answer, answers.filter((each) => each === answer).length]));
const claim = (who: TestUser, { id }: { id: number }) => answerOf(perform(who.actor, (ctx) => claimCoupon(ctx, { templateId: id })));
const issue = ({ id: userId }: TestUser, { id: templateId }: { id: number }, source: string = randomUUID()) =>
  answerOf(perform(theShop, (ctx) => issueCoupon(ctx, { templateId, userId, source: { type: "order", id: source } })));
const couponsOf = ({ id }: { id: number }): Promise<number> => count("SELECT COUNT(*) FROM coupons WHERE template_id = ?", [id]);
const issuedOf = ({ id }: { id: number }): Promise<number> => count("SELECT issued FROM coupon_budgets WHERE template_id = ?", [id]);

test("a hundred people claim ten coupons: ten get one", async () => {
  const [people, template] = [await usersWith(1, 100), await aCouponTemplate({ isClaimable: true, issuedMax: 10 })];
  expect(talliesOf(await Promise.all(people.map((who) => claim(who, template))))).toEqual({ coupons_gone: 90, ok: 10 });
  expect([await couponsOf(template), await issuedOf(template)]).toEqual([10, 10]);
});

test("one person claims in twenty tabs: they get as many as one person may", async () => {
  const [lin, template] = [await aUser(), await aCouponTemplate({ isClaimable: true, claimLimit: 3 })];
  expect(talliesOf(await atOnce(20, () => claim(lin, template)))).toEqual({ coupon_limit: 17, ok: 3 });
  expect([await couponsOf(template), await issuedOf(template)]).toEqual([3, 3]);
});

test("fifty people type one code: it is one person's", async () => {
  const [people, template] = [await usersWith(1, 50), await aCouponTemplate()];
  await perform(theShop, (ctx) => makeCodes(ctx, { templateId: template.id, quantity: 1, until: null }));
  const [{ code } = { code: "" }] = await rows<{ code: string }>("SELECT code FROM coupons WHERE template_id = ?", [template.id]);
  expect(talliesOf(await Promise.all(people.map((who) => answerOf(perform(who.actor, (ctx) => redeemCode(ctx, { code }))))))).toEqual({ coupon_code_used: 49, ok: 1 });
  expect(await count("SELECT COUNT(*) FROM coupons WHERE template_id = ? AND user_id IS NOT NULL", [template.id])).toBe(1);
});

test("one person types twenty codes at once: they keep to what one person may have", async () => {
  const [lin, template] = [await aUser(), await aCouponTemplate({ claimLimit: 4 })];
  await perform(theShop, (ctx) => makeCodes(ctx, { templateId: template.id, quantity: 20, until: null }));
  const codes = await rows<{ code: string }>("SELECT code FROM coupons WHERE template_id = ?", [template.id]);
  expect(talliesOf(await Promise.all(codes.map(({ code }) => answerOf(perform(lin.actor, (ctx) => redeemCode(ctx, { code }))))))).toEqual({ coupon_limit: 16, ok: 4 });
});

test("claims, orders and printed codes at once share one limit, to the last", async () => {
  const [people, template] = [await usersWith(1, 60), await aCouponTemplate({ isClaimable: true, issuedMax: 25 })];
  const print = () => answerOf(perform(theShop, (ctx) => makeCodes(ctx, { templateId: template.id, quantity: 4, until: null })));
  await Promise.all([...people.map((who, index) => (index % 2 === 0 ? claim(who, template) : issue(who, template))), ...Array.from({ length: 5 }, print)]);
  await Promise.all(people.map((who) => issue(who, template)));
  expect([await couponsOf(template), await issuedOf(template)]).toEqual([25, 25]);
});

test("one source in thirty processes gives one coupon, whatever is taken back meanwhile", async () => {
  const [lin, template, source] = [await aUser(), await aCouponTemplate(), randomUUID()];
  const takeBack = () => perform(theShop, (ctx) => voidIssued(ctx, { type: "order", id: source }));
  await Promise.all([...Array.from({ length: 30 }, () => issue(lin, template, source)), takeBack(), takeBack()]);
  expect([await couponsOf(template), await issuedOf(template)]).toEqual([1, 1]);
});

test("terms that change while coupons are given out change before the first or not at all", async () => {
  const [people, { id }] = [await usersWith(1, 30), await aCouponTemplate({ isClaimable: true })];
  const change = (amount: number) => answerOf(perform(theShop, (ctx) => saveTemplate(ctx, TemplateInput.parse({ requestId: "k", id, name: "¥5 off", kind: "amount", amount, validDays: 30, isClaimable: true, status: "active" }))));
  const [claims, changes] = await Promise.all([Promise.all(people.map((who) => claim(who, { id }))), Promise.all([600, 700, 800].map(change))]);
  expect(talliesOf(claims)).toEqual({ ok: 30 });
  const last = await rows<{ id: number }>("SELECT id FROM events WHERE subject_type = 'coupon_template' AND subject_id = ? ORDER BY id DESC LIMIT 1", [String(id)]);
  const changed = changes.filter((answer) => answer === "ok").length;
  expect([changed + changes.filter((answer) => answer === "coupon_in_use").length, last.length]).toEqual([3, 1]);
  expect(await change(900)).toBe("coupon_in_use");
});

test("the file of a batch is handed out to one of ten who ask", async () => {
  const template = await aCouponTemplate();
  const { batch } = await perform(theShop, (ctx) => makeCodes(ctx, { templateId: template.id, quantity: 50, until: null }));
  expect(talliesOf(await atOnce(10, () => answerOf(perform(theShop, (ctx) => takeCodes(ctx, { templateId: template.id, batch })))))).toEqual({ codes_taken: 9, ok: 1 });
});
