import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";

import mysql, { type Connection, type RowDataPacket } from "mysql2/promise";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { migrateDatabase } from "@/db/migrate";
import { submitBatch } from "@/lib/adjustments/batches/commands";
import { requestAdjustment } from "@/lib/adjustments/commands";
import { invariants } from "@/lib/audit/invariants";
import { findViolations } from "@/lib/audit/queries";
import { addCodes } from "@/lib/catalog/codes/commands";
import { checkInAll } from "@/lib/checkin/commands";
import { claimCoupon } from "@/lib/coupons/claiming/commands";
import { makeCodes } from "@/lib/coupons/codes/commands";
import { spin } from "@/lib/draws/commands";
import { saveDraw } from "@/lib/draws/editing/commands";
import { giveSpins } from "@/lib/draws/granting/commands";
import { DrawInput } from "@/lib/draws/schema";
import { deliverOrder } from "@/lib/orders/delivering/commands";
import { handOverPickup } from "@/lib/orders/pickup/commands";
import { savePickupPoint } from "@/lib/orders/pickup-points/commands";
import { PickupPointInput } from "@/lib/orders/pickup-points/schema";
import { completeOrder } from "@/lib/orders/receiving/commands";
import { shipOrder } from "@/lib/orders/shipping/commands";
import { refundItem } from "@/lib/orders/refunding/commands";
import { perform } from "@/lib/perform";
import { expirePoints } from "@/lib/points/keeping/commands";
import { once, requestKey } from "@/lib/request-key";
import { seedProgramme } from "@/scripts/seed/programme";
import { databaseUrl, rows } from "@/test/database";
import { withSettings } from "@/test/settings";
import { aCouponTemplate, aFlashSale, aKettle, aMug, anOrder, aProduct, aToken, aUser, endOfDayIn, freeze, noonIn, pay, theClock, theShop, type TestUser } from "@/test/world";

const url = databaseUrl(`${inject("databasePrefix")}verify`);
let books: Connection;
/** Ids of the little shop below, for the plants. */
const id = { lin: 0, mei: 0, frozen: 0, mug: 0, spend: 0, earn: 0, lot: 0, order: 0, pending: 0, cashOrder: 0, kai: 0, refund: 0, refundOrder: 0, flashSale: 0, round: 0, card: 0, cardOrder: 0, cakeOrder: 0, sentOrder: 0, template: 0, coupon: 0, adjustment: 0 };
let spentOn = "";
let wonBy = "";
let refundId = "";

/** A shop in which everything has happened once, made by its own commands. */
beforeAll(async () => {
  const name = new URL(url).pathname.slice(1);
  const server = await mysql.createConnection(inject("mysqlUrl"));
  await server.query(`CREATE DATABASE ${mysql.escapeId(name)}`);
  await server.end();
  await migrateDatabase(url);
  await withSettings({ DATABASE_URL: url, POOL_SIZE: 3 }, open);
  books = await mysql.createConnection({ uri: url, timezone: "Z", dateStrings: ["DATE"] });
  await takeAwayTheGuards(books);
});

afterAll(() => books.end());

