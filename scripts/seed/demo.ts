import { asc } from "drizzle-orm";

import { db } from "@/db/client";
import { categories, products, skus } from "@/db/schema";
import { changeRole, registerUser } from "@/lib/accounts/commands";
import { hashPassword } from "@/lib/accounts/password";
import { saveProduct } from "@/lib/catalog/commands";
import { ProductInput } from "@/lib/catalog/schema";
import { checkInAll } from "@/lib/checkin/commands";
import { currentTime } from "@/lib/clock";
import type { Actor, StaffId, UserId } from "@/lib/ctx";
import { addDays, dayOf, startOfDay } from "@/lib/day";
import { completeOrder, shipOrder } from "@/lib/orders/commands";
import { redeemProducts } from "@/lib/orders/redemption/commands";
import { perform } from "@/lib/perform";
import { expiryOf } from "@/lib/points/expiry";
import { grantPoints } from "@/lib/points/keeping/commands";
import { orRefuse } from "@/lib/refusal";
import { requestKey } from "@/lib/request-key";
import { earnPoints } from "@/lib/rules/commands";
import { getPolicy } from "@/lib/settings/queries";

import { demoAccounts } from "../lib/demo-accounts.mjs";

import { demoProducts } from "./products";

const HOUR_MS = 3_600_000;
const clock: Actor = { kind: "system", name: "seed" };

/** Some more people, so that the merchant's lists have something to show. */
const NEIGHBOURS = ["周雨桐", "Marcus Lee", "王浩然", "Sofia Rossi", "陈嘉", "李默", "赵一诺", "Ada Okafor"];
const HISTORY_DAYS = 40;

/** A shop with a past of forty days, made by the same commands as its future: what it shows keeps every rule. */
export async function seedDemo(): Promise<void> {
  const { timeZone } = await getPolicy(db());
  const today = dayOf(currentTime(), timeZone);
  const at = (daysAgo: number, hour: number) => new Date(startOfDay(addDays(today, -daysAgo), timeZone).getTime() + hour * HOUR_MS);

  const people = await seedPeople(at(HISTORY_DAYS, 9));
  await seedProducts(people.merchant, at(HISTORY_DAYS, 10));
  await seedBalances([people.lin, ...people.neighbours], at(HISTORY_DAYS - 1, 9));
  await seedCheckIns(people.lin, at);
  await seedOrders(people, at);
  console.error(`demo data: ${demoProducts.length} products, ${people.neighbours.length + demoAccounts.length} people, ${HISTORY_DAYS} days of history`);
}

type People = { lin: UserId; merchant: Actor; neighbours: UserId[] };

async function seedPeople(joinedAt: Date): Promise<People> {
  const ids = new Map<string, UserId>();
  for (const account of demoAccounts) {
    const passwordHash = await hashPassword(account.password);
    ids.set(account.role, await join({ username: account.name, email: account.email, passwordHash, locale: "zh-CN" }, joinedAt));
  }
  const owner = { kind: "staff", id: ids.get("owner") as StaffId, role: "owner" } as const;
  for (const role of ["owner", "staff"] as const) {
    await perform(owner, (ctx) => changeRole(ctx, { requestId: `seed-${role}`, userId: ids.get(role)!, role }), joinedAt);
  }
  // Nobody signs in as a neighbour: the hash is of no password.
  const neighbours: UserId[] = [];
  for (const [index, username] of NEIGHBOURS.entries()) {
    neighbours.push(await join({ username, email: `neighbour${index + 1}@demo.points`, passwordHash: "!", locale: /[a-z]/i.test(username) ? "en" : "zh-CN" }, joinedAt));
  }
  return { lin: ids.get("shopper")!, merchant: { kind: "staff", id: ids.get("staff") as StaffId, role: "staff" }, neighbours };
}

const join = (person: Parameters<typeof registerUser>[1], at: Date): Promise<UserId> =>
  perform(clock, async (ctx) => {
    const userId = await registerUser(ctx, person);
    await earnPoints(ctx, { userId, action: "register", source: { type: "register", id: String(userId) } });
    return userId;
  }, at);

async function seedProducts(merchant: Actor, at: Date): Promise<void> {
  const known = await db().select({ id: categories.id, slug: categories.slug }).from(categories);
  for (const { category, ...product } of demoProducts) {
    const categoryId = known.find(({ slug }) => slug === category)?.id ?? null;
    const input = ProductInput.parse({ ...product, categoryId, requestId: product.slug, status: "active" });
    await perform(merchant, (ctx) => saveProduct(ctx, input), at);
  }
}

