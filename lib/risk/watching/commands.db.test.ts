import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { db } from "@/db/client";
import { addAddress, changeAddress } from "@/lib/accounts/address-book/commands";
import { saveAddress } from "@/lib/accounts/commands";
import { permissionsOf } from "@/lib/accounts/permission";
import { dispatchEvents } from "@/lib/jobs/dispatch-events";
import { watchRiskJob } from "@/lib/jobs/watch-risk";
import { tellOfRisk } from "@/lib/notifications/risk/commands";
import { refundItem } from "@/lib/orders/refunding/commands";
import { perform } from "@/lib/perform";
import { DEFAULT_RISK, type RiskPolicy } from "@/lib/settings/risk";
import { rememberDevice } from "@/lib/sharing/commands";
import { count, rows } from "@/test/database";
import { accountOf, aKettle, anOrder, aUser, pay, staffWith, theClock, theShop, withPolicy, type TestUser } from "@/test/world";

import { listRelated } from "../staff-queries";
import { forgetOldSignals, noteWrongCode, onPlaceShared, onOrderTakenBack } from "./commands";

const risk = (changes: Partial<RiskPolicy>) => ({ risk: { ...DEFAULT_RISK, ...changes } });
const alertsOf = ({ id }: { id: number }) => rows<{ rule: string; mode: string; subject: string; evidence: Record<string, unknown> }>("SELECT rule, mode, subject, evidence FROM risk_alerts WHERE user_id = ? ORDER BY id", [id]);
const HANDLERS = [onPlaceShared, onOrderTakenBack, tellOfRisk];
const dispatch = () => dispatchEvents(HANDLERS, theClock.now(), Date.now() + 20_000);

const knows = (who: TestUser, deviceKey: string) => perform(theShop, (ctx) => rememberDevice(ctx, who.id, deviceKey));

test("three accounts on a device are a family; with the fourth all four are told of, once, and nobody by where they are", async () => {
  const device = randomUUID();
  const people = [await aUser(), await aUser(), await aUser(), await aUser(), await aUser()];
  for (const who of people.slice(0, 3)) await knows(who, device);
  await dispatch();
  expect((await Promise.all(people.map(alertsOf))).flat()).toEqual([]);
  await knows(people[3]!, device);
  await knows(people[3]!, device);
  await dispatch();
  for (const who of people.slice(0, 4)) expect(await alertsOf(who)).toEqual([{ rule: "shared_device", mode: "observe", subject: device, evidence: { accounts: 4, limit: 4 } }]);
  await knows(people[4]!, device);
  await dispatch();
  expect((await Promise.all(people.map(alertsOf))).map(({ length }) => length)).toEqual([1, 1, 1, 1, 1]);
  expect(await count("SELECT COUNT(*) FROM point_accounts WHERE status = 'frozen' OR is_held")).toBe(0);
});

test("who has goods sent where somebody of a shared device does counts with them, however the number is written; an address alone is no reason", async () => {
  const device = randomUUID();
  const [ann, ben, cy, di, eve] = [await aUser(), await aUser(), await aUser(), await aUser(), await aUser()];
  const number = `1${String(Math.abs(ann.id * 7_919) % 10_000_000_000).padStart(10, "3")}`;
  const lives = (who: TestUser, phone: string) => perform(theShop, (ctx) => saveAddress(ctx, who.id, { recipient: who.username, phone, region: "上海市", street: `${who.id} 号`, postcode: "" }));
  for (const [index, who] of [cy, di, eve, await aUser(), await aUser()].entries()) await lives(who, index % 2 === 0 ? number : `+86 ${number.slice(0, 3)} ${number.slice(3, 7)} ${number.slice(7)}`);
  await dispatch();
  expect((await Promise.all([cy, di, eve].map(alertsOf))).flat(), "five at one address").toEqual([]);
  for (const who of [ann, ben]) await knows(who, device);
  await dispatch();
  expect((await Promise.all([ann, ben].map(alertsOf))).flat(), "two on one device").toEqual([]);
  await lives(ben, number);
  await dispatch();
  for (const who of [ann, ben]) expect(await alertsOf(who)).toEqual([{ rule: "shared_device", mode: "observe", subject: device, evidence: { accounts: 2, byAddress: 5, limit: 4 } }]);
  expect((await Promise.all([cy, di, eve].map(alertsOf))).flat(), "nobody is told of for where they live").toEqual([]);
  const related = await listRelated(db(), ben.id, { id: (await aUser({ role: "owner" })).id, permissions: permissionsOf("owner", null) }, theClock.now());
  expect(related.slice(0, 3).map(({ userId, devices, sharesAddress }) => [userId, devices, sharesAddress])).toEqual([[ann.id, 1, false], [cy.id, 0, true], [di.id, 0, true]]);
});