async function open(): Promise<void> {
  await seedProgramme();
  const [lin, mei, frozen] = [await aUser({ lots: [{ points: 5, expiresInDays: 1 }, { points: 500, expiresInDays: 90 }] }), await aUser({ name: "mei", points: 100 }), await aUser({ points: 100 })];
  for (const day of [-1, 0]) await perform(theShop, (ctx) => checkInAll(ctx, [{ userId: lin.id, request: requestKey(undefined, "check-in", {}) }]), noonIn(day));
  const [mug, kettle, tote] = [await aMug({ initialStock: 5 }), await aKettle(), await aProduct({ name: "tote", delivery: "shipped", skus: [{ initialStock: 5 }] })];
  const first = await anOrder(lin, mug);
  const cash = await anOrder(lin, kettle);
  await pay(lin, cash.orderId);
  await anOrder(frozen, mug);
  const shipped = await anOrder(lin, tote, { addressMayFollow: true });
  await perform(theShop, (ctx) => shipOrder(ctx, { requestId: "x", orderId: shipped.orderId, carrier: "SF", trackingNumber: "1" }));
  await perform(theShop, (ctx) => completeOrder(ctx, { requestId: "x", orderId: shipped.orderId }));
  const pending = await anOrder(mei, kettle);
  await perform(mei.actor, (ctx) => once(ctx, requestKey(randomUUID(), "x", {}), async () => ({ orderId: pending.orderId })));
  await perform(theShop, (ctx) => expirePoints(ctx, [mei.id]), endOfDayIn(366));
  await aToken(lin);
  await freeze(frozen);
  const kai = await aUser({ name: "kai", points: 500 });
  const half = await anOrder(kai, kettle, { quantity: 2 });
  await pay(kai, half.orderId);
  const staff = await aUser({ name: "staff", role: "staff" });
  ({ refundId } = await perform(staff.actor, (ctx) => refundItem(ctx, { requestId: "x", orderId: half.orderId, line: 1, quantity: 1, restock: true, reason: "arrived broken" })));
  const sale = await aFlashSale(mug, { pieces: 2 });
  await anOrder(lin, sale);
  await openDraw(kai);
  await takeCoupon(lin, kettle);
  await handOver(staff);
  await adjustByHand(staff, kai);
  spentOn = first.orderId;
  Object.assign(id, { lin: lin.id, mei: mei.id, frozen: frozen.id, mug: mug.skuId, kai: kai.id, flashSale: sale.id });
  await look("refund", "SELECT id FROM refunds WHERE public_id = ?", refundId);
  await look("refundOrder", "SELECT id FROM orders WHERE public_id = ?", half.orderId);
  await look("order", "SELECT id FROM orders WHERE public_id = ?", first.orderId);
  await look("cashOrder", "SELECT id FROM orders WHERE public_id = ?", cash.orderId);
  await look("sentOrder", "SELECT id FROM orders WHERE public_id = ?", shipped.orderId);
  await look("pending", "SELECT id FROM orders WHERE public_id = ?", pending.orderId);
  await look("spend", "SELECT id FROM points_transactions WHERE source_id = ?", first.orderId);
  await look("earn", "SELECT MIN(id) AS id FROM points_transactions WHERE kind = 'earn' AND user_id = ?", lin.id);
  await look("lot", "SELECT MAX(lot_id) AS id FROM lot_allocations a JOIN points_transactions e ON e.id = a.entry_id WHERE e.source_id = ?", first.orderId);
}

/** Somebody spins for points and with a spin that they were given, and wins both times. */
async function openDraw(who: TestUser): Promise<void> {
  const prizes = [{ name: "20", kind: "points", points: 20, oddsPpm: 1_000_000 }];
  const draw = await perform(theShop, (ctx) => saveDraw(ctx, DrawInput.parse({ requestId: "x", slug: "wheel", name: "wheel", status: "active", spinPoints: 10, prizes })));
  wonBy = (await perform(who.actor, (ctx) => spin(ctx, { drawId: draw.id, pointsShown: 10 }))).spinId;
  await perform(theShop, (ctx) => giveSpins(ctx, { requestId: "x", drawId: draw.id, email: who.email, quantity: 1, reason: "x" }));
  await perform(who.actor, (ctx) => spin(ctx, { drawId: draw.id, pointsShown: 0 }));
  await look("round", "SELECT round_id AS id FROM spins WHERE public_id = ?", wonBy);
}

/** Somebody claims a coupon and pays with it; another is printed. */
async function takeCoupon(who: TestUser, kettle: { skuId: number }): Promise<void> {
  const template = await aCouponTemplate({ isClaimable: true, issuedMax: 2 });
  const { couponId } = await perform(who.actor, (ctx) => claimCoupon(ctx, { templateId: template.id }));
  await perform(theShop, (ctx) => makeCodes(ctx, { templateId: template.id, quantity: 1, until: null }));
  const { orderId } = await anOrder(who, kettle, { couponId });
  await pay(who, orderId);
  id.template = template.id;
  await look("coupon", "SELECT id FROM coupons WHERE public_id = ?", couponId);
}

/** Two codes are handed out, and a cake is picked up. */
async function handOver(staff: TestUser): Promise<void> {
  const ada = await aUser({ name: "ada", points: 1_000 });
  const [card, cake] = [await aProduct({ name: "card", skus: [{ hasCodes: true, initialStock: 0 }] }), await aProduct({ name: "cake", delivery: "pickup", skus: [{}] })];
  await perform(theShop, (ctx) => addCodes(ctx, { requestId: "x", skuId: card.skuId, codes: ["A-1", "A-2", "A-3"] }));
  const { id: pickupPointId } = await perform(theShop, (ctx) => savePickupPoint(ctx, PickupPointInput.parse({ requestId: "x", name: "corner", address: "1 Some Street" })));
  const [codes, box] = [await anOrder(ada, card, { quantity: 2 }), await anOrder(ada, cake, { pickupPointId })];
  for (const { orderId } of [codes, box]) await perform(theShop, (ctx) => deliverOrder(ctx, orderId));
  const [shown] = await rows<{ code: string }>("SELECT code FROM pickup_codes");
  await perform(staff.actor, (ctx) => handOverPickup(ctx, shown!));
  id.card = card.skuId;
  await look("cardOrder", "SELECT id FROM orders WHERE public_id = ?", codes.orderId);
  await look("cakeOrder", "SELECT id FROM orders WHERE public_id = ?", box.orderId);
}

