import { randomUUID } from "node:crypto";

import { afterEach, expect, test } from "vitest";

import { addDays, dayOf, startOfDay } from "@/lib/day";
import { emit } from "@/lib/events/commands";
import { cancelOrder } from "@/lib/orders/commands";
import { refundItem } from "@/lib/orders/refunding/commands";
import { perform } from "@/lib/perform";
import { forgetPolicy } from "@/lib/settings/queries";
import { claimTask } from "@/lib/tasks/commands";
import { saveTask } from "@/lib/tasks/editing/commands";
import { TaskInput } from "@/lib/tasks/schema";
import { count, rows } from "@/test/database";
import { accountOf, aKettle, aMug, anOrder, aTask, aUser, balanceOf, eventsAbout, ledgerOf, pay, refusalOf, theClock, theShop, ZONE, type TestUser } from "@/test/world";

import { settleTasksJob } from "./settle-tasks";

const claim = (who: TestUser, task: { id: number }, now?: Date) => perform(who.actor, (ctx) => claimTask(ctx, { taskId: task.id }), now);
const cancel = (who: TestUser, { orderId }: { orderId: string }) => perform(who.actor, (ctx) => cancelOrder(ctx, { requestId: randomUUID(), orderId }));
let runs = 0;
/** Some minutes after the run before: every event until then has been heard of. */
const settle = (now = new Date(theClock.now().getTime() + ++runs * 300_000), deadline = Date.now() + 20_000) => settleTasksJob.run(now, deadline);
const takenBack = (who: TestUser) => count("SELECT COUNT(*) FROM user_tasks WHERE user_id = ? AND rolled_back_at IS NOT NULL", [who.id]);

afterEach(async () => {
  await rows("DELETE FROM settings");
  forgetPolicy();
});

test("a reward whose order was cancelled is taken back, once, with an entry and an event", async () => {
  const lin = await aUser({ points: 50 });
  const task = await aTask();
  const order = await anOrder(lin, await aKettle());
  await claim(lin, task);
  await cancel(lin, order);
  expect(await balanceOf(lin)).toBe(100);
  expect(await settle()).toMatchObject({ undone: 1, points: 50, finished: 1, failures: [] });
  expect(await balanceOf(lin)).toBe(50);
  expect((await ledgerOf(lin)).at(-1)).toMatchObject({ kind: "claw_back", points_change: -50, source_type: "task_undo", source_id: `${lin.id}:${task.id}:once` });
  expect((await eventsAbout("user", lin.id)).at(-1)).toEqual({ name: "task.rolled_back", actor_id: null, data: { taskId: task.id, period: "once", points: 50 } });
  expect(await settle()).toMatchObject({ people: 0, undone: 0 });
  expect(await refusalOf(claim(lin, task))).toBe("task_already_claimed");
});

test("a refund piece by piece takes the reward back with the last piece", async () => {
  const lin = await aUser({ points: 300 });
  const task = await aTask({ metric: "paid_orders" });
  const { orderId } = await anOrder(lin, await aKettle(), { quantity: 2 });
  await pay(lin, orderId);
  await claim(lin, task);
  const staff = await aUser({ role: "staff" });
  const takeBack = () => perform(staff.actor, (ctx) => refundItem(ctx, { requestId: randomUUID(), orderId, line: 1, quantity: 1, restock: false, reason: "broken" }));
  await takeBack();
  await settle();
  expect(await takenBack(lin)).toBe(0);
  await takeBack();
  await settle();
  expect(await takenBack(lin)).toBe(1);
  expect(await balanceOf(lin)).toBe(300);
});

test("a review that is rejected after it was approved takes its reward with it", async () => {
  const [lin, staff] = [await aUser({ points: 200 }), await aUser({ role: "staff" })];
  const task = await aTask({ metric: "reviews" });
  const mug = await aMug();
  const { orderId } = await anOrder(lin, mug);
  await rows("INSERT INTO reviews (user_id, product_id, order_id, rating, body, status) SELECT ?, ?, id, 5, 'good', 'approved' FROM orders WHERE public_id = ?", [lin.id, mug.id, orderId]);
  await claim(lin, task, new Date(theClock.now().getTime() + 1_000));
  const [review] = await rows<{ id: number }>("SELECT id FROM reviews WHERE user_id = ?", [lin.id]);
  await perform(staff.actor, async (ctx) => {
    await rows("UPDATE reviews SET status = 'rejected' WHERE id = ?", [review!.id]);
    await emit(ctx, { name: "review.moderated", subject: { type: "review", id: String(review!.id) }, data: { userId: lin.id, productId: mug.id, status: "rejected" } });
  });
  await settle();
  expect(await takenBack(lin)).toBe(1);
});