test("an address that is written into the address book, or changed there, counts as one that was ordered to", async () => {
  const device = randomUUID();
  const [ann, ben, cy, di] = [await aUser(), await aUser(), await aUser(), await aUser()];
  const phone = `2${String((ann.id * 6_151) % 1_000_000_000).padStart(9, "4")}`;
  const home = (of: string) => ({ recipient: "x", phone: of, region: "上海市", street: "1 号", postcode: "", isDefault: false });
  for (const who of [cy, di]) await perform(who.actor, (ctx) => addAddress(ctx, home(phone)));
  for (const who of [ann, ben]) await knows(who, device);
  await perform(ann.actor, (ctx) => addAddress(ctx, home(phone.slice(0, -1) + String((Number(phone.at(-1)) + 1) % 10))));
  await dispatch();
  expect(await alertsOf(ben)).toEqual([]);
  const [own] = await rows<{ id: number }>("SELECT id FROM addresses WHERE user_id = ?", [ann.id]);
  await perform(ann.actor, (ctx) => changeAddress(ctx, { id: own!.id, ...home(phone) }));
  await dispatch();
  for (const who of [ann, ben]) expect(await alertsOf(who)).toMatchObject([{ rule: "shared_device", evidence: { accounts: 2, byAddress: 2, limit: 4 } }]);
});

test("a number too short to be anybody's own ties nobody to anybody", async () => {
  const [ann, ben] = [await aUser(), await aUser()];
  for (const who of [ann, ben]) await perform(theShop, (ctx) => saveAddress(ctx, who.id, { recipient: who.username, phone: "12-34 56", region: "上海市", street: "1 号", postcode: "" }));
  expect(await count("SELECT COUNT(*) FROM events WHERE name = 'address.shared' AND subject_id IN (?, ?)", [String(ann.id), String(ben.id)])).toBe(0);
  expect(await listRelated(db(), ben.id, { id: 0, permissions: permissionsOf("owner", null) }, theClock.now())).toEqual([]);
});

test("of five paid orders three taken back are too many, once a month; unpaid ones are none", async () => {
  const [lin, bo, kettle] = [await aUser({ points: 1_000 }), await aUser({ role: "staff" }), await aKettle({ initialStock: 50 })];
  const orders: string[] = [];
  for (let index = 0; index < 5; index++) {
    const { orderId } = await anOrder(lin, kettle);
    await pay(lin, orderId);
    orders.push(orderId);
  }
  await anOrder(lin, kettle);
  const takeBack = async (orderId: string) => {
    await perform(staffWith(bo.id, "staff"), (ctx) => refundItem(ctx, { requestId: randomUUID(), orderId, line: 1, quantity: 1, restock: true, reason: "sent back" }));
    await dispatch();
  };
  await withPolicy(risk({ refundRatio: { mode: "hold", percent: 60, ordersMin: 5 } }), async () => {
    for (const orderId of orders.slice(0, 2)) await takeBack(orderId);
    expect(await alertsOf(lin)).toEqual([]);
    for (const orderId of orders.slice(2, 4)) await takeBack(orderId);
  });
  expect(await alertsOf(lin)).toEqual([{ rule: "refund_ratio", mode: "hold", subject: theClock.today().slice(0, 7), evidence: { orders: 5, takenBack: 3, percent: 60, limit: 60 } }]);
  expect(await count("SELECT is_held FROM point_accounts WHERE user_id = ?", [lin.id])).toBe(1);
});

