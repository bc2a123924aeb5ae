import { expect, test } from "vitest";

import { refuseUnlessProven } from "@/lib/accounts/credentials/commands";
import { acceptInvitation, inviteStaff } from "@/lib/accounts/invitations/commands";
import { hashPassword } from "@/lib/accounts/password";
import { findSession } from "@/lib/accounts/queries";
import { addAddress } from "@/lib/accounts/address-book/commands";
import { cancelOrder } from "@/lib/orders/commands";
import { submitBatch } from "@/lib/adjustments/batches/commands";
import { requestAdjustment } from "@/lib/adjustments/commands";
import { completeOrder } from "@/lib/orders/receiving/commands";
import { eraseOwnAccount } from "@/lib/own-account";
import { perform } from "@/lib/perform";
import { forgotPassword } from "@/lib/recovery";
import { signInWithPassword, signUpWithPassword } from "@/lib/entrance";
import { saveView } from "@/lib/views/commands";
import { count, rows, violations } from "@/test/database";
import { accountOf, aKettle, aMug, anOrder, atOnce, aToken, aUser, balanceOf, becomes, eventsAbout, ledgerOf, mailTo, redeemAlone, refusalOf, tally, theClock, theShop, unique, type TestUser } from "@/test/world";

import { eraseAccount } from "./commands";
import { findErasureObstacles } from "./queries";
import { db } from "@/db/client";

const PASSWORD = "correct horse battery";
const HERE = "203.0.113.7";
const home = { recipient: "林溪远", phone: "13811112222", region: "上海市 徐汇区", street: "复兴西路 199 弄 6 号", postcode: "200031" };

const personOf = async (who: TestUser) => (await findSession(await aToken(who)))!;
const erase = async (who: TestUser, current = PASSWORD) => eraseOwnAccount(await personOf(who), current);
const ERASED = { ok: true, value: null };

/** Every text column of the database that holds any of these words, as "table.column". */
async function placesOf(...words: string[]): Promise<string[]> {
  const columns = await rows<{ place: string; col: string }>(
    `SELECT table_name AS place, column_name AS col FROM information_schema.columns
     WHERE table_schema = DATABASE() AND data_type IN ('char', 'varchar', 'text', 'tinytext', 'mediumtext', 'longtext', 'json') AND table_name NOT LIKE '\\_\\_%'`,
  );
  expect(columns.length).toBeGreaterThan(100);
  const found: string[] = [];
  for (const { place, col } of columns) {
    for (const word of words) {
      const hits = await count(`SELECT COUNT(*) FROM \`${place}\` WHERE INSTR(LOWER(CONVERT(CAST(\`${col}\` AS CHAR) USING utf8mb4)), LOWER(?)) > 0`, [word]);
      if (hits > 0) found.push(`${place}.${col}`);
    }
  }
  return [...new Set(found)].sort();
}

