import { asc, eq } from "drizzle-orm";

import { db } from "@/db/client";
import { categories, levels, products, skus } from "@/db/schema";
import { changeRole, registerUser, saveAddress } from "@/lib/accounts/commands";
import { hashPassword } from "@/lib/accounts/password";
import { permissionsOf } from "@/lib/accounts/permission";
import { saveProduct } from "@/lib/catalog/commands";
import { ProductInput } from "@/lib/catalog/schema";
import { checkInAll } from "@/lib/checkin/commands";
import { currentTime } from "@/lib/clock";
import type { Actor, StaffId, UserId } from "@/lib/ctx";
import { addDays, dayOf, startOfDay } from "@/lib/day";
import { sealHistory } from "@/lib/jobs/seal-audit";
import { addToCart } from "@/lib/orders/cart/commands";
import { completeOrder } from "@/lib/orders/receiving/commands";
import { shipOrder } from "@/lib/orders/shipping/commands";
import { redeemProducts } from "@/lib/orders/redemption/commands";
import { perform } from "@/lib/perform";
import { expiryOf } from "@/lib/points/expiry";
import { grantPoints } from "@/lib/points/keeping/commands";
import { orRefuse } from "@/lib/refusal";
import { staffActor } from "@/lib/staff";
import { requestKey } from "@/lib/request-key";
import { earnPoints } from "@/lib/rules/commands";
import { getPolicy } from "@/lib/settings/queries";

import { demoAccounts } from "../lib/demo-accounts.mjs";

import { adjustments } from "./adjustments";
import { seedCoupons, seedMembers } from "./coupons";
import { seedDraws } from "./draws";
import { seedFlash } from "./flash";
import { seedFulfilment } from "./fulfilment";
import { seedOperations } from "./operations";
import { seedPictures } from "./pictures";
import { demoProducts } from "./products";
import { seedLooksAtOrders, seedReports, seedVisits } from "./reports";
import { seedReviews } from "./reviews";
import { seedRisk } from "./risk";
import { seedStaff } from "./staff";

const HOUR_MS = 3_600_000;
const clock: Actor = { kind: "system", name: "seed" };

/** Some more people, so that the merchant's lists have something to show. */
const NEIGHBOURS = ["周雨桐", "Marcus Lee", "王浩然", "Sofia Rossi", "陈嘉", "李默", "赵一诺", "Ada Okafor"];
const HISTORY_DAYS = 40;

/** The demo shop opened its programme the day before its history: the rules were there for all of it. */
export const demoBegins = (): Date => new Date(currentTime().getTime() - (HISTORY_DAYS + 1) * 24 * HOUR_MS);

/** A shop with a past of forty days, made by the same commands as its future: what it shows keeps every rule. */
export async function seedDemo(): Promise<void> {
  const { timeZone } = await getPolicy(db());
  const today = dayOf(currentTime(), timeZone);
  const at = (daysAgo: number, hour: number) => new Date(startOfDay(addDays(today, -daysAgo), timeZone).getTime() + hour * HOUR_MS);

  const people = await seedPeople(at);
  await seedProducts(people.merchant, at(HISTORY_DAYS, 10));
  await seedCoupons(people.merchant, people.lin, at(HISTORY_DAYS, 12));
  await seedPictures(people.merchant, at(HISTORY_DAYS, 11));
  await seedBalances(people, at);
  await perform({ kind: "shopper", id: people.lin }, (ctx) => saveAddress(ctx, people.lin, ADDRESS));
  // In the order of time, so that the ledger's lines stand as they would have been written.
  for (const step of [...checkIns(people, at), ...orders(people, at), ...adjustments(people.merchant, people.owner, people.neighbours.map(({ id }) => id), at)].sort((a, b) => a.at.getTime() - b.at.getTime())) await step.run();
  await seedFulfilment(people.merchant, people.lin, at);
  await seedReviews(people.merchant, people.lin);
  await seedFlash(people.merchant);
  await seedDraws(people.merchant, people.neighbours, at);
  await seedMembers(currentTime());
  await seedRisk(people.merchant, people.neighbours.map(({ id }) => id), at);
  await fillCart(people.lin);
  await seedOperations(at);
  await seedVisits([{ id: people.lin, joinedDaysAgo: HISTORY_DAYS }, ...people.neighbours], at);
  await seedLooksAtOrders();
  await sealHistory();
  await seedReports();
  console.error(`demo data: ${demoProducts.length} products, ${people.neighbours.length + demoAccounts.length} people, ${HISTORY_DAYS} days of history`);
}

