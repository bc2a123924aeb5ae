import { randomUUID } from "node:crypto";

import { afterEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { saveAddress } from "@/lib/accounts/commands";
import { addDays, startOfDay, weekdayOf, type Day } from "@/lib/day";
import { cancelOrder } from "@/lib/orders/commands";
import { perform } from "@/lib/perform";
import { DEFAULT_POLICY } from "@/lib/settings/policy";
import { count, rows } from "@/test/database";
import { aKettle, aMug, anOrder, aTask, aUser, balanceOf, eventsAbout, freeze, ledgerOf, pay, refusalOf, theClock, theShop, unfreeze, ZONE, type TestUser } from "@/test/world";

import { claimTask, type Claimed } from "./commands";
import { saveTask, setTaskStatus } from "./editing/commands";
import { listTasks, type PersonalTask } from "./queries";
import { TaskInput } from "./schema";

const claim = (who: TestUser, task: { id: number }, now?: Date): Promise<Claimed> => perform(who.actor, (ctx) => claimTask(ctx, { taskId: task.id }), now);
const shown = async (who: TestUser, task: { id: number }, now = theClock.now()): Promise<PersonalTask | undefined> =>
  (await listTasks(db(), who.id, now, DEFAULT_POLICY)).find(({ id }) => id === task.id);

/** A day as its row alone: it has no entry, so it is gone again before the books are looked at. */
const aCheckIn = (who: TestUser, localDay: Day, kind = "check_in") =>
  rows("INSERT INTO check_ins (user_id, local_day, kind, streak_days, points) VALUES (?, ?, ?, 1, 0)", [who.id, localDay, kind]);
afterEach(() => rows("DELETE FROM check_ins"));
/** The Monday after next, so that nothing of a test's own making is in its week. */
const aMonday = (): Day => addDays(theClock.today(), 15 - weekdayOf(theClock.today()));
const second = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1_000);
const noonOf = (day: Day): Date => second(startOfDay(day, ZONE), 12 * 3_600);

test("a finished task is claimed by one tap: the points in the ledger under its own name, with an event", async () => {
  const lin = await aUser({ points: 100 });
  const task = await aTask();
  await anOrder(lin, await aMug());
  expect(await shown(lin, task)).toMatchObject({ state: "claimable", progress: 1, target: 1 });
  expect(await claim(lin, task)).toEqual({ points: 50, perk: null, perkQuantity: 0, pointsAvailable: 50 });
  expect((await ledgerOf(lin)).at(-1)).toMatchObject({ kind: "earn", points_change: 50, source_type: "task", source_id: `${lin.id}:${task.id}:once` });
  expect(await rows("SELECT breakdown FROM points_transactions WHERE user_id = ? AND source_type = 'task'", [lin.id])).toEqual([{ breakdown: { task: 50 } }]);
  expect((await eventsAbout("user", lin.id)).at(-1)).toEqual({ name: "task.claimed", actor_id: lin.id, data: { taskId: task.id, period: "once", points: 50 } });
  expect(await shown(lin, task)).toMatchObject({ state: "claimed", progress: 1 });
});

test("nobody claims before it is done, twice, or what is not there", async () => {
  const lin = await aUser({ points: 300 });
  const task = await aTask({ target: 2 });
  const mug = await aMug({ initialStock: 9 });
  await expect(claim(lin, task)).rejects.toMatchObject({ code: "task_not_done", detail: { missing: 2 } });
  await anOrder(lin, mug);
  await expect(claim(lin, task)).rejects.toMatchObject({ code: "task_not_done", detail: { missing: 1 } });
  expect(await shown(lin, task)).toMatchObject({ state: "open", progress: 1 });
  await anOrder(lin, mug);
  await claim(lin, task);
  expect(await refusalOf(claim(lin, task))).toBe("task_already_claimed");
  expect(await refusalOf(claim(lin, { id: 999_999_999 }))).toBe("not_found");
  expect(await balanceOf(lin)).toBe(150);
});

test("a frozen or held account claims nothing, and can once it is free", async () => {
  const lin = await aUser({ points: 100 });
  const task = await aTask();
  await anOrder(lin, await aMug());
  await rows("UPDATE point_accounts SET is_held = TRUE WHERE user_id = ?", [lin.id]);
  expect(await refusalOf(claim(lin, task))).toBe("account_held");
  await rows("UPDATE point_accounts SET is_held = FALSE WHERE user_id = ?", [lin.id]);
  await freeze(lin);
  expect(await refusalOf(claim(lin, task))).toBe("account_frozen");
  await unfreeze(lin);
  expect(await claim(lin, task)).toMatchObject({ points: 50 });
});