test("what was spent meanwhile becomes debt, or what the policy says", async () => {
  const [lin, mei] = [await aUser({ points: 50 }), await aUser({ points: 50 })];
  const task = await aTask({ rewardPoints: 100 });
  const mug = await aMug({ initialStock: 2 });
  for (const who of [lin, mei]) {
    const order = await anOrder(who, await aKettle());
    await claim(who, task);
    await anOrder(who, mug);
    await cancel(who, order);
    // The order that spent it holds the task: only when it is gone too is nothing left of its ground.
    await settle();
    expect(await takenBack(who)).toBe(0);
    await rows("UPDATE orders SET status = 'cancelled' WHERE user_id = ? AND status = 'paid'", [who.id]);
    await rows("INSERT INTO events (name, subject_type, subject_id, data, created_at) SELECT 'order.cancelled', 'order', public_id, '{}', ? FROM orders WHERE user_id = ? AND points_spent = 100", [theClock.now(), who.id]);
    if (who === mei) await rows("INSERT INTO settings (name, value) VALUES ('clawBack', '\"to_zero\"')");
    forgetPolicy();
    await settle();
    expect(await takenBack(who)).toBe(1);
    await rows("UPDATE orders SET status = 'paid' WHERE user_id = ? AND points_spent = 100", [who.id]);
    await rows("DELETE FROM events WHERE name = 'order.cancelled' AND subject_id IN (SELECT public_id FROM orders WHERE user_id = ? AND points_spent = 100)", [who.id]);
  }
  expect([await accountOf(lin), await accountOf(mei)]).toMatchObject([{ points_balance: 0, points_debt: 50 }, { points_balance: 0, points_debt: 0 }]);
});

test("an order too many holds the claim; the one below the target does not", async () => {
  const lin = await aUser({ points: 200 });
  const task = await aTask({ target: 2 });
  const kettle = await aKettle();
  const orders = [await anOrder(lin, kettle), await anOrder(lin, kettle), await anOrder(lin, kettle)];
  await claim(lin, task);
  await cancel(lin, orders[0]!);
  await settle();
  expect(await takenBack(lin)).toBe(0);
  await cancel(lin, orders[1]!);
  await settle();
  expect(await takenBack(lin)).toBe(1);
});

test("an order of a day that is over counts for that day: tomorrow's does not make up for it", async () => {
  const lin = await aUser({ points: 200 });
  const task = await aTask({ period: "daily" });
  const kettle = await aKettle();
  const order = await anOrder(lin, kettle);
  await claim(lin, task);
  const tomorrow = new Date(startOfDay(addDays(dayOf(theClock.now(), ZONE), 1), ZONE).getTime() + 3_600_000);
  await anOrder(lin, kettle, {}, tomorrow);
  await cancel(lin, order);
  await settle(new Date(tomorrow.getTime() + 3_600_000));
  expect(await takenBack(lin)).toBe(1);
});

test("a task that does not roll back keeps its reward; one whose target was raised later too", async () => {
  const lin = await aUser({ points: 200 });
  const kind = await aTask({ rollsBack: false });
  const raised = await aTask();
  const kettle = await aKettle();
  const [first] = [await anOrder(lin, kettle), await anOrder(lin, kettle)];
  await claim(lin, kind);
  await claim(lin, raised);
  await perform(theShop, (ctx) => saveTask(ctx, TaskInput.parse({ requestId: "x", id: raised.id, name: "raised", metric: "redemptions", target: 9, period: "once", rewardPoints: 50, status: "active" })));
  await cancel(lin, first);
  await settle();
  expect(await takenBack(lin)).toBe(0);
});

test("cards are taken back as far as they are still held", async () => {
  const lin = await aUser({ points: 50 });
  const task = await aTask({ rewardPerk: "make_up_card", rewardPerkQuantity: 2 });
  const order = await anOrder(lin, await aKettle());
  await claim(lin, task);
  await rows("INSERT INTO perk_moves (user_id, perk, quantity, source_type, source_id) VALUES (?, 'make_up_card', -1, 'make_up', ?)", [lin.id, randomUUID()]);
  await cancel(lin, order);
  await settle();
  expect(await count("SELECT SUM(quantity) FROM perk_moves WHERE user_id = ?", [lin.id])).toBe(0);
});

test("a policy that lets points be takes none, and the claim is still marked", async () => {
  const lin = await aUser({ points: 50 });
  const task = await aTask({ rewardPerk: "streak_freeze", rewardPerkQuantity: 1, rewardPoints: 20 });
  const order = await anOrder(lin, await aKettle());
  await claim(lin, task);
  await cancel(lin, order);
  await rows("INSERT INTO settings (name, value) VALUES ('clawBack', '\"keep\"')");
  forgetPolicy();
  await settle();
  expect([await takenBack(lin), await balanceOf(lin), await count("SELECT SUM(quantity) FROM perk_moves WHERE user_id = ?", [lin.id])]).toEqual([1, 70, 1]);
});

test("cut off before anybody was settled, the next run settles them; what was just written waits until it can be the last", async () => {
  const people = [await aUser({ points: 50 }), await aUser({ points: 50 })];
  const task = await aTask();
  const kettle = await aKettle();
  for (const who of people) {
    const order = await anOrder(who, kettle);
    await claim(who, task);
    await cancel(who, order);
  }
  expect(await settle(theClock.now())).toMatchObject({ undone: 0, finished: 1 });
  expect(await settle(undefined, Date.now() - 1)).toMatchObject({ undone: 0, finished: 0 });
  expect(await settle()).toMatchObject({ people: 2, undone: 2 });
});

test("a run without news looks at nobody and writes nothing", async () => {
  await settle();
  await settle();
  const kept = await count("SELECT COUNT(*) FROM job_runs");
  expect(await settle()).toEqual({ people: 0, undone: 0, points: 0, finished: 1, failures: [] });
  expect(await count("SELECT COUNT(*) FROM job_runs")).toBe(kept);
});