/** A person who has done everything that leaves a trace. */
async function aLife(): Promise<TestUser> {
  const lin = await aUser({ name: "linxiyuan", password: PASSWORD, lots: [{ points: 300, expiresInDays: 2 }, { points: 700, expiresInDays: 90 }] });
  await perform(lin.actor, (ctx) => addAddress(ctx, { ...home, isDefault: true }));
  const bought = await anOrder(lin, await aMug({ initialStock: 5 }), { address: home });
  const staff = await aUser({ role: "staff" });
  await rows("UPDATE orders SET delivery = 'virtual' WHERE public_id = ?", [bought.orderId]);
  await perform(staff.actor, (ctx) => completeOrder(ctx, { requestId: unique("k"), orderId: bought.orderId }));
  const undone = await anOrder(lin, await aKettle(), { address: home });
  await perform(lin.actor, (ctx) => cancelOrder(ctx, { requestId: unique("k"), orderId: undone.orderId }));
  await forgotPassword({ email: lin.email }, HERE);
  await aToken(lin);
  const [item] = await rows<{ product_id: number; order_id: number }>("SELECT product_id, order_id FROM order_items WHERE user_id = ? LIMIT 1", [lin.id]);
  await rows("INSERT INTO reviews (user_id, product_id, order_id, rating, body, status) VALUES (?, ?, ?, 5, 'a good mug', 'approved')", [lin.id, item!.product_id, item!.order_id]);
  await rows("INSERT INTO notifications (user_id, kind, subject, data) VALUES (?, 'account_security', 'hello', ?)", [lin.id, JSON.stringify({ name: lin.username })]);
  await rows("INSERT INTO notification_preferences (user_id, kind) VALUES (?, 'order_status')", [lin.id]);
  await rows("INSERT INTO known_devices (user_id, device_key, first_seen_at) VALUES (?, ?, NOW(3))", [lin.id, `device of ${lin.username}`.slice(0, 64)]);
  for (const points of [5, 5_000]) await perform(staff.actor, (ctx) => requestAdjustment(ctx, { userId: lin.id, points, reason: "goodwill", note: `for ${lin.username}`, expiresOn: null, attachmentKey: null }));
  await perform(staff.actor, (ctx) => submitBatch(ctx, { rows: [{ line: 1, who: lin.email, points: "-5", expiresOn: "", note: "" }], reason: "correction", note: `of ${lin.username}`, fileName: `${lin.username}.csv` }));
  await rows("INSERT INTO custom_events (user_id, name, external_id, data) VALUES (?, 'app.opened', ?, ?)", [lin.id, unique("x"), JSON.stringify({ email: lin.email })]);
  await rows("INSERT INTO product_views (local_day, user_id, product_id) VALUES ('2020-02-29', ?, ?)", [lin.id, item!.product_id]);
  await rows("INSERT INTO report_people (user_id, last_order_on, orders, value_cents, recency, frequency, value_score, rfm_group) VALUES (?, '2020-02-29', 1, 100, 1, 1, 1, 'lost')", [lin.id]);
  await perform(staff.actor, (ctx) => saveView(ctx, { list: "users", name: unique("looked for"), query: new URLSearchParams({ q: lin.email, view: "frozen" }).toString(), columns: null, isShared: false }));
  await rows("UPDATE users SET birthday = '2000-02-29', theme = 'dark', time_zone = 'Pacific/Apia' WHERE id = ?", [lin.id]);
  return lin;
}

test("an erased person is nowhere in the database, but for the mail that says goodbye", async () => {
  const lin = await aLife();
  const words = [lin.email, lin.username, home.recipient, home.phone, home.street];
  expect(await placesOf(...words)).toEqual(expect.arrayContaining(["addresses.recipient", "mail_messages.recipient", "orders.address", "users.email", "users.username", "custom_events.data", "notifications.data", "adjustments.note", "adjustment_batches.file_name"]));
  const session = await aToken(lin);
  expect(await erase(lin)).toEqual(ERASED);
  expect(await findSession(session)).toBeNull();
  expect(await mailTo(lin.email)).toMatchObject([{ template: "account_erased", user_id: null }]);
  await rows("DELETE FROM mail_messages WHERE recipient = ?", [lin.email]);
  expect(await placesOf(...words)).toEqual([]);
  expect(await rows("SELECT username, email, role, theme, birthday, time_zone, email_verified_at FROM users WHERE id = ?", [lin.id])).toEqual([
    { username: `erased#${lin.id}`, email: `erased-${lin.id}@invalid`, role: "shopper", theme: null, birthday: null, time_zone: null, email_verified_at: null },
  ]);
  for (const table of ["sessions", "addresses", "account_tokens", "notifications", "notification_preferences", "known_devices", "mail_messages", "product_views", "report_people"]) {
    expect(await count(`SELECT COUNT(*) FROM ${table} WHERE user_id = ?`, [lin.id]), table).toBe(0);
  }
});

test("the ledger stays as it was and gets one line more; orders keep what was bought; the books are right", async () => {
  const lin = await aLife();
  const [before, orders] = [await ledgerOf(lin), await rows("SELECT public_id, status, points_spent, total_cents FROM orders WHERE user_id = ?", [lin.id])];
  expect(before.reduce((sum, { points_change }) => sum + points_change, 0)).toBe(900);
  await erase(lin);
  const after = await ledgerOf(lin);
  expect(after.slice(0, -1)).toEqual(before);
  expect(after.at(-1)).toMatchObject({ kind: "adjust", points_change: -900, balance_after: 0, source_type: "erasure" });
  expect(await accountOf(lin)).toMatchObject({ points_balance: 0, points_debt: 0 });
  expect(await rows("SELECT public_id, status, points_spent, total_cents FROM orders WHERE user_id = ?", [lin.id])).toEqual(orders);
  expect(await rows("SELECT rating, body FROM reviews WHERE user_id = ?", [lin.id])).toEqual([{ rating: 5, body: "a good mug" }]);
  expect((await eventsAbout("user", lin.id)).map(({ name }) => name).slice(-2)).toEqual(["points.adjusted", "account.erased"]);
  expect(await violations()).toEqual([]);
});

