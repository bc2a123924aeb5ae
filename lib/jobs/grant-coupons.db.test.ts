import { expect, test } from "vitest";

import { db } from "@/db/client";
import { setTemplateStatus, voidCoupon } from "@/lib/coupons/commands";
import { grantBatch, grantToPerson, grantToSegment, listOpenGrants } from "@/lib/coupons/granting/commands";
import { listNotices } from "@/lib/notifications/queries";
import { tellOfCoupon } from "@/lib/notifications/coupons/commands";
import { perform } from "@/lib/perform";
import { saveSegment } from "@/lib/segments/commands";
import { count, rows } from "@/test/database";
import { aCouponTemplate, atOnce, aUser, eventsAbout, freeze, noonIn, refusalOf, theClock, theShop, usersWith, type TestUser } from "@/test/world";

import { dispatchEvents } from "./dispatch-events";
import { grantCouponsJob } from "./grant-coupons";
import { refreshSegmentsJob } from "./refresh-segments";
import { remindCouponsJob } from "./remind-coupons";

const soon = () => Date.now() + 20_000;
const handOut = (deadline = soon()) => grantCouponsJob.run(theClock.now(), deadline);
const couponsOf = ({ id }: TestUser, template: { id: number }): Promise<number> => count("SELECT COUNT(*) FROM coupons WHERE user_id = ? AND template_id = ?", [id, template.id]);
const toldTo = async ({ id }: TestUser) => (await listNotices(db(), id, { limit: 50 })).notices.filter(({ kind }) => kind === "coupon").map(({ data, link }) => ({ data, link }));

/** A segment of exactly these people, written down. */
async function aSegmentOf(people: readonly TestUser[]): Promise<{ id: number }> {
  const segment = await perform(theShop, (ctx) => saveSegment(ctx, { requestId: "test", name: "some", nameEn: "", definition: { userIds: people.map(({ id }) => id) }, isActive: true }));
  await refreshSegmentsJob.run(theClock.now(), soon());
  return segment;
}

const order = (by: TestUser, template: { id: number }, segment: { id: number }) => perform(by.actor, (ctx) => grantToSegment(ctx, { templateId: template.id, segmentId: segment.id }));

test("everybody of a segment gets one coupon and is told of it; who ordered it, is frozen or came later gets none", async () => {
  const bo = await aUser({ role: "staff" });
  const [lin, mei, frozen, late] = [await aUser(), await aUser(), await aUser(), await aUser()];
  await freeze(frozen);
  const [segment, template] = [await aSegmentOf([lin, mei, frozen, bo]), await aCouponTemplate({ nameEn: "Five off" })];
  const { people, grantId } = await order(bo, template, segment);
  expect(people).toBe(4);
  theClock.passMinutes(1);
  await rows("INSERT INTO segment_members (segment_id, user_id, created_at) VALUES (?, ?, ?)", [segment.id, late.id, theClock.now()]);
  expect(await handOut()).toMatchObject({ people: 2, finished: 1 });
  expect(await Promise.all([lin, mei, frozen, late, bo].map((who) => couponsOf(who, template)))).toEqual([1, 1, 0, 0, 0]);
  expect(await toldTo(lin)).toEqual([{ data: { how: "granted", name: "Five off" }, link: "/coupons" }]);
  expect((await eventsAbout("coupon_template", template.id)).at(-1)).toMatchObject({ name: "coupon_template.granted", data: { grantId, given: 2, missed: 2 } });
  expect(await handOut()).toMatchObject({ people: 0, grants: 0 });
});

test("a grant that is stopped anywhere goes on where it was: nobody is left out and nobody gets two", async () => {
  const [bo, people] = [await aUser({ role: "staff" }), await usersWith(1, 60)];
  const [segment, template] = [await aSegmentOf(people), await aCouponTemplate()];
  await order(bo, template, segment);
  const [grant] = (await perform(theShop, (ctx) => listOpenGrants(ctx, noonIn(-1), 20))).filter(({ templateId }) => templateId === template.id);
  // One batch was committed, another was under way when the machine went down.
  await perform(theShop, (ctx) => grantBatch(ctx, grant!, 0, 25));
  await perform(theShop, async (ctx) => {
    await grantBatch(ctx, grant!, 0, 25);
    throw new Error("the power is gone");
  }).catch(() => null);
  expect(await handOut(Date.now() - 1)).toMatchObject({ people: 0, finished: 0 });
  await Promise.all([handOut(), handOut()]);
  expect(await Promise.all(people.map((who) => couponsOf(who, template)))).toEqual(people.map(() => 1));
  expect(await count("SELECT issued FROM coupon_budgets WHERE template_id = ?", [template.id])).toBe(60);
});