test("a reward may be cards; a frozen account gets none either", async () => {
  const lin = await aUser({ points: 100 });
  const task = await aTask({ rewardPerk: "make_up_card", rewardPerkQuantity: 2 });
  await anOrder(lin, await aMug());
  expect(await claim(lin, task)).toMatchObject({ points: 0, perk: "make_up_card", perkQuantity: 2 });
  expect(await rows("SELECT perk, quantity, source_type FROM perk_moves WHERE user_id = ?", [lin.id])).toEqual([{ perk: "make_up_card", quantity: 2, source_type: "task" }]);
  expect((await ledgerOf(lin)).filter(({ source_type }) => source_type === "task")).toEqual([]);
  const mei = await aUser({ points: 100 });
  await anOrder(mei, await aMug());
  await freeze(mei);
  expect(await refusalOf(claim(mei, task))).toBe("account_frozen");
});

test("a reward of streak freezes gives as many as there is room for, and at the limit none", async () => {
  const lin = await aUser({ points: 100 });
  await anOrder(lin, await aMug());
  const claimed = [];
  for (let times = 0; times < 2; times++) claimed.push(await claim(lin, await aTask({ rewardPerk: "streak_freeze", rewardPerkQuantity: 3 })));
  expect(claimed).toMatchObject([{ perk: "streak_freeze", perkQuantity: DEFAULT_POLICY.freezesHeldMax }, { perk: null, perkQuantity: 0 }]);
  expect(await count("SELECT SUM(quantity) FROM perk_moves WHERE user_id = ?", [lin.id])).toBe(DEFAULT_POLICY.freezesHeldMax);
});

test("a campaign is open from its first instant to before its last, and a task in no other status than active", async () => {
  const lin = await aUser({ points: 100 });
  await anOrder(lin, await aMug());
  const startsAt = second(theClock.now(), -3_600);
  const endsAt = second(theClock.now(), 3_600);
  const task = await aTask({ period: "campaign", startsAt, endsAt });
  expect(await refusalOf(claim(lin, task, second(endsAt, 1)))).toBe("task_not_open");
  expect(await refusalOf(claim(lin, task, endsAt))).toBe("task_not_open");
  expect(await refusalOf(claim(lin, task, second(startsAt, -1)))).toBe("task_not_open");
  expect(await shown(lin, task, second(endsAt, 1))).toBeUndefined();
  await perform(theShop, (ctx) => setTaskStatus(ctx, { requestId: "x", id: task.id, status: "draft" }));
  expect(await refusalOf(claim(lin, task))).toBe("task_not_open");
  await perform(theShop, (ctx) => setTaskStatus(ctx, { requestId: "x", id: task.id, status: "active" }));
  expect(await claim(lin, task, second(endsAt, -1))).toMatchObject({ points: 50 });
});

test("what happened before a campaign does not count towards it", async () => {
  const lin = await aUser({ points: 100 });
  await anOrder(lin, await aMug());
  const task = await aTask({ period: "campaign", startsAt: second(theClock.now(), 60), endsAt: second(theClock.now(), 3_600) });
  expect(await refusalOf(claim(lin, task, second(theClock.now(), 120)))).toBe("task_not_done");
});

test("five check-ins in a week: once in that week, made-up days too, frozen ones not, and again in the next", async () => {
  const lin = await aUser();
  const task = await aTask({ metric: "check_ins", period: "weekly", target: 5 });
  const monday = aMonday();
  for (const [days, kind] of [[-1, "check_in"], [0, "check_in"], [1, "make_up"], [2, "freeze"], [3, "check_in"], [4, "check_in"]] as const) await aCheckIn(lin, addDays(monday, days), kind);
  const friday = noonOf(addDays(monday, 4));
  expect(await refusalOf(claim(lin, task, friday))).toBe("task_not_done");
  await aCheckIn(lin, addDays(monday, 6));
  const weekEnds = startOfDay(addDays(monday, 7), ZONE);
  expect(await refusalOf(claim(lin, task, second(startOfDay(monday, ZONE), -1)))).toBe("task_not_done");
  expect(await claim(lin, task, second(weekEnds, -1))).toMatchObject({ points: 50 });
  expect(await refusalOf(claim(lin, task, second(weekEnds, -1)))).toBe("task_already_claimed");
  expect(await refusalOf(claim(lin, task, second(weekEnds, 1)))).toBe("task_not_done");
  for (const days of [7, 8, 9, 10, 11]) await aCheckIn(lin, addDays(monday, days));
  expect(await claim(lin, task, noonOf(addDays(monday, 11)))).toMatchObject({ points: 50 });
  expect(await rows("SELECT period FROM user_tasks WHERE user_id = ? ORDER BY period", [lin.id])).toEqual([{ period: monday }, { period: addDays(monday, 7) }]);
});

