import { randomUUID } from "node:crypto";

import type { z } from "zod";

import { sendPacket } from "@/db/packet";
import { changeRole, freezeAccount, registerUser, startSession, unfreezeAccount } from "@/lib/accounts/commands";
import { hashPassword } from "@/lib/accounts/password";
import { tokenDigest } from "@/lib/accounts/session-token";
import { newSecret, sealSecret } from "@/lib/authenticator";
import { permissionsOf } from "@/lib/accounts/permission";
import type { BuiltInRole, Role } from "@/db/schema/people";
import type { Perk } from "@/db/schema/points";
import { saveProduct } from "@/lib/catalog/commands";
import { ProductInput } from "@/lib/catalog/schema";
import { currentTime, moveClock } from "@/lib/clock";
import { saveTemplate } from "@/lib/coupons/commands";
import { TemplateInput } from "@/lib/coupons/schema";
import type { Actor, StaffId, UserId } from "@/lib/ctx";
import { planFlashSale } from "@/lib/flash/commands";
import { FlashPlanInput } from "@/lib/flash/schema";
import { addDays, dayOf, endOfDay, startOfDay, type Day } from "@/lib/day";
import { openPayment, settlePayment, type Settlement } from "@/lib/orders/commands";
import { redeemProducts, type RedeemReply, type RedeemRequest } from "@/lib/orders/redemption/commands";
import { perform } from "@/lib/perform";
import { grantPoints } from "@/lib/points/keeping/commands";
import { perkRows } from "@/lib/points/perks/commands";
import { orRefuse, type Decision } from "@/lib/refusal";
import { requestKey } from "@/lib/request-key";
import { Definition, type Action } from "@/lib/rules/rule";
import { DEFAULT_POLICY, type Policy } from "@/lib/settings/policy";
import { forgetPolicy } from "@/lib/settings/queries";
import { saveTask } from "@/lib/tasks/editing/commands";
import { TaskInput } from "@/lib/tasks/schema";

import { rows } from "./database";

// The world of the tests: people and products with names, made by the shop's own commands, so that each obeys the shop's own rules.

export const ZONE = DEFAULT_POLICY.timeZone;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Everything that happens when nobody in particular asks. */
export const theShop: Actor = { kind: "system", name: "test" };

/** The process's clock. It goes on from wherever it is put, and is put right after each test. */
export const theClock = {
  now: currentTime,
  today: (): Day => dayOf(currentTime(), ZONE),
  set: (at: Date): void => moveClock(at.getTime() - Date.now()),
  passMinutes: (minutes: number): void => theClock.set(new Date(currentTime().getTime() + minutes * MINUTE_MS)),
  passDays: (days: number): void => theClock.set(new Date(currentTime().getTime() + days * DAY_MS)),
};

/** The instant at which the programme day `days` from today is over. */
export const endOfDayIn = (days: number): Date => endOfDay(addDays(theClock.today(), days), ZONE);
/** Noon of the programme day `days` from today. */
export const noonIn = (days: number): Date => new Date(startOfDay(addDays(theClock.today(), days), ZONE).getTime() + 12 * 60 * MINUTE_MS);

let counter = 0;
/** A name nobody else in the run has. */
export const unique = (name: string): string => `${name}-${process.pid.toString(36)}-${(++counter).toString(36)}`;

export type TestUser = { id: UserId; username: string; email: string; actor: Actor };

type UserPlan = {
  name?: string;
  /** In one lot that is good for a year. */
  points?: number;
  /** Lots by the day at whose end they expire: 0 is today, 1 tomorrow. */
  lots?: readonly { points: number; expiresInDays: number }[];
  role?: Role;
  password?: string;
  isFrozen?: boolean;
  /** Whether they proved their address; everybody has, unless told otherwise. */
  isVerified?: boolean;
};