test("what staff adjusted stays in numbers, and what waited waits no more", async () => {
  const lin = await aLife();
  await erase(lin);
  expect(await rows("SELECT points, status, note, attachment_key FROM adjustments WHERE user_id = ? ORDER BY id", [lin.id])).toEqual([
    { points: 5, status: "applied", note: "", attachment_key: null }, { points: 5_000, status: "withdrawn", note: "", attachment_key: null }, { points: -5, status: "applied", note: "", attachment_key: null },
  ]);
  expect(await violations()).toEqual([]);
});

test("points that had expired unswept end as expired, pending ones are cancelled", async () => {
  const lin = await aUser({ password: PASSWORD, lots: [{ points: 30, expiresInDays: 0 }, { points: 70, expiresInDays: 9 }] });
  await rows("INSERT INTO pending_points (user_id, points, source_type, source_id, breakdown, activates_at) VALUES (?, 40, 'test', ?, '{\"level\":40}', ?)", [lin.id, unique("p"), new Date(theClock.now().getTime() + 9e9)]);
  await rows("UPDATE point_accounts SET points_pending = 40 WHERE user_id = ?", [lin.id]);
  theClock.passDays(1);
  await erase(lin);
  expect((await ledgerOf(lin)).slice(-2).map(({ kind, points_change }) => [kind, points_change])).toEqual([["expire", -30], ["adjust", -70]]);
  expect(await rows("SELECT status FROM pending_points WHERE user_id = ?", [lin.id])).toEqual([{ status: "cancelled" }]);
  expect(await violations(theClock.now())).toEqual([]);
});

test("somebody without points leaves without a line in the ledger", async () => {
  const lin = await aUser({ password: PASSWORD });
  expect(await erase(lin)).toEqual(ERASED);
  expect(await ledgerOf(lin)).toEqual([]);
});

test("a wrong password erases nobody", async () => {
  const lin = await aUser({ password: PASSWORD, points: 10 });
  expect(await erase(lin, "not it at all")).toMatchObject({ code: "wrong_credentials", fields: { current: "password_wrong" } });
  expect(await balanceOf(lin)).toBe(10);
});

test("orders under way keep the account, and so does a debt", async () => {
  const lin = await aUser({ password: PASSWORD, points: 500 });
  const paid = await anOrder(lin, await aMug());
  const owing = await aUser({ password: PASSWORD });
  await rows("UPDATE point_accounts SET points_debt = 7 WHERE user_id = ?", [owing.id]);
  expect(await refusalOf(erase(lin))).toBe("erasure_blocked");
  expect(await refusalOf(erase(owing))).toBe("erasure_blocked");
  expect(await findErasureObstacles(db(), lin.id)).toMatchObject({ orders: 1, debt: 0 });
  expect(await findErasureObstacles(db(), owing.id)).toMatchObject({ orders: 0, debt: 7 });
  expect(await rows("SELECT username FROM users WHERE id = ?", [lin.id])).toEqual([{ username: lin.username }]);
  await rows("UPDATE point_accounts SET points_debt = 0 WHERE user_id = ?", [owing.id]);
  await perform((await aUser({ role: "staff" })).actor, (ctx) => completeOrder(ctx, { requestId: unique("k"), orderId: paid.orderId }));
  expect(await erase(lin)).toEqual(ERASED);
});

test("the last owner stays; one of two may go", async () => {
  const owner = await aUser({ role: "owner", password: PASSWORD });
  await rows("UPDATE users SET role = 'shopper' WHERE role = 'owner' AND id <> ?", [owner.id]);
  expect(await refusalOf(erase(owner))).toBe("last_owner");
  const second = await aUser();
  await becomes(second, "owner", owner.actor);
  expect(await erase(owner)).toEqual(ERASED);
  expect(await rows("SELECT id FROM users WHERE role = 'owner'")).toEqual([{ id: second.id }]);
});