/** Staff gives somebody points, and somebody else by a file. */
async function adjustByHand(staff: TestUser, who: TestUser): Promise<void> {
  const { adjustmentId } = await perform(staff.actor, (ctx) => requestAdjustment(ctx, { userId: who.id, points: 25, reason: "goodwill", note: "late parcel", expiresOn: null, attachmentKey: null }));
  await perform(staff.actor, (ctx) => submitBatch(ctx, { rows: [{ line: 1, who: who.email, points: "7", expiresOn: "", note: "" }], reason: "correction", note: "by a file", fileName: "x.csv" }));
  await look("adjustment", "SELECT id FROM adjustments WHERE public_id = ?", adjustmentId);
}

async function look(name: keyof typeof id, sql: string, value: string | number): Promise<void> {
  const [row] = await rows<{ id: number }>(sql, [value]);
  id[name] = row!.id;
}

/** The database itself refuses most of what is planted here; a damaged or badly restored one would not. */
async function takeAwayTheGuards(connection: Connection): Promise<void> {
  const [checks] = await connection.query<RowDataPacket[]>("SELECT table_name AS t, constraint_name AS c FROM information_schema.table_constraints WHERE table_schema = DATABASE() AND constraint_type = 'CHECK'");
  for (const { t, c } of checks) await connection.query(`ALTER TABLE ${t} DROP CHECK ${c}`);
  for (const [table, key, column] of [["points_transactions", "points_transactions_source_key", "source_id"], ["check_ins", "check_ins_day_key", "user_id"], ["orders", "orders_request_key", "user_id"]]) {
    await connection.query(`ALTER TABLE ${table} ADD INDEX plain (${column}), DROP INDEX ${key}`);
  }
  await connection.query("ALTER TABLE idempotency_keys DROP PRIMARY KEY");
  await connection.query("SET foreign_key_checks = 0");
}

const ENTRY = "INSERT INTO points_transactions (user_id, kind, points_change, balance_after, rule_id, source_type, source_id, local_day)";