/** A shopper with an account. Without a password nobody can sign in as them, and no time goes into hashing one. */
export async function aUser({ name = "lin", points = 0, lots = [], role = "shopper", password, isFrozen = false, isVerified = true }: UserPlan = {}): Promise<TestUser> {
  const username = unique(name);
  const email = `${username}@example.com`;
  const passwordHash = password ? await hashPassword(password) : "nobody signs in";
  const id = await perform(theShop, (ctx) => registerUser(ctx, { username, email, passwordHash, locale: "en", role, isVerified }));
  const gifts = points > 0 ? [...lots, { points, expiresInDays: 365 }] : lots;
  await perform(theShop, (ctx) => grantPoints(ctx, gifts.map((gift) => ({ userId: id, points: gift.points, expiresAt: endOfDayIn(gift.expiresInDays), sourceId: randomUUID(), reason: "a gift" }))));
  if (isFrozen) await freeze({ id });
  return { id, username, email, actor: actorOf(id, role) };
}

const actorOf = (id: UserId, role: Role): Actor => (role === "shopper" ? { kind: "shopper", id } : staffWith(id, role));

/** A member of staff as a session makes them: an owner, or somebody in one of the roles that came with the shop. */
export const staffWith = (id: UserId, role: "staff" | "owner", builtIn: BuiltInRole = "manager"): Actor =>
  ({ kind: "staff", id: id as StaffId, role, permissions: permissionsOf(role, { builtIn, permissions: [] }) });

/** 120 points, of which 20 expire at the end of tomorrow. */
export const lin = (): Promise<TestUser> => aUser({ name: "lin", lots: [{ points: 20, expiresInDays: 1 }, { points: 100, expiresInDays: 365 }] });

/** So many are made in one transaction: a slow machine must not reach its deadline. */
const USERS_AT_ONCE = 50;

/** Many with the same points, for crowds. */
export async function usersWith(points: number, many: number): Promise<TestUser[]> {
  const people: TestUser[] = [];
  while (people.length < many) people.push(...(await someUsersWith(points, Math.min(USERS_AT_ONCE, many - people.length))));
  return people;
}

async function someUsersWith(points: number, many: number): Promise<TestUser[]> {
  return perform(theShop, async (ctx) => {
    const people: TestUser[] = [];
    for (let index = 0; index < many; index++) {
      const username = unique("buyer");
      const email = `${username}@example.com`;
      const id = await registerUser(ctx, { username, email, passwordHash: "nobody signs in", locale: "en", isVerified: true });
      people.push({ id, username, email, actor: actorOf(id, "shopper") });
    }
    await grantPoints(ctx, people.map(({ id }) => ({ userId: id, points, expiresAt: endOfDayIn(365), sourceId: randomUUID(), reason: "a gift" })));
    return people;
  });
}

export async function freeze({ id }: { id: UserId }): Promise<void> {
  const owner = await aUser({ name: "owner", role: "owner" });
  await perform(owner.actor, (ctx) => freezeAccount(ctx, { requestId: randomUUID(), userId: id, reason: "looks like a robot" }));
}

export async function unfreeze({ id }: { id: UserId }): Promise<void> {
  const owner = await aUser({ name: "owner", role: "owner" });
  await perform(owner.actor, (ctx) => unfreezeAccount(ctx, { requestId: randomUUID(), userId: id }));
}

/** A session's token, as a sign-in would hand it out; of staff, with the second factor given. */
export async function aToken({ id }: { id: UserId }): Promise<string> {
  const token = await perform(theShop, (ctx) => startSession(ctx, id));
  const [person] = await rows<{ role: Role }>("SELECT role FROM users WHERE id = ?", [id]);
  if (person!.role === "shopper") return token;
  await rows("INSERT INTO second_factors (user_id, secret, confirmed_at, recovery_digests, created_at) VALUES (?, ?, NOW(3), '[]', NOW(3)) ON DUPLICATE KEY UPDATE user_id = user_id", [id, sealSecret(id, newSecret())]);
  await rows("UPDATE sessions SET second_factor_at = ? WHERE token_digest = ?", [theClock.now(), tokenDigest(token)]);
  return token;
}

export const becomes = (who: { id: UserId }, role: Role, by: Actor): Promise<void> =>
  perform(by, (ctx) => changeRole(ctx, { requestId: randomUUID(), userId: who.id, role }));

type SkuPlan = Partial<ProductInput["skus"][number]>;
export type TestProduct = { id: number; slug: string; skuId: number; skuIds: number[] };