test("two owners who leave at once leave one behind", async () => {
  const owners = [await aUser({ role: "owner" }), await aUser({ role: "owner" })];
  await rows("UPDATE users SET role = 'shopper' WHERE role = 'owner' AND id NOT IN (?, ?)", owners.map(({ id }) => id));
  const answers = await Promise.all(owners.map((owner) => perform(owner.actor, (ctx) => eraseAccount(ctx, { userId: owner.id, passwordHash: "nobody signs in" })).then(() => "ok", (error: { code: string }) => error.code)));
  expect(answers.sort()).toEqual(["last_owner", "ok"]);
});

test("pressed five times at once, an account is erased once", async () => {
  const lin = await aUser({ password: PASSWORD, points: 50 });
  const person = await personOf(lin);
  const answers = await atOnce(5, () => eraseOwnAccount(person, PASSWORD).catch((error: { code: string }) => ({ ok: false as const, code: error.code, detail: {} })));
  expect(tally(answers as Parameters<typeof tally>[0])).toEqual({ ok: 1, wrong_credentials: 4 });
  expect((await ledgerOf(lin)).map(({ points_change }) => points_change)).toEqual([50, -50]);
});

test("an order that is placed at the same moment is wholly before, and blocks, or finds nothing to spend", async () => {
  const mug = await aMug({ initialStock: 50 });
  for (let round = 0; round < 5; round++) {
    const lin = await aUser({ password: PASSWORD, points: 100 });
    const passwordHash = await hashPassword(PASSWORD);
    await rows("UPDATE users SET password_hash = ? WHERE id = ?", [passwordHash, lin.id]);
    const [order, erasure] = await Promise.all([
      redeemAlone(lin, mug),
      perform(lin.actor, (ctx) => eraseAccount(ctx, { userId: lin.id, passwordHash })).then(() => "ok", (error: { code: string }) => error.code),
    ]);
    expect([order.ok, erasure]).toEqual(order.ok ? [true, "erasure_blocked"] : [false, "ok"]);
  }
});

test("nobody signs in as somebody who was erased, and the address is free for a new person", async () => {
  const lin = await aUser({ password: PASSWORD, points: 10 });
  await erase(lin);
  for (const email of [lin.email, `erased-${lin.id}@invalid`]) expect(await signInWithPassword({ email, password: PASSWORD }, HERE)).toMatchObject({ ok: false });
  expect(await signInWithPassword({ email: lin.email, password: "!" }, HERE)).toMatchObject({ code: "wrong_credentials" });
  expect(await signUpWithPassword({ username: lin.username, email: lin.email, password: PASSWORD }, HERE)).toEqual({ ok: true, value: { mailSent: true } });
  const [again] = await rows<{ id: number }>("SELECT id FROM users WHERE email = ?", [lin.email]);
  expect(again!.id).not.toBe(lin.id);
  expect(await ledgerOf(lin)).toHaveLength(2);
});

test("a password that was compared before it changed proves nothing", async () => {
  const lin = await aUser({ password: PASSWORD });
  expect(await refusalOf(perform(theShop, (ctx) => refuseUnlessProven(ctx, { userId: lin.id, passwordHash: "another" })))).toBe("wrong_credentials");
});

test("who worked in the shop can be forgotten: role, second factor and the address of their invitation go too", async () => {
  const [owner, wei] = [await aUser({ role: "owner" }), await aUser({ name: "weiyifan", password: PASSWORD })];
  const [support] = await rows<{ id: number }>("SELECT id FROM staff_roles WHERE built_in = 'support'");
  const { path } = await perform(owner.actor, (ctx) => inviteStaff(ctx, { email: wei.email, roleId: support!.id }));
  await perform(wei.actor, (ctx) => acceptInvitation(ctx, new URL(path, "http://shop").searchParams.get("token"), wei.id));
  expect(await erase(wei)).toEqual(ERASED);
  expect(await rows("SELECT role, staff_role_id FROM users WHERE id = ?", [wei.id])).toEqual([{ role: "shopper", staff_role_id: null }]);
  expect(await count("SELECT COUNT(*) FROM second_factors WHERE user_id = ?", [wei.id])).toBe(0);
  expect((await placesOf(wei.email)).filter((place) => !place.startsWith("mail_messages."))).toEqual([]);
});