test("a new account with five orders in its first day is told of; with four, or after the day, it is not", async () => {
  // Of whom earlier tests made order much, everybody has been told.
  await watchRiskJob.run(theClock.now(), Date.now() + 20_000);
  const kettle = await aKettle({ initialStock: 50 });
  const [four, five, slow] = [await aUser({ points: 1_000 }), await aUser({ points: 1_000 }), await aUser({ points: 1_000 })];
  await rows("UPDATE users SET created_at = created_at - INTERVAL 1470 MINUTE WHERE id = ?", [slow.id]);
  for (const [who, times] of [[four, 4], [five, 5], [slow, 6]] as const) for (let index = 0; index < times; index++) await anOrder(who, kettle);
  await withPolicy(risk({ newAccountBurst: { mode: "off", hours: 24, orders: 5 } }), async () => expect(await watchRiskJob.run(theClock.now(), Date.now() + 20_000)).toMatchObject({ alerts: 0 }));
  await withPolicy(risk({ newAccountBurst: { mode: "freeze", hours: 24, orders: 5 } }), async () => {
    expect(await watchRiskJob.run(theClock.now(), Date.now() + 20_000)).toMatchObject({ alerts: 1, finished: 1 });
    expect(await watchRiskJob.run(theClock.now(), Date.now() + 20_000)).toMatchObject({ alerts: 0 });
  });
  expect([await alertsOf(four), await alertsOf(slow)]).toEqual([[], []]);
  expect(await alertsOf(five)).toMatchObject([{ rule: "new_account_burst", mode: "freeze", evidence: { orders: 5, hours: 24 } }]);
  expect(await accountOf(five)).toMatchObject({ status: "frozen" });
});

test("an account that is weeks old is watched as long as the rule says", async () => {
  const kettle = await aKettle({ initialStock: 50 });
  const lin = await aUser({ points: 1_000 });
  await rows("UPDATE users SET created_at = created_at - INTERVAL 20 DAY WHERE id = ?", [lin.id]);
  for (let index = 0; index < 5; index++) await anOrder(lin, kettle);
  await withPolicy(risk({ newAccountBurst: { mode: "observe", hours: 720, orders: 5 } }), () => watchRiskJob.run(theClock.now(), Date.now() + 20_000));
  expect(await alertsOf(lin)).toMatchObject([{ rule: "new_account_burst", evidence: { orders: 5, hours: 720 } }]);
});

test("the twentieth wrong code of an hour holds earnings, the alert keeps counting, and old counts are forgotten", async () => {
  const lin = await aUser();
  const at = new Date(Math.ceil(theClock.now().getTime() / 3_600_000) * 3_600_000);
  const guess = (times: number, now: Date) => Promise.all(Array.from({ length: times }, () => perform(lin.actor, noteWrongCode, now)));
  await guess(19, at);
  expect(await alertsOf(lin)).toEqual([]);
  await guess(19, new Date(at.getTime() + 3_600_000));
  expect(await alertsOf(lin)).toEqual([]);
  await guess(3, at);
  expect(await alertsOf(lin)).toEqual([{ rule: "coupon_guessing", mode: "hold", subject: at.toISOString(), evidence: { times: 22, limit: 20, hour: at.toISOString() } }]);
  expect(await count("SELECT is_held FROM point_accounts WHERE user_id = ?", [lin.id])).toBe(1);
  expect(await perform(theShop, forgetOldSignals, new Date(at.getTime() + 89 * 86_400_000))).toBe(0);
  expect(await perform(theShop, forgetOldSignals, new Date(at.getTime() + 91 * 86_400_000))).toBe(2);
});

test("whoever decides about risks hears of an alert, the others do not", async () => {
  await dispatch();
  const [lin, bo, mei, clerk] = [await aUser(), await aUser({ role: "staff" }), await aUser({ role: "staff" }), await aUser({ role: "staff" })];
  await rows("UPDATE users SET staff_role_id = (SELECT id FROM staff_roles WHERE built_in = 'fulfilment') WHERE id = ?", [clerk.id]);
  await withPolicy(risk({ couponGuessing: { mode: "observe", times: 3 } }), () => Promise.all([1, 2, 3].map(() => perform(lin.actor, noteWrongCode))));
  await dispatch();
  const told = ({ id }: { id: number }) => rows("SELECT kind, data, link FROM notifications WHERE user_id = ? ORDER BY id DESC LIMIT 1", [id]);
  expect(await told(bo)).toEqual([{ kind: "risk_alert", data: { how: "alert", rule: "coupon_guessing", mode: "observe" }, link: "/admin/risk" }]);
  expect([await told(clerk), await told(lin)]).toEqual([[], []]);
  await withPolicy(risk({ couponGuessing: { mode: "observe", times: 3 } }), () => Promise.all([1, 2, 3].map(() => perform(bo.actor, noteWrongCode))));
  await rows("DELETE FROM notifications WHERE user_id IN (?, ?)", [bo.id, mei.id]);
  await dispatch();
  expect([await told(bo), (await told(mei)).length]).toEqual([[], 1]);
});