/** A product on sale with one SKU, or several. Without more it is a mug for 100 points, the last one. */
export async function aProduct({ name = "mug", skus = [{}], ...product }: Partial<Omit<ProductInput, "skus">> & { skus?: readonly SkuPlan[] } = {}): Promise<TestProduct> {
  const input = ProductInput.parse({
    requestId: "test", name, nameEn: name, slug: unique(name), delivery: "virtual", status: "active", ...product,
    skus: skus.map((sku) => ({ priceMode: "points", pointsPrice: 100, initialStock: sku.hasCodes ? 0 : 1, ...sku })),
  });
  // The shop itself puts nothing on sale that nobody could have.
  const isEmpty = input.status === "active" && input.skus.every(({ isActive }) => !isActive);
  const saved = await perform(theShop, (ctx) => saveProduct(ctx, { ...input, status: isEmpty ? "draft" : input.status }));
  if (isEmpty) await rows("UPDATE products SET status = 'active' WHERE id = ?", [saved.id]);
  const found = await rows<{ id: number }>("SELECT id FROM skus WHERE product_id = ? ORDER BY position, id", [saved.id]);
  const skuIds = found.map(({ id }) => id);
  return { ...saved, skuId: skuIds[0]!, skuIds };
}

/** 100 points; the last one unless told otherwise. */
export const aMug = (sku: SkuPlan = {}): Promise<TestProduct> => aProduct({ name: "mug", skus: [sku] });
/** 50 points and ¥9.90. */
export const aKettle = (sku: SkuPlan = {}): Promise<TestProduct> =>
  aProduct({ name: "kettle", skus: [{ priceMode: "points_cash", pointsPrice: 50, cashPriceCents: 990, initialStock: 10, ...sku }] });
/** ¥199, of which points take up to ¥50. */
export const aSpeaker = (sku: SkuPlan = {}): Promise<TestProduct> =>
  aProduct({ name: "speaker", skus: [{ priceMode: "cash_discount", pointsPrice: 0, cashPriceCents: 19_900, discountPointsMax: 5_000, initialStock: 10, ...sku }] });

export type FlashPlan = Partial<Omit<FlashPlanInput, "requestId" | "shopSkuId">>;
export type TestSale = { id: number; skuId: number };

/** A flash sale of a product's first SKU. Without more it has begun, is of one piece for 50 points, and ends in an hour. */
export async function aFlashSale({ skuId: shopSkuId }: { skuId: number }, plan: FlashPlan = {}): Promise<TestSale> {
  const [startsAt, endsAt] = [-1, 60].map((minutes) => new Date(currentTime().getTime() + minutes * MINUTE_MS));
  const input = FlashPlanInput.parse({ requestId: "test", shopSkuId, name: "flash", pieces: 1, pointsPrice: 50, startsAt, endsAt, ...plan });
  const { id } = await perform(theShop, (ctx) => planFlashSale(ctx, input));
  const [sale] = await rows<{ skuId: number }>("SELECT sku_id AS skuId FROM flash_sales WHERE id = ?", [id]);
  return { id, skuId: sale!.skuId };
}

export type Wish = Partial<Omit<RedeemRequest, "userId" | "request">> & { key?: string; quantity?: number };

/** What a person wants of one product; `lines` asks for several. */
export const wishOf = (who: { id: UserId }, product: { skuId: number }, { key = randomUUID(), quantity = 1, lines = [{ skuId: product.skuId, quantity }], ...more }: Wish = {}): RedeemRequest => ({
  userId: who.id, lines, ...more, request: requestKey(key, "redeem", { lines, ...more }),
});

/** Redeems in a transaction of its own, past the lanes: what another process does. */
export async function redeemAlone(who: { id: UserId }, product: { skuId: number }, wish: Wish = {}, now = currentTime()): Promise<Decision<RedeemReply>> {
  const [answer] = await perform(theShop, (ctx) => redeemProducts(ctx, [wishOf(who, product, wish)]), now);
  return answer!;
}

/** An order that must come about. */
export const anOrder = async (who: { id: UserId }, product: { skuId: number }, wish: Wish = {}, now = currentTime()): Promise<RedeemReply> =>
  orRefuse(await redeemAlone(who, product, wish, now));