/** What Lin means to redeem next. */
async function fillCart(lin: UserId): Promise<void> {
  for (const slug of ["pour-over-kettle", "house-blend-beans"]) {
    const [sku] = await db().select({ id: skus.id }).from(skus).innerJoin(products, eq(products.id, skus.productId)).where(eq(products.slug, slug)).limit(1);
    if (sku) await perform({ kind: "shopper", id: lin }, (ctx) => addToCart(ctx, { requestId: `seed-cart-${slug}`, skuId: sku.id, quantity: 1 }));
  }
}

type Step = { at: Date; run: () => Promise<void> };
type At = (daysAgo: number, hour: number) => Date;
type Neighbour = { id: UserId; joinedDaysAgo: number };
type People = { lin: UserId; merchant: Actor; owner: Actor; neighbours: Neighbour[] };

async function seedPeople(at: At): Promise<People> {
  const joinedAt = at(HISTORY_DAYS, 9);
  const ids = new Map<string, UserId>();
  for (const account of demoAccounts) {
    const passwordHash = await hashPassword(account.password);
    ids.set(account.role, await join({ username: account.name, email: account.email, passwordHash, locale: "zh-CN" }, joinedAt));
  }
  const owner = staffActor({ id: ids.get("owner") as StaffId, role: "owner", permissions: permissionsOf("owner", null) });
  for (const role of ["owner", "staff"] as const) {
    await perform(owner, (ctx) => changeRole(ctx, { requestId: `seed-${role}`, userId: ids.get(role)!, role }), joinedAt);
  }
  await seedStaff(owner, joinedAt);
  // Nobody signs in as a neighbour: the hash is of no password.
  const neighbours: Neighbour[] = [];
  for (const [index, username] of NEIGHBOURS.entries()) {
    const joinedDaysAgo = 36 - index * 4;
    const person = { username, email: `neighbour${index + 1}@demo.points`, passwordHash: "!", locale: /[a-z]/i.test(username) ? "en" : "zh-CN" };
    neighbours.push({ id: await join(person, at(joinedDaysAgo, 11)), joinedDaysAgo });
  }
  return { lin: ids.get("shopper")!, merchant: staffActor({ id: ids.get("staff") as StaffId, role: "staff", permissions: permissionsOf("staff", { builtIn: "manager", permissions: [] }) }), owner, neighbours };
}

const join = (person: Parameters<typeof registerUser>[1], at: Date): Promise<UserId> =>
  perform(clock, async (ctx) => {
    const userId = await registerUser(ctx, { ...person, isVerified: true });
    await earnPoints(ctx, { userId, action: "register", source: { type: "register", id: String(userId) } });
    return userId;
  }, at);

async function seedProducts(merchant: Actor, at: Date): Promise<void> {
  const [known, ladder] = await Promise.all([db().select({ id: categories.id, slug: categories.slug }).from(categories), db().select({ id: levels.id, rank: levels.rank }).from(levels)]);
  const audience = (rank: number) => ({ kind: "level", audienceId: ladder.find((level) => level.rank === rank)!.id });
  for (const { category, gateRank, skus: offers, ...product } of demoProducts) {
    const categoryId = known.find(({ slug }) => slug === category)?.id ?? null;
    const gates = gateRank === undefined ? [] : [audience(gateRank)];
    const priced = offers.map(({ ownPrices = [], ...sku }) => ({ ...sku, prices: ownPrices.map(({ rank, pointsPrice }) => ({ ...audience(rank), pointsPrice })) }));
    const input = ProductInput.parse({ ...product, categoryId, gates, skus: priced, requestId: product.slug, status: "active" });
    await perform(merchant, (ctx) => saveProduct(ctx, input), at);
  }
}

/** Lin has a good balance of which some expires within a month; the neighbours have what they redeem below. */
async function seedBalances({ lin, neighbours }: People, at: At): Promise<void> {
  const opening = at(HISTORY_DAYS - 1, 9);
  await perform(clock, (ctx) => grantPoints(ctx, [
    { userId: lin, points: 3_240, expiresAt: expiryOf(opening, { ...ctx.policy, expiry: { kind: "rolling", every: HISTORY_DAYS + 20, unit: "day", roundTo: null } }), sourceId: "seed-lin-soon", reason: "开业礼" },
    { userId: lin, points: 11_585, expiresAt: expiryOf(opening, ctx.policy), sourceId: "seed-lin-later", reason: "会员转入" },
  ]), opening);
  for (const [index, { id, joinedDaysAgo }] of neighbours.entries()) {
    const grant = { userId: id, points: 6_000 + index * 700, sourceId: `seed-neighbour-${index + 1}`, reason: "会员转入" };
    await perform(clock, (ctx) => grantPoints(ctx, [{ ...grant, expiresAt: expiryOf(ctx.now, ctx.policy) }]), at(joinedDaysAgo, 12));
  }
}