test("a daily task starts again at the programme's midnight", async () => {
  const lin = await aUser({ points: 300 });
  const task = await aTask({ period: "daily" });
  const mug = await aMug({ initialStock: 9 });
  const midnight = startOfDay(addDays(theClock.today(), 2), ZONE);
  await anOrder(lin, mug, {}, second(midnight, -1));
  await claim(lin, task, second(midnight, -1));
  expect(await shown(lin, task, midnight)).toMatchObject({ state: "open", progress: 0, until: startOfDay(addDays(theClock.today(), 3), ZONE) });
  await anOrder(lin, mug, {}, second(midnight, 1));
  expect(await claim(lin, task, second(midnight, 1))).toMatchObject({ points: 50 });
});

test("three orders in thirty days: one of them a second too old is two", async () => {
  const lin = await aUser({ points: 300 });
  const task = await aTask({ target: 3, windowDays: 30 });
  const mug = await aMug({ initialStock: 9 });
  const now = second(theClock.now(), 40 * 86_400);
  const first = second(now, -30 * 86_400);
  for (const at of [first, second(first, 86_400), second(first, 2 * 86_400)]) await anOrder(lin, mug, {}, at);
  await expect(claim(lin, task, second(now, 1))).rejects.toMatchObject({ code: "task_not_done", detail: { missing: 1 } });
  expect(await claim(lin, task, now)).toMatchObject({ points: 50 });
});

test("a chain opens step by step: the next when the one before was claimed in its own present period", async () => {
  const lin = await aUser({ points: 200 });
  const first = await aTask({ name: "first" });
  const next = await aTask({ name: "next", afterTaskId: first.id });
  await anOrder(lin, await aMug());
  expect(await shown(lin, next)).toMatchObject({ state: "locked", after: { name: "first" } });
  expect(await refusalOf(claim(lin, next))).toBe("task_not_open");
  await claim(lin, first);
  expect(await shown(lin, next)).toMatchObject({ state: "claimable", after: null });
  expect(await claim(lin, next)).toMatchObject({ points: 50 });

  const weekly = await aTask({ name: "weekly", metric: "check_ins", period: "weekly" });
  const bonus = await aTask({ name: "bonus", metric: "check_ins", period: "weekly", afterTaskId: weekly.id });
  const monday = aMonday();
  await aCheckIn(lin, monday);
  await aCheckIn(lin, addDays(monday, 7));
  await claim(lin, weekly, noonOf(monday));
  expect(await refusalOf(claim(lin, bonus, noonOf(addDays(monday, 7))))).toBe("task_not_open");
  expect(await claim(lin, bonus, noonOf(addDays(monday, 6)))).toMatchObject({ points: 50 });
});

test("a cancelled order counts for nothing, and only cash that was paid counts as a paid order", async () => {
  const lin = await aUser({ points: 300 });
  const redeemed = await aTask({ target: 2 });
  const paid = await aTask({ metric: "paid_orders" });
  const kettle = await aKettle();
  const { orderId } = await anOrder(lin, kettle);
  const kept = await anOrder(lin, kettle);
  expect([await shown(lin, redeemed), await shown(lin, paid)].map((task) => task?.progress)).toEqual([2, 0]);
  await perform(lin.actor, (ctx) => cancelOrder(ctx, { requestId: "x", orderId }));
  await pay(lin, kept.orderId);
  expect([await shown(lin, redeemed), await shown(lin, paid)].map((task) => task?.progress)).toEqual([1, 1]);
});

test("a profile is complete with a name, a birthday, an address and a proved e-mail address", async () => {
  const lin = await aUser({ isVerified: false });
  const task = await aTask({ metric: "profile", target: 4, rewardPoints: 30 });
  const progress = async () => (await shown(lin, task))?.progress;
  expect(await progress()).toBe(1);
  await rows("UPDATE users SET email_verified_at = NOW(3), birthday = '1990-02-28' WHERE id = ?", [lin.id]);
  expect(await progress()).toBe(3);
  for (const street of ["1", "2"]) await perform(lin.actor, (ctx) => saveAddress(ctx, lin.id, { recipient: "Lin", phone: "1", region: "r", street, postcode: "" }));
  expect(await progress()).toBe(4);
  expect(await claim(lin, task)).toMatchObject({ points: 30 });
});