test("coupons that others took meanwhile are missing: the rest is given, and the end says how many went without", async () => {
  const [bo, people] = [await aUser({ role: "staff" }), await usersWith(1, 10)];
  const [segment, template] = [await aSegmentOf(people), await aCouponTemplate({ issuedMax: 10 })];
  await order(bo, template, segment);
  await atOnce(3, async () => perform(bo.actor, async (ctx) => grantToPerson(ctx, { templateId: template.id, email: (await aUser()).email })));
  await handOut();
  expect((await eventsAbout("coupon_template", template.id)).at(-1)).toMatchObject({ name: "coupon_template.granted", data: { given: 7, missed: 3 } });
  expect(await refusalOf(order(bo, await aCouponTemplate({ issuedMax: 9 }), segment))).toBe("coupons_gone");
});

test("one person is given a coupon by their address, hears of it, and hears when it is taken back", async () => {
  const [bo, lin, template] = [await aUser({ role: "staff" }), await aUser(), await aCouponTemplate({ name: "gift", nameEn: "Gift" })];
  const grant = (email: string) => perform(bo.actor, (ctx) => grantToPerson(ctx, { templateId: template.id, email }));
  const { couponId, userId } = await grant(` ${lin.email.toUpperCase()}`);
  expect(userId).toBe(lin.id);
  await dispatchEvents([tellOfCoupon], theClock.now(), soon());
  await perform(bo.actor, (ctx) => voidCoupon(ctx, { couponId, reason: "by mistake" }));
  await perform(bo.actor, (ctx) => voidCoupon(ctx, { couponId, reason: "again" }));
  await dispatchEvents([tellOfCoupon], theClock.now(), soon());
  expect((await toldTo(lin)).map(({ data }) => data)).toEqual([{ how: "voided", name: "Gift" }, { how: "granted", name: "Gift" }]);
  expect((await eventsAbout("coupon", couponId)).map(({ name, actor_id }) => [name, actor_id])).toEqual([["coupon.issued", bo.id], ["coupon.voided", bo.id]]);
});

test("nobody of the staff grants to themselves, to nobody, to who is frozen, or of a template that is not open", async () => {
  const [bo, lin, template] = [await aUser({ role: "staff" }), await aUser({ isFrozen: true }), await aCouponTemplate()];
  const grant = (email: string, { id } = template) => refusalOf(perform(bo.actor, (ctx) => grantToPerson(ctx, { templateId: id, email })));
  expect([await grant(bo.email), await grant("nobody@example.com"), await grant(lin.email)]).toEqual(["coupon_to_oneself", "not_found", "account_frozen"]);
  await perform(theShop, (ctx) => setTemplateStatus(ctx, { requestId: "test", id: template.id, status: "archived" }));
  expect([await grant((await aUser()).email), await refusalOf(order(bo, template, await aSegmentOf([])))]).toEqual(["coupon_not_open", "coupon_not_open"]);
});

test("people hear once of a day on which coupons of theirs end, and not of coupons that were short from the start", async () => {
  const [bo, lin, mei] = [await aUser({ role: "staff" }), await aUser(), await aUser()];
  const give = async (who: TestUser, validDays: number) => perform(bo.actor, async (ctx) => grantToPerson(ctx, { templateId: (await aCouponTemplate({ validDays })).id, email: who.email }));
  await give(lin, 6);
  await give(lin, 6);
  await give(mei, 2);
  const remind = () => remindCouponsJob.run(theClock.now(), soon());
  await remind();
  expect(await toldTo(lin)).toEqual([]);
  theClock.passDays(3);
  await remind();
  theClock.passDays(1);
  await remind();
  expect((await toldTo(lin)).map(({ data }) => data.how)).toEqual(["expiring"]);
  expect(await toldTo(mei)).toEqual([]);
});