/** One way to break each invariant, and what must be said of it. */
const plants: Record<string, () => { sql: string[]; row: Record<string, unknown> }> = {
  "every person has a point account": () => ({ sql: [`DELETE FROM point_accounts WHERE user_id = ${id.mei}`], row: { user_id: id.mei } }),
  "no amount of an account is negative": () => ({ sql: [`UPDATE point_accounts SET points_pending = -1 WHERE user_id = ${id.lin}`], row: { user_id: id.lin, points_pending: -1 } }),
  "balance less debt is the sum of the ledger": () => ({ sql: [`UPDATE point_accounts SET points_balance = points_balance + 7 WHERE user_id = ${id.lin}`], row: { user_id: id.lin, difference: "7" } }),
  "balance is what is left in the lots": () => ({ sql: [`UPDATE point_lots SET points_remaining = points_remaining - 3 WHERE id = ${id.lot}`], row: { user_id: id.lin, difference: "3" } }),
  "points earned are the sum of the earnings": () => ({ sql: [`UPDATE point_accounts SET total_points_earned = 0 WHERE user_id = ${id.lin}`], row: { user_id: id.lin, account: 0 } }),
  "an account is frozen when its last event says so": () => ({ sql: [`UPDATE point_accounts SET status = 'active' WHERE user_id = ${id.frozen}`], row: { user_id: id.frozen, last_event: "account.frozen" } }),
  "balances after each entry are a chain": () => ({ sql: [`UPDATE points_transactions SET balance_after = balance_after + 1 WHERE id = ${id.spend}`], row: { entry_id: id.spend, difference: 1 } }),
  "an entry goes the way of its kind": () => ({ sql: [`UPDATE points_transactions SET kind = 'earn' WHERE id = ${id.spend}`], row: { entry_id: id.spend, kind: "earn" } }),
  "an entry is traced to its lots": () => ({ sql: [`UPDATE lot_allocations SET points = points + 2 WHERE entry_id = ${id.spend} AND lot_id = ${id.lot}`], row: { entry_id: id.spend, difference: "-2" } }),
  "an entry has one cause, and a cause one entry of a kind": () => ({
    sql: [`${ENTRY} SELECT user_id, kind, points_change, balance_after, rule_id, source_type, source_id, local_day FROM points_transactions WHERE id = ${id.spend}`], row: { source_id: spentOn, kind: "spend", entries: 2 },
  }),
  "a lot holds between nothing and what was put in": () => ({ sql: [`UPDATE point_lots SET points_remaining = -1 WHERE id = ${id.lot}`], row: { lot_id: id.lot, points_remaining: -1 } }),
  "what is left in a lot is the sum of its allocations": () => ({ sql: [`UPDATE point_lots SET points_remaining = points_remaining + 4 WHERE id = ${id.lot}`], row: { lot_id: id.lot, difference: "4" } }),
  "an allocation names a lot of the entry's person": () => ({ sql: [`UPDATE lot_allocations SET lot_id = 999999 WHERE entry_id = ${id.spend} AND lot_id = ${id.lot}`], row: { entry_id: id.spend, lot_id: 999_999, lot_owner: null } }),
  "a spend takes from living lots, an expiry from dead ones": () => ({ sql: [`UPDATE point_lots SET expires_at = '2020-01-01' WHERE id = ${id.lot}`], row: { entry_id: id.spend, lot_id: id.lot, kind: "spend" } }),
  "a lot expires once, and again only when points came back to it": () => ({
    sql: [`${ENTRY} VALUES (${id.lin}, 'expire', -1, 0, NULL, 'expiry', 'a', '2026-01-01')`, `INSERT INTO lot_allocations VALUES (LAST_INSERT_ID(), ${id.lot}, -1)`,
      `${ENTRY} VALUES (${id.lin}, 'expire', -1, 0, NULL, 'expiry', 'b', '2026-01-01')`, `INSERT INTO lot_allocations VALUES (LAST_INSERT_ID(), ${id.lot}, -1)`],
    row: { lot_id: id.lot, expiries: "2" },
  }),
  "expired points are swept within a day": () => ({ sql: [`UPDATE point_lots SET expires_at = '2020-01-01' WHERE id = ${id.lot}`], row: { lot_id: id.lot, user_id: id.lin } }),
  "a person checks in once a day": () => ({
    sql: [`INSERT INTO check_ins (user_id, local_day, streak_days, points) SELECT user_id, local_day, streak_days, points FROM check_ins WHERE user_id = ${id.lin} LIMIT 1`], row: { user_id: id.lin, times: 2 },
  }),
  "a check-in has the grants of its points, and other days have none": () => ({ sql: [`UPDATE check_ins SET points = points + 5 WHERE user_id = ${id.lin} AND streak_days = 1`], row: { user_id: id.lin, points: 25, granted: "20" } }),
  "a grant for a check-in has its check-in": () => ({ sql: [`DELETE FROM check_ins WHERE user_id = ${id.lin} AND streak_days = 1`], row: { user_id: id.lin, points: "20" } }),
  "a streak counts the days without a gap, and protected days keep it": () => ({ sql: [`UPDATE check_ins SET streak_days = 9 WHERE user_id = ${id.lin} AND streak_days = 2`], row: { user_id: id.lin, streak_days: 9, expected: 2 } }),
  "a protected day took a streak freeze": () => ({ sql: [`INSERT INTO check_ins (user_id, local_day, kind, streak_days, points) VALUES (${id.lin}, '2020-01-01', 'freeze', 1, 0)`], row: { user_id: id.lin, local_day: "2020-01-01" } }),
  "a made-up day was paid for, with a card or with points": () => ({ sql: [`INSERT INTO check_ins (user_id, local_day, kind, streak_days, points) VALUES (${id.lin}, '2020-01-01', 'make_up', 1, 0)`], row: { user_id: id.lin, local_day: "2020-01-01", cards: 0, spends: 0 } }),
  "a frozen person neither earns nor spends": () => ({
    sql: [`UPDATE events SET id = 900001 WHERE name = 'account.frozen'`, `UPDATE events e JOIN orders o ON o.public_id = e.subject_id SET e.id = 900002 WHERE e.name = 'order.redeemed' AND o.user_id = ${id.frozen}`], row: { user_id: id.frozen, name: "order.redeemed" },
  }),
  "an account's pending points are what is pending": () => ({ sql: [`UPDATE point_accounts SET points_pending = points_pending + 5 WHERE user_id = ${id.lin}`], row: { user_id: id.lin, difference: "5" } }),
  "pending points that became active have their entry, and no others have one": () => ({
    sql: [`INSERT INTO pending_points (user_id, points, source_type, source_id, breakdown, status, settled_at) VALUES (${id.lin}, 9, 'purchase', 'nowhere', '{"rule:1": 9}', 'active', NOW())`],
    row: { user_id: id.lin, status: "active", points: 9, granted: 0 },
  }),
  "an earning is the sum of its parts": () => ({ sql: [`UPDATE points_transactions SET breakdown = JSON_OBJECT('level', points_change - 1) WHERE id = ${id.earn}`], row: { user_id: id.lin, row_id: id.earn, difference: "1" } }),
  "what a person earned by a rule is counted": () => ({ sql: [`UPDATE earn_counters SET points = points + 6 WHERE user_id = ${id.lin} LIMIT 1`], row: { user_id: id.lin, difference: "6" } }),
  "totals count no more than the days, and all of them where they always did": () => ({
    sql: [`INSERT INTO earn_totals (user_id, rule_id, times, points, last_at) SELECT user_id, rule_id, SUM(times), SUM(points) + 4, NOW() FROM earn_counters WHERE user_id = ${id.lin} GROUP BY user_id, rule_id LIMIT 1`],
    row: { user_id: id.lin, difference: "4" },
  }),
  "a campaign's budget counts what the campaign gave": () => ({ sql: ["INSERT INTO rule_budgets (rule_id, points_granted) SELECT rule_id, SUM(points) + 3 FROM earn_counters GROUP BY rule_id LIMIT 1"], row: { difference: "3" } }),
  "nobody earns by a rule beyond its caps": () => ({
    sql: [`INSERT INTO earn_counters (user_id, rule_id, local_day, times, points) SELECT ${id.lin}, id, '2026-01-01', 2, 20 FROM points_rules WHERE JSON_VALUE(definition, '$.caps.timesPerDay') = 1 LIMIT 1`],
    row: { user_id: id.lin, local_day: "2026-01-01", times: 2 },
  }),
  "what a person earned on sliding terms is in one living lot, but for what came back": () => ({
    sql: [`INSERT INTO point_lots (user_id, points_granted, points_remaining, expires_at, is_sliding) VALUES (${id.lin}, 1, 1, '2099-01-01', TRUE), (${id.lin}, 1, 1, '2099-01-02', TRUE)`], row: { user_id: id.lin, lots: 2 },
  }),
  "a claimed task has its reward, and a reward its claim": () => ({ sql: [`INSERT INTO user_tasks (user_id, task_id, period, completed, points) VALUES (${id.lin}, 1, 'once', TRUE, 30)`], row: { user_id: id.lin, points: 30, difference: 30 } }),
  "a reward for bringing a friend has its referral, and its order": () => ({ sql: [`${ENTRY} VALUES (${id.lin}, 'earn', 100, 100, NULL, 'referral', '999', '2026-01-01')`], row: { user_id: id.lin, source_type: "referral", status: null } }),
  "nobody has used more cards than they were given": () => ({
    sql: [`INSERT INTO perk_moves (user_id, perk, quantity, source_type, source_id) VALUES (${id.lin}, 'make_up_card', -1, 'x', 'x')`], row: { user_id: id.lin, perk: "make_up_card", held: "-1" },
  }),
  "an account is held while a hold of it is open": () => ({ sql: [`UPDATE point_accounts SET is_held = TRUE WHERE user_id = ${id.lin}`], row: { user_id: id.lin, is_held: 1, open_holds: 0 } }),
  "a product says whether it is for some people only": () => ({
    sql: [`UPDATE products SET is_gated = 1 WHERE id = (SELECT product_id FROM skus WHERE id = ${id.mug})`], row: { is_gated: 1, gates: 0 },
  }),
  "a SKU says whether some people have a price of their own": () => ({
    sql: [`INSERT INTO sku_prices (sku_id, kind, audience_id, points_price) VALUES (${id.mug}, 'level', 1, 10)`], row: { sku_id: id.mug, has_own_prices: 0, prices: 1 },
  }),
  "categories are a tree, at most three deep": () => ({ sql: [`UPDATE categories SET parent_id = id WHERE slug = 'home'`], row: { slug: "home" } }),
  "a picture counts as unused exactly while no product shows it": () => ({ sql: ["INSERT INTO pictures (public_id, width, height, bytes, unused_since) VALUES ('forgotten', 1, 1, 1, NULL)"], row: { public_id: "forgotten", products: 0 } }),
  "stock is the sum of its moves, and never negative": () => ({ sql: [`UPDATE sku_stock SET stock = stock + 1 WHERE sku_id = ${id.mug}`], row: { sku_id: id.mug, difference: "1" } }),
  "an order took its pieces, and a cancelled one gave them back": () => ({ sql: [`UPDATE stock_moves SET quantity = 0 WHERE source_id = '${spentOn}'`], row: { order_id: id.order, pieces: "1", moved: "0" } }),
  "pieces that an order moved have their order": () => ({ sql: [`UPDATE stock_moves SET source_id = 'nobody' WHERE source_id = '${spentOn}'`], row: { sku_id: id.mug, source_id: "nobody" } }),
  "an order is the sum of its items": () => ({ sql: [`DELETE FROM order_items WHERE order_id = ${id.order}`], row: { order_id: id.order, points: null } }),
  "an order's price is its discount and its cash": () => ({ sql: [`UPDATE orders SET discount_cents = 100 WHERE id = ${id.cashOrder}`], row: { order_id: id.cashOrder, discount_cents: 100 } }),
  "an order's points were taken from its buyer": () => ({ sql: [`UPDATE points_transactions SET points_change = -99 WHERE id = ${id.spend}`], row: { order_id: id.order, difference: 1 } }),
  "a cancelled order returned its points, and no other did": () => ({ sql: [`UPDATE orders SET status = 'cancelled' WHERE id = ${id.pending}`], row: { order_id: id.pending, points_spent: 50, returned: 0 } }),
  "an entry about an order has its order": () => ({ sql: [`UPDATE points_transactions SET source_id = 'nowhere' WHERE id = ${id.spend}`], row: { entry_id: id.spend, source_id: "nowhere" } }),
  "an order's cash was paid once, in full, or not at all": () => ({ sql: [`UPDATE payments SET status = 'failed' WHERE order_id = ${id.cashOrder}`], row: { order_id: id.cashOrder, cash_paid_cents: 990, received: "0" } }),
  "an order moves along the status table": () => ({
    sql: [`INSERT INTO order_events (order_id, from_status, to_status) VALUES (${id.pending}, 'pending', 'completed')`], row: { order_id: id.pending, from_status: "pending", to_status: "completed" },
  }),
  "an order stands where its last step led": () => ({ sql: [`UPDATE orders SET status = 'shipped' WHERE id = ${id.order}`], row: { order_id: id.order, status: "shipped", last_step: "paid" } }),
  "an attempt to pay asks for what the order costs": () => ({ sql: [`UPDATE payments SET amount_cents = 989 WHERE order_id = ${id.cashOrder}`], row: { amount_cents: 989, cash_due_cents: 990 } }),
  "a payment stands as the notices say that settled it": () => ({ sql: ["INSERT INTO payment_notices (provider, notice_id, reference, result, outcome) VALUES ('stripe', 'evt_1', 'nothing', 'paid', 'paid')"], row: { notice_id: "evt_1", status: null } }),
  "an order says what its refunds sum to": () => ({ sql: [`UPDATE orders SET cash_refunded_cents = cash_refunded_cents + 1 WHERE id = ${id.refundOrder}`], row: { order_id: id.refundOrder, cents: "990" } }),
  "a line says how many of its pieces were refunded": () => ({ sql: [`UPDATE order_items SET quantity_refunded = 0 WHERE order_id = ${id.refundOrder}`], row: { order_id: id.refundOrder, pieces: "1" } }),
  "an order is refunded when nothing of it is left": () => ({ sql: [`UPDATE orders SET status = 'refunded' WHERE id = ${id.refundOrder}`], row: { order_id: id.refundOrder, pieces_left: "1" } }),
  "a refund's points came back to the buyer": () => ({ sql: [`UPDATE refunds SET points = points + 5 WHERE id = ${id.refund}`], row: { user_id: id.kai, refund_id: id.refund, difference: 5 } }),
  "an entry about a refund has its refund": () => ({ sql: [`${ENTRY} VALUES (${id.kai}, 'restore', 1, 0, NULL, 'refund', 'nothing', '2026-01-01')`], row: { user_id: id.kai, source_id: "nothing" } }),
  "a refund takes back no more of what was earned than it says": () => ({ sql: [`UPDATE refunds SET points_clawed_back = 0 WHERE id = ${id.refund}`], row: { user_id: id.kai, refund_id: id.refund } }),
  "a refund's cash is on its way": () => ({ sql: [`DELETE FROM cash_refunds WHERE refund_id = ${id.refund}`], row: { user_id: id.kai, refund_id: id.refund, on_its_way: 0 } }),
  "no more cash goes back than came, and a late payment goes back whole": () => ({ sql: [`UPDATE payments SET status = 'late' WHERE order_id = ${id.refundOrder}`], row: { status: "late", back: "990" } }),
  "refunded pieces are back on the shelf when the refund says so": () => ({ sql: [`UPDATE refunds SET is_restocked = 0 WHERE id = ${id.refund}`], row: { refund_id: id.refund, moved: "1" } }),
  "a completed order owes its buyer nothing": () => ({ sql: [`UPDATE order_items SET quantity_delivered = 0 WHERE order_id = ${id.sentOrder}`], row: { order_id: id.sentOrder, line: 1, owed: 1 } }),
  "what was sent is in parcels": () => ({ sql: [`DELETE l FROM shipment_lines l JOIN shipments s ON s.id = l.shipment_id WHERE s.order_id = ${id.sentOrder}`], row: { order_id: id.sentOrder, quantity_delivered: 1, in_parcels: "0" } }),
  "a pick-up code was used when the goods were handed over": () => ({ sql: [`UPDATE pickup_codes SET verified_at = NULL WHERE order_id = ${id.cakeOrder}`], row: { order_id: id.cakeOrder, handed_over: "1", verified_at: null } }),
  "each code that was sold is a piece that was handed over": () => ({ sql: [`UPDATE virtual_codes SET status = 'void', order_id = NULL WHERE order_id = ${id.cardOrder} ORDER BY id LIMIT 1`], row: { order_id: id.cardOrder, codes: 1, quantity_delivered: 2 } }),
  "a SKU with codes sells as many as are free and promised to nobody": () => ({ sql: [`UPDATE virtual_codes SET status = 'void' WHERE sku_id = ${id.card} AND status = 'free'`], row: { sku_id: id.card, stock: 1, free: 0, promised: "0" } }),
  "what a flash sale takes, a shelf of the shop gives": () => ({ sql: [`DELETE FROM stock_moves WHERE reason = 'flash' AND quantity < 0`], row: { flash_sale_id: id.flashSale, difference: "2" } }),
  "the pieces of a flash sale are planned, sold, left or back on the shelf": () => ({ sql: [`UPDATE flash_sales SET pieces = 3 WHERE id = ${id.flashSale}`], row: { flash_sale_id: id.flashSale, pieces: 3, taken: "2" } }),
  "a round counts its spins, which are numbered without a gap": () => ({ sql: [`UPDATE spins SET nonce = 7 WHERE public_id = '${wonBy}'`], row: { round_id: id.round, last_nonce: 7 } }),
  "a round's commitment is the hash of its seed and its prizes": () => ({ sql: [`UPDATE draw_rounds SET prize_table = REPLACE(prize_table, '1000000', '1000') WHERE id = ${id.round}`], row: { round_id: id.round } }),
  "a spin hit what its roll says, and was given that or nothing": () => ({ sql: [`UPDATE spins SET rolled_prize_id = NULL, prize_id = NULL WHERE public_id = '${wonBy}'`], row: { user_id: id.kai, rolled_prize_id: null } }),
  "a spin took the points that it says, and an entry about a spin has its spin": () => ({ sql: [`UPDATE spins SET points = 0 WHERE public_id = '${wonBy}'`], row: { user_id: id.kai, spin_id: wonBy, taken: 10 } }),
  "a prize that was won was given: points, a coupon or cards": () => ({ sql: [`DELETE FROM points_transactions WHERE source_id = '${wonBy}' AND kind = 'adjust'`], row: { user_id: id.kai, spin_id: wonBy, granted: 0 } }),
  "nobody used more spins than they were given, and each that was used has its spin": () => ({ sql: [`DELETE FROM spin_moves WHERE user_id = ${id.kai} AND quantity > 0`], row: { user_id: id.kai, spins_left: "-1" } }),
  "a template counts the coupons that were given out, and no more than it may": () => ({ sql: [`UPDATE coupon_budgets SET issued = issued + 1 WHERE template_id = ${id.template}`], row: { template_id: id.template, issued: 3, coupons: 2 } }),
  "a coupon is somebody's, or a printed code that nobody typed": () => ({ sql: [`UPDATE coupons SET user_id = NULL WHERE id = ${id.coupon}`], row: { coupon_id: id.coupon, user_id: null } }),
  "a used coupon has its order, and an order its coupon": () => ({ sql: [`UPDATE coupons SET status = 'active', order_public_id = NULL WHERE id = ${id.coupon}`], row: { user_id: id.lin, coupon_id: id.coupon } }),
  "a coupon was used in its time": () => ({ sql: [`UPDATE coupons SET used_at = expires_at WHERE id = ${id.coupon}`], row: { user_id: id.lin, coupon_id: id.coupon } }),
  "an applied adjustment has its entry, and no other has one": () => ({ sql: [`UPDATE adjustments SET status = 'pending', decided_at = NULL WHERE id = ${id.adjustment}`], row: { user_id: id.kai, adjustment_id: id.adjustment, status: "pending", entered: 25 } }),
  "nobody decided about what they asked for, or about their own points": () => ({ sql: [`UPDATE adjustments SET decided_by = requested_by WHERE id = ${id.adjustment}`], row: { adjustment_id: id.adjustment, status: "applied" } }),
  "a batch is the sum of its rows, and ends as they do": () => ({ sql: [`UPDATE adjustment_batches SET points_in = points_in + 1`], row: { points_in: 8, put_in: "7" } }),
  "a freeze that has ended is lifted within a day": () => ({
    sql: [`UPDATE point_accounts SET status = 'frozen', status_reason = 'by hand', frozen_until = '2000-01-01' WHERE user_id = ${id.lin}`], row: { user_id: id.lin },
  }),
  "only what is frozen has the reason and the end of a freeze": () => ({ sql: [`UPDATE point_accounts SET status_reason = 'by hand' WHERE user_id = ${id.lin}`], row: { user_id: id.lin, status_reason: "by hand" } }),
  "what a rule froze has an alert of that rule": () => ({ sql: [`UPDATE point_accounts SET status = 'frozen', status_reason = 'risk:velocity' WHERE user_id = ${id.lin}`], row: { user_id: id.lin, status_reason: "risk:velocity" } }),
  "a request key is used once": () => ({ sql: [`INSERT INTO idempotency_keys SELECT * FROM idempotency_keys WHERE actor_id = ${id.mei}`], row: { actor_id: id.mei, times: 2 } }),
  "a request key keeps its reply": () => ({ sql: [`UPDATE idempotency_keys SET reply = NULL WHERE actor_id = ${id.mei}`], row: { actor_id: id.mei } }),
  "a reply names an order that exists": () => ({ sql: [`UPDATE idempotency_keys SET reply = '{"orderId":"lost"}' WHERE actor_id = ${id.mei}`], row: { actor_id: id.mei, order_id: "lost" } }),
  "an order's request made one order": () => ({
    sql: [`UPDATE orders SET user_id = ${id.lin}, request_id = (SELECT r FROM (SELECT request_id AS r FROM orders WHERE id = ${id.order}) t) WHERE id = ${id.pending}`], row: { user_id: id.lin, orders: 2 },
  }),
  "each step of an order is in the events once": () => ({ sql: [`DELETE FROM events WHERE subject_id = '${spentOn}' AND name = 'order.redeemed'`], row: { order_id: id.order, redeemed: "0" } }),
  "each change of points is in the events once": () => ({ sql: [`DELETE FROM events WHERE subject_id = '${id.lin}' AND name = 'points.checked_in' LIMIT 1`], row: { user_id: id.lin } }),
  "whoever acted exists": () => ({ sql: [`UPDATE order_events SET actor_id = 777777 WHERE order_id = ${id.cashOrder}`], row: { place: "order_events", user_id: 777_777 } }),
  "an item belongs to the buyer of its order": () => ({ sql: [`UPDATE order_items SET user_id = ${id.mei} WHERE order_id = ${id.order}`], row: { order_id: id.order, item_user_id: id.mei } }),
  "no session is newer than its person's version": () => ({ sql: [`UPDATE sessions SET session_version = 99 WHERE user_id = ${id.lin}`], row: { user_id: id.lin, session_version: 99 } }),
};