/** Opens a payment for an order and has the bank say `result`. */
export async function pay(who: { actor: Actor }, orderId: string, result: "paid" | "failed" = "paid", now = currentTime()): Promise<Settlement> {
  const { reference } = await perform(who.actor, (ctx) => openPayment(ctx, { requestId: randomUUID(), orderId }, "test"), now);
  return perform(who.actor, (ctx) => settlePayment(ctx, "test", reference, result), now);
}

export type AccountRow = { points_balance: number; points_debt: number; total_points_earned: number; status: string };
export async function accountOf({ id }: { id: UserId }): Promise<AccountRow> {
  const [row] = await rows<AccountRow>("SELECT points_balance, points_debt, total_points_earned, status FROM point_accounts WHERE user_id = ?", [id]);
  return row!;
}

export const balanceOf = async (who: { id: UserId }): Promise<number> => (await accountOf(who)).points_balance;

export type LotRow = { id: number; points_granted: number; points_remaining: number; expires_at: Date };
export const lotsOf = ({ id }: { id: UserId }): Promise<LotRow[]> =>
  rows<LotRow>("SELECT id, points_granted, points_remaining, expires_at FROM point_lots WHERE user_id = ? ORDER BY expires_at", [id]);

export type EntryRow = { id: number; kind: string; points_change: number; balance_after: number; source_type: string; source_id: string; rule_id: number | null };
export const ledgerOf = ({ id }: { id: UserId }): Promise<EntryRow[]> =>
  rows<EntryRow>("SELECT id, kind, points_change, balance_after, source_type, source_id, rule_id FROM points_transactions WHERE user_id = ? ORDER BY id", [id]);

export type EventRow = { name: string; actor_id: number | null; data: Record<string, unknown> };
export const eventsAbout = (type: "user" | "order" | "product" | "sku" | "category" | "flash" | "coupon" | "coupon_template" | "segment" | "staff_role" | "invitation" | "view", id: string | number): Promise<EventRow[]> =>
  rows<EventRow>("SELECT name, actor_id, data FROM events WHERE subject_type = ? AND subject_id = ? ORDER BY id", [type, String(id)]);

export type OrderRow = { public_id: string; status: string; points_spent: number; cash_due_cents: number; cash_paid_cents: number; request_id: string };
export const ordersOf = ({ id }: { id: UserId }): Promise<OrderRow[]> =>
  rows<OrderRow>("SELECT public_id, status, points_spent, cash_due_cents, cash_paid_cents, request_id FROM orders WHERE user_id = ? ORDER BY id", [id]);

export async function stockOf({ skuId }: { skuId: number }): Promise<number> {
  const [row] = await rows<{ stock: number }>("SELECT stock FROM sku_stock WHERE sku_id = ?", [skuId]);
  return row!.stock;
}

/** How many answers are of each kind: "ok" or the code of the refusal. */
export function tally(answers: readonly Decision<unknown>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) {
    const kind = answer.ok ? "ok" : answer.code;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** What a command that should refuse refused with; fails when it does not. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error && error.name === "Refusal") return (error as unknown as { code: string }).code;
    throw error;
  }
  throw new Error("it was not refused");
}

/** Runs the work for each number at once. */
export const atOnce = <T>(times: number, work: (index: number) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: times }, (_, index) => work(index)));

/**
 * Calls the work as one of several processes of the shop would: lanes live on `globalThis`, so another set of them is another process.
 * The work must hand its request to the lane before it first waits.
 */
export function inProcess<T>(number: number, work: () => Promise<T>): Promise<T> {
  const here = globalThis as { pointsMallLanes?: Map<string, unknown>; testProcesses?: Map<number, Map<string, unknown>> };
  const ours = (here.pointsMallLanes ??= new Map());
  const processes = (here.testProcesses ??= new Map());
  if (!processes.has(number)) processes.set(number, new Map());
  here.pointsMallLanes = processes.get(number)!;
  try {
    return work();
  } finally {
    here.pointsMallLanes = ours;
  }
}

export type TaskPlan = Partial<Omit<TaskInput, "requestId">>;