test("visits, friends, reviews and custom events count, each only its own", async () => {
  const [lin, mei, tom, ada] = [await aUser(), await aUser(), await aUser(), await aUser({ isVerified: false })];
  const today = theClock.today();
  const mug = await aMug();
  const order = await anOrder(await aUser({ points: 100 }), mug);
  await rows("INSERT INTO visits (user_id, local_day) VALUES (?, ?), (?, ?)", [lin.id, today, mei.id, today]);
  await rows("INSERT INTO share_visits (sharer_id, visitor_key, subject, local_day) VALUES (?, 'a', 'shop', ?), (?, 'b', 'shop', ?)", [lin.id, today, lin.id, today]);
  await rows("INSERT INTO referrals (friend_id, inviter_id, status, flags) VALUES (?, ?, 'open', '[]'), (?, ?, 'review', '[]'), (?, ?, 'open', '[]')", [mei.id, lin.id, tom.id, lin.id, ada.id, lin.id]);
  await rows("INSERT INTO reviews (user_id, product_id, order_id, rating, body, status, moderated_at) SELECT ?, ?, id, 5, 'good', 'approved', created_at FROM orders WHERE public_id = ?", [lin.id, mug.id, order.orderId]);
  await rows("INSERT INTO custom_events (user_id, name, external_id, data) VALUES (?, 'app.opened', ?, '{}'), (?, 'app.closed', ?, '{}')", [lin.id, randomUUID(), lin.id, randomUUID()]);
  const metrics = ["visits", "friends_visited", "friends_joined", "reviews"] as const;
  const tasks = await Promise.all(metrics.map((metric) => aTask({ metric, target: 9 })));
  const custom = await aTask({ metric: "custom", eventName: "app.opened", target: 9 });
  const list = await listTasks(db(), lin.id, second(theClock.now(), 5), DEFAULT_POLICY);
  expect([...tasks, custom].map(({ id }) => list.find((task) => task.id === id)?.progress)).toEqual([1, 2, 1, 1, 1]);
});

test("nobody's progress is made of anybody else's deeds", async () => {
  const [lin, mei] = [await aUser({ points: 100 }), await aUser()];
  const task = await aTask();
  await anOrder(lin, await aMug());
  expect(await shown(mei, task)).toMatchObject({ state: "open", progress: 0 });
  expect(await refusalOf(claim(mei, task))).toBe("task_not_done");
});

const input = (more: Partial<TaskInput> = {}): TaskInput =>
  TaskInput.parse({ requestId: "x", name: "a task", metric: "redemptions", target: 1, period: "once", rewardPoints: 10, status: "active", ...more });
const save = (more: Partial<TaskInput> = {}) => perform(theShop, (ctx) => saveTask(ctx, input(more)));

test("a change is kept with what was before and after; none, when nothing changed", async () => {
  const { id } = await save();
  await save({ id, rewardPoints: 20, endsAt: new Date("2030-01-01T00:00:00Z") });
  await save({ id, rewardPoints: 20, endsAt: new Date("2030-01-01T00:00:00Z") });
  const found = await rows<{ name: string; data: { changes: object } }>("SELECT name, data FROM events WHERE subject_type = 'task' AND subject_id = ? ORDER BY id", [String(id)]);
  expect(found.map(({ name }) => name)).toEqual(["task.created", "task.changed"]);
  expect(found[1]!.data.changes).toEqual({ rewardPoints: [10, 20], endsAt: [null, "2030-01-01T00:00:00.000Z"] });
});

test("a task follows no task that follows it, none that is not active, and is not taken from under its followers", async () => {
  const first = await save();
  const second = await save({ afterTaskId: first.id });
  const about = (work: Promise<unknown>) => expect(work).rejects;
  await about(save({ id: first.id, afterTaskId: second.id })).toMatchObject({ code: "rule_conflict", detail: { about: "chain" } });
  await about(save({ id: first.id, afterTaskId: first.id })).toMatchObject({ code: "rule_conflict", detail: { about: "chain" } });
  await about(save({ afterTaskId: 999_999_999 })).toMatchObject({ code: "rule_conflict", detail: { about: "chain" } });
  await about(perform(theShop, (ctx) => setTaskStatus(ctx, { requestId: "x", id: first.id, status: "archived" }))).toMatchObject({ code: "rule_conflict", detail: { about: "followers" } });
  await about(save({ id: 999_999_999 })).toMatchObject({ code: "not_found" });
  expect(await count("SELECT COUNT(*) FROM tasks WHERE id = ? AND after_task_id IS NULL AND status = 'active'", [first.id])).toBe(1);
});

test("what a claimed task counts stays; its words, reward and target may change", async () => {
  const lin = await aUser({ points: 100 });
  const { id } = await save();
  await save({ id, metric: "paid_orders" });
  await save({ id });
  await anOrder(lin, await aMug());
  await claim(lin, { id });
  await expect(save({ id, metric: "paid_orders" })).rejects.toMatchObject({ code: "rule_conflict", detail: { about: "claimed" } });
  await expect(save({ id, period: "daily" })).rejects.toMatchObject({ code: "rule_conflict" });
  expect(await save({ id, name: "another name", target: 5, rewardPoints: 99 })).toEqual({ id });
});