test("every invariant has a way to break it here", () => {
  expect(Object.keys(plants)).toEqual(invariants.map(({ name }) => name));
});

test("a shop in which everything has happened once keeps every invariant", async () => {
  expect(await findViolations(books, theClock.now())).toEqual([]);
});

test.each(Object.keys(plants))("what breaks it is found: %s", async (name) => {
  const { sql, row } = plants[name]!();
  await books.query("START TRANSACTION");
  try {
    for (const statement of sql) {
      const [header] = await books.query<mysql.ResultSetHeader>(statement);
      expect(header.affectedRows, statement).toBeGreaterThan(0);
    }
    const found = (await findViolations(books, theClock.now())).find(({ invariant }) => invariant === name);
    expect(found?.rows).toContainEqual(expect.objectContaining(row));
  } finally {
    await books.query("ROLLBACK");
  }
});

const verify = async (...args: string[]) => {
  const env = { ...process.env, DATABASE_URL: url };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ["scripts/run.mjs", "scripts/verify-ledger.ts", ...args], { env });
    return { code: 0, stdout };
  } catch (error) {
    return error as { code: number; stdout: string };
  }
};

test("the command prints a line for each invariant and leaves with 0; with a row out of place it names it and leaves with 1", async () => {
  const clean = await verify();
  expect([clean.code, clean.stdout.trim().split("\n")]).toEqual([0, [...invariants.map(({ name }) => `ok   0 ${name}`), `${invariants.length} invariants, 0 rows`]]);

  await books.query(`UPDATE point_accounts SET points_balance = points_balance + 7 WHERE user_id = ${id.lin}`);
  try {
    const broken = await verify();
    expect(broken.code).toBe(1);
    expect(broken.stdout).toContain("FAIL 1 balance less debt is the sum of the ledger");
    expect(broken.stdout).toMatch(new RegExp(`user_id=${id.lin} .*difference=7`));
    const told = await verify("--json");
    expect(told.code).toBe(1);
    expect(JSON.parse(told.stdout)).toMatchObject({ ok: false, violations: [{ invariant: "balance less debt is the sum of the ledger", rows: [{ user_id: id.lin, difference: "7" }] }, {}] });
  } finally {
    await books.query(`UPDATE point_accounts SET points_balance = points_balance - 7 WHERE user_id = ${id.lin}`);
  }
});