/** A task that is open. Without more it asks for one redemption, once, for 50 points. */
export async function aTask({ name = "a task", ...plan }: TaskPlan = {}): Promise<{ id: number }> {
  const input = TaskInput.parse({ requestId: "test", name, metric: "redemptions", target: 1, period: "once", rewardPoints: plan.rewardPerk ? 0 : 50, status: "active", ...plan });
  return perform(theShop, (ctx) => saveTask(ctx, input));
}

export type TemplatePlan = Partial<Omit<z.input<typeof TemplateInput>, "requestId" | "claimFrom" | "claimUntil" | "validFrom" | "validUntil">> & Partial<Record<"claimFrom" | "claimUntil" | "validFrom" | "validUntil", Date>>;

/** A coupon's template that is open. Without more it takes ¥5 off, is good for thirty days and nobody can claim it. */
export async function aCouponTemplate({ name = "¥5 off", kind = "amount", ...plan }: TemplatePlan = {}): Promise<{ id: number }> {
  const instants = Object.fromEntries(Object.entries(plan).map(([field, value]) => [field, value instanceof Date ? value.toISOString() : value]));
  const input = TemplateInput.parse({ requestId: "test", name, kind, amount: kind === "amount" ? 500 : 0, validDays: plan.validUntil ? null : 30, status: "active", ...instants });
  return perform(theShop, (ctx) => saveTemplate(ctx, input));
}

export type MailRow = { template: string; recipient: string; locale: string; props: Record<string, unknown>; user_id: number | null };
/** What was put into the outbox for an address, the newest first. */
export const mailTo = (email: string): Promise<MailRow[]> =>
  rows<MailRow>("SELECT template, recipient, locale, props, user_id FROM mail_messages WHERE recipient = ? ORDER BY id DESC", [email]);

/** The token in the newest link of this kind that was sent to an address. */
export async function linkTokenTo(email: string, template: "verify_email" | "reset_password" | "change_email" | "staff_invited"): Promise<string> {
  const mail = (await mailTo(email)).find((each) => each.template === template);
  if (!mail) throw new Error(`no ${template} was sent to ${email}`);
  return new URL(String(mail.props.link), "http://shop").searchParams.get("token")!;
}

/** Gives cards for no reason, or takes them. */
export const givePerks = ({ id }: { id: UserId }, perk: Perk, quantity: number): Promise<unknown> =>
  perform(theShop, (ctx) => sendPacket(ctx.tx, perkRows([{ userId: id, perk, quantity, source: { type: "test", id: randomUUID() } }], ctx.now)));

export type RulePlan = z.input<typeof Definition>;

/** Runs the work where these are the only rules for an action, and puts the others back. */
export async function withRules<T>(action: Action, definitions: readonly RulePlan[], work: () => Promise<T>): Promise<T> {
  const before = await rows<{ id: number }>("SELECT id FROM points_rules WHERE action_type = ? AND status = 'active'", [action]);
  const setStatus = (ids: readonly number[], status: string) => (ids.length > 0 ? rows(`UPDATE points_rules SET status = ? WHERE id IN (${ids.join(",")})`, [status]) : null);
  await setStatus(before.map(({ id }) => id), "archived");
  for (const definition of definitions) await rows("INSERT INTO points_rules (action_type, name, status, definition) VALUES (?, 'a rule', 'active', ?)", [action, JSON.stringify(Definition.parse(definition))]);
  try {
    return await work();
  } finally {
    await rows("UPDATE points_rules SET status = 'archived' WHERE action_type = ? AND status = 'active'", [action]);
    await setStatus(before.map(({ id }) => id), "active");
  }
}

/** Runs the work under other settings of the programme, and puts the defaults back. */
export async function withPolicy<T>(changes: Partial<Policy>, work: () => Promise<T>): Promise<T> {
  for (const [name, value] of Object.entries(changes)) await rows("INSERT INTO settings (name, value) VALUES (?, ?)", [name, JSON.stringify(value)]);
  forgetPolicy();
  try {
    return await work();
  } finally {
    for (const name of Object.keys(changes)) await rows("DELETE FROM settings WHERE name = ?", [name]);
    forgetPolicy();
  }
}