/** For Lin two weeks with gaps, then the last six days: today is the seventh. The neighbours come and go. */
function checkIns({ lin, neighbours }: People, at: At): Step[] {
  const steps: Step[] = [];
  const linsDays = new Set([20, 19, 18, 17, 16, 14, 13, 12, 10, 9, 6, 5, 4, 3, 2, 1]);
  for (let daysAgo = HISTORY_DAYS; daysAgo >= 1; daysAgo--) {
    const here = neighbours.filter(({ joinedDaysAgo }, index) => daysAgo < joinedDaysAgo && (daysAgo + index) % 3 !== 0).map(({ id }) => id);
    const people = linsDays.has(daysAgo) ? [lin, ...here] : here;
    if (people.length === 0) continue;
    const morning = at(daysAgo, 13);
    steps.push({ at: morning, run: () => checkInTogether(people, morning) });
  }
  return steps;
}

const checkInTogether = (people: readonly UserId[], now: Date): Promise<void> =>
  perform(clock, async (ctx) => {
    const answers = await checkInAll(ctx, people.map((userId) => ({ userId, request: requestKey(undefined, "check-in", {}) })));
    answers.forEach((answer) => orRefuse(answer));
  }, now);

type PastOrder = { buyer: UserId; slug: string; daysAgo: number; then?: "shipped" | "completed" };

const ADDRESS = { recipient: "林溪", phone: "138 0013 8000", region: "上海市 徐汇区", street: "湖南路街道 复兴西路 199 弄 6 号 301", postcode: "200031" };

function orders({ lin, merchant, neighbours }: People, at: At): Step[] {
  const past: PastOrder[] = [
    { buyer: lin, slug: "dotted-notebook", daysAgo: 30, then: "completed" },
    { buyer: lin, slug: "white-tea-tin", daysAgo: 4, then: "shipped" },
    ...neighbours.flatMap(({ id: buyer, joinedDaysAgo }, index): PastOrder[] => [
      { buyer, slug: ["canvas-tote", "stoneware-mug", "desk-plant-surprise", "thermos-500"][index % 4]!, daysAgo: joinedDaysAgo - 4, then: index < 4 ? "completed" : "shipped" },
      { buyer, slug: ["stoneware-mug", "white-tea-tin", "coffee-voucher", "dotted-notebook"][(index + 1) % 4]!, daysAgo: index % 3 },
    ]),
  ];
  return past.map((order) => ({ at: timeOf(order, at), run: () => seedOrder(order, merchant, at) }));
}

/** In the afternoon, or today's first minute: nothing is dated after now. */
const timeOf = ({ daysAgo }: PastOrder, at: At): Date => at(daysAgo, daysAgo === 0 ? 0 : 15);

async function seedOrder(order: PastOrder, merchant: Actor, at: At): Promise<void> {
  const { buyer, slug, daysAgo, then } = order;
  const skuId = await firstSku(slug);
  const { orderId } = await perform(clock, async (ctx) => {
    const [answer] = await redeemProducts(ctx, [{ userId: buyer, lines: [{ skuId, quantity: 1 }], address: ADDRESS, request: requestKey(undefined, "redeem", {}) }]);
    return orRefuse(answer!);
  }, timeOf(order, at));
  if (!then) return;
  const isShipped = demoProducts.find((product) => product.slug === slug)!.delivery === "shipped";
  if (isShipped) await perform(merchant, (ctx) => shipOrder(ctx, { requestId: orderId, orderId, carrier: "顺丰速运", trackingNumber: `SF${timeOf(order, at).getTime()}` }), at(daysAgo - 1, 10));
  if (then === "completed") await perform(merchant, (ctx) => completeOrder(ctx, { requestId: orderId, orderId }), at(Math.max(daysAgo - 3, 0), 6));
}

async function firstSku(slug: string): Promise<number> {
  const rows = await db().select({ slug: products.slug, productId: products.id }).from(products);
  const product = rows.find((row) => row.slug === slug)!;
  const options = await db().select({ id: skus.id, productId: skus.productId }).from(skus).orderBy(asc(skus.position));
  return options.find(({ productId }) => productId === product.productId)!.id;
}