/** Lin has a good balance of which some expires within a month; the neighbours have what they redeem below. */
async function seedBalances(people: readonly UserId[], at: Date): Promise<void> {
  const [lin, ...neighbours] = people;
  await perform(clock, async (ctx) => {
    const soon = expiryOf(at, { ...ctx.policy, pointValidityDays: HISTORY_DAYS + 20 });
    const later = expiryOf(at, ctx.policy);
    await grantPoints(ctx, [
      { userId: lin!, points: 320, expiresAt: soon, sourceId: "seed-lin-soon", reason: "开业礼" },
      { userId: lin!, points: 14_600, expiresAt: later, sourceId: "seed-lin-later", reason: "会员转入" },
      ...neighbours.map((userId, index) => ({ userId, points: 6_000 + index * 1_700, expiresAt: later, sourceId: `seed-neighbour-${index + 1}`, reason: "会员转入" })),
    ]);
  }, at);
}

/** Two weeks with a gap, then the last six days: today is the seventh. */
async function seedCheckIns(userId: UserId, at: (daysAgo: number, hour: number) => Date): Promise<void> {
  for (const daysAgo of [20, 19, 18, 17, 16, 14, 13, 12, 10, 9, 6, 5, 4, 3, 2, 1]) {
    await perform(clock, async (ctx) => {
      const [answer] = await checkInAll(ctx, [{ userId, request: requestKey(undefined, "check-in", {}) }]);
      orRefuse(answer!);
    }, at(daysAgo, 8));
  }
}

type PastOrder = { buyer: UserId; slug: string; daysAgo: number; then?: "shipped" | "completed" };

const ADDRESS = { recipient: "林溪", phone: "138 0013 8000", region: "上海市 徐汇区", street: "湖南路街道 复兴西路 199 弄 6 号 301", postcode: "200031" };

async function seedOrders({ lin, merchant, neighbours }: People, at: (daysAgo: number, hour: number) => Date): Promise<void> {
  const past: PastOrder[] = [
    { buyer: lin, slug: "dotted-notebook", daysAgo: 30, then: "completed" },
    { buyer: lin, slug: "white-tea-tin", daysAgo: 4, then: "shipped" },
    ...neighbours.flatMap((buyer, index): PastOrder[] => [
      { buyer, slug: ["canvas-tote", "stoneware-mug", "desk-plant-surprise", "thermos-500"][index % 4]!, daysAgo: 25 - index * 3, then: index < 4 ? "completed" : "shipped" },
      { buyer, slug: ["stoneware-mug", "white-tea-tin", "coffee-voucher", "dotted-notebook"][(index + 1) % 4]!, daysAgo: index % 3 },
    ]),
  ];
  for (const order of past.sort((a, b) => b.daysAgo - a.daysAgo)) await seedOrder(order, merchant, at);
}

async function seedOrder({ buyer, slug, daysAgo, then }: PastOrder, merchant: Actor, at: (daysAgo: number, hour: number) => Date): Promise<void> {
  const skuId = await firstSku(slug);
  const { orderId } = await perform(clock, async (ctx) => {
    const [answer] = await redeemProducts(ctx, [{ userId: buyer, skuId, quantity: 1, address: ADDRESS, request: requestKey(undefined, "redeem", {}) }]);
    return orRefuse(answer!);
  }, at(daysAgo, 7));
  if (!then) return;
  const isShipped = demoProducts.find((product) => product.slug === slug)!.delivery === "shipped";
  if (isShipped) await perform(merchant, (ctx) => shipOrder(ctx, { requestId: orderId, orderId, carrier: "顺丰速运", trackingNumber: `SF${Date.parse(at(daysAgo, 7).toISOString())}` }), at(daysAgo - 1, 10));
  if (then === "completed") await perform(merchant, (ctx) => completeOrder(ctx, { requestId: orderId, orderId }), at(Math.max(daysAgo - 3, 0), 6));
}

async function firstSku(slug: string): Promise<number> {
  const rows = await db().select({ slug: products.slug, productId: products.id }).from(products);
  const product = rows.find((row) => row.slug === slug)!;
  const options = await db().select({ id: skus.id, productId: skus.productId }).from(skus).orderBy(asc(skus.position));
  return options.find(({ productId }) => productId === product.productId)!.id;
}

