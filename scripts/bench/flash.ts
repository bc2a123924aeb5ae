import { pool } from "@/db/client";
import { planFlashSale } from "@/lib/flash/commands";
import { FlashPlanInput } from "@/lib/flash/schema";
import { perform } from "@/lib/perform";
import type { RowDataPacket } from "mysql2/promise";

import { measureBareRoute, startShop, type Shop } from "./http";
import { drive, median, type Sample } from "./measure";
import { aProduct, loadUsers, type LoadUser } from "./world";

const PEOPLE = 20_000;
const PIECES = 500;
const PRICE = 10;
const CALLERS = 256;
const BARE_CALLERS = 128;
const ROUNDS = 3;
const HOUR_MS = 3_600_000;
/** How often somebody looks at pages and buys something else meanwhile. */
const BESIDE_MS = 100;

type Line = { name: string; value: string; target: string; isMet: boolean };
type Way = { name: string; processes: number; gate: "on" | "off"; throughNext: boolean };
type Sale = { id: number; skuId: number; slug: string };
type Storm = Sample & { soldOutMs: number; beside: Beside };

/** What others waited for meanwhile, in milliseconds. */
type Beside = Record<"page" | "watch" | "other", number[]>;

const WAYS: readonly Way[] = [
  { name: "self-hosted, 1 process, gate off", processes: 1, gate: "off", throughNext: false },
  { name: "self-hosted, 1 process, gate on", processes: 1, gate: "on", throughNext: false },
  { name: "self-hosted, 2 processes, gate off", processes: 2, gate: "off", throughNext: false },
  { name: "self-hosted, 2 processes, gate on", processes: 2, gate: "on", throughNext: false },
  { name: "Next route, 1 process", processes: 1, gate: "off", throughNext: true },
  { name: "Next route, 2 processes, gate on", processes: 2, gate: "on", throughNext: true },
];

/**
 * `npm run bench flash`: 20,000 people, one request each, for 500 pieces, over HTTP on the built shop. Every storm must end with exactly
 * 500 orders and 500 people charged, while pages and other products answer. `--scale 0.1` tries it small; `--rounds 1` once.
 */
export async function benchFlash(args: readonly string[]): Promise<Line[]> {
  const option = (name: string, otherwise: number): number => Number(/^[\d.]+$/.exec(args[args.indexOf(name) + 1] ?? "")?.[0] ?? otherwise);
  const people = Math.max(PIECES * 2, Math.round(PEOPLE * (args.includes("--scale") ? option("--scale", 1) : 1)));
  const rounds = args.includes("--rounds") ? option("--rounds", ROUNDS) : ROUNDS;
  const users = await loadUsers(people);
  const bare: Sample[] = [];
  const rest: Beside[] = [];
  const storms = new Map(WAYS.map((way) => [way, [] as Storm[]]));
  for (let round = 1; round <= rounds; round++) {
    for (const way of WAYS) {
      const shops = await startShops(way);
      try {
        if (way === WAYS[0]) {
          bare.push(await measureBareRoute(shops[0]!, BARE_CALLERS));
          rest.push(await atRest(shops, users));
        }
        const storm = await measureStorm(way, shops, users);
        storms.get(way)!.push(storm);
        console.error(`round ${round} of ${rounds}: ${way.name} ${Math.round(storm.perSecond)} answers/s, sold out after ${Math.round(storm.soldOutMs)} ms`);
      } finally {
        for (const shop of shops) await shop.stop();
      }
    }
  }
  return linesOf(median(bare), rest, storms, people);
}

const startShops = (way: Way): Promise<Shop[]> => Promise.all(Array.from({ length: way.processes }, () => startShop({ FLASH_GATE: way.gate })));

async function aSale(): Promise<Sale> {
  const { productId, skuId: shopSkuId } = await aProduct(PIECES);
  const now = Date.now();
  const input = FlashPlanInput.parse({ requestId: "bench", shopSkuId, name: "bench", pieces: PIECES, pointsPrice: PRICE, startsAt: new Date(now - HOUR_MS), endsAt: new Date(now + HOUR_MS) });
  const { id } = await perform({ kind: "system", name: "bench" }, (ctx) => planFlashSale(ctx, input));
  const [[row]] = await pool().query<RowDataPacket[]>("SELECT f.sku_id, p.slug FROM flash_sales f JOIN products p WHERE f.id = ? AND p.id = ?", [id, productId]);
  return { id, skuId: row!.sku_id as number, slug: row!.slug as string };
}

async function measureStorm(way: Way, shops: readonly Shop[], users: readonly LoadUser[]): Promise<Storm> {
  const sale = await aSale();
  const other = await aProduct(100_000);
  // The self-hosted server takes the exact address; with a query it is Next's.
  const path = `/api/flash/redeem${way.throughNext ? "?via=next" : ""}`;
  await warmUp(shops, path, sale, other.productId);
  const answers = new Map<number, number>();
  let soldOutMs = 0;
  const startedAt = performance.now();
  const storm = drive(users.length, CALLERS, async (index) => {
    const status = await shops[index % shops.length]!.client.post(path, { saleId: sale.id, quantity: 1 }, users[index]!.token);
    answers.set(status, (answers.get(status) ?? 0) + 1);
    if (answers.get(200) === PIECES && soldOutMs === 0) soldOutMs = performance.now() - startedAt;
  });
  const beside = lookBeside(shops, users, sale, other.productId, storm);
  const sample = await storm;
  await refuseWrongBooks(sale, users, answers);
  return { ...sample, soldOutMs, beside: await beside };
}

/** The first request of a process pays for what is loaded with it; nobody's points are touched: without a token it is refused. */
async function warmUp(shops: readonly Shop[], path: string, sale: Sale, other: number): Promise<void> {
  for (const { client } of shops) {
    for (let time = 0; time < 3; time++) {
      await client.post(path, { saleId: sale.id, quantity: 1 });
      await client.post("/api/points/spend", { productId: other, quantity: 1 });
      await client.get(`/products/${sale.slug}`);
    }
  }
}

/** One who looks at the sale's page, one whose page watches it, and one who redeems something else. */
async function lookBeside(shops: readonly Shop[], users: readonly LoadUser[], sale: Sale, productId: number, ended: Promise<unknown>): Promise<Beside> {
  const took: Beside = { page: [], watch: [], other: [] };
  let isOver = false;
  void ended.finally(() => (isOver = true)).catch(() => undefined);
  const again = async (kind: keyof Beside, ask: (shop: Shop, turn: number) => Promise<number>): Promise<void> => {
    for (let turn = 0; !isOver; turn++) {
      const startedAt = performance.now();
      const status = await ask(shops[turn % shops.length]!, turn);
      if (status !== 200) throw new Error(`beside the sale, ${kind} answered ${status}`);
      took[kind].push(performance.now() - startedAt);
      await new Promise((wake) => setTimeout(wake, BESIDE_MS));
    }
  };
  await Promise.all([
    again("page", ({ client }) => client.get(`/products/${sale.slug}`)),
    again("watch", ({ client }) => client.get(`/api/flash/${sale.id}`)),
    again("other", ({ client }, turn) => client.post("/api/points/spend", { productId, quantity: 1 }, users[turn % users.length]!.token)),
  ]);
  return took;
}

/** The same three while nothing else happens. */
async function atRest(shops: readonly Shop[], users: readonly LoadUser[]): Promise<Beside> {
  const [sale, other] = [await aSale(), await aProduct(1_000)];
  await warmUp(shops, "/api/flash/redeem", sale, other.productId);
  return lookBeside(shops, users, sale, other.productId, new Promise((ended) => setTimeout(ended, 3_000)));
}

/** A storm that sold one piece too many, or charged anybody in vain, is no measurement. */
async function refuseWrongBooks(sale: Sale, users: readonly LoadUser[], answers: ReadonlyMap<number, number>): Promise<void> {
  const [[found]] = await pool().query<RowDataPacket[]>(
    `SELECT (SELECT COUNT(*) FROM order_items WHERE sku_id = ?) AS orders, (SELECT stock FROM sku_stock WHERE sku_id = ?) AS stock,
       (SELECT -SUM(e.points_change) FROM points_transactions e JOIN orders o ON o.public_id = e.source_id JOIN order_items i ON i.order_id = o.id WHERE e.kind = 'spend' AND i.sku_id = ?) AS points`,
    [sale.skuId, sale.skuId, sale.skuId]);
  const seen = { ok: answers.get(200) ?? 0, refused: answers.get(409) ?? 0, orders: Number(found!.orders), stock: Number(found!.stock), points: Number(found!.points) };
  const wanted = { ok: PIECES, refused: users.length - PIECES, orders: PIECES, stock: 0, points: PIECES * PRICE };
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) throw new Error(`the books are wrong after a storm: ${JSON.stringify({ seen, wanted, answers: [...answers] })}`);
}

const p = (values: readonly number[], part: number): number => [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? 0;

function linesOf(bare: Sample, rest: readonly Beside[], storms: ReadonlyMap<Way, readonly Storm[]>, people: number): Line[] {
  const middle = new Map([...storms].map(([way, all]) => [way, [...all].sort((a, b) => a.perSecond - b.perSecond)[Math.floor(all.length / 2)]!]));
  const alone = middle.get(WAYS[0]!)!.perSecond;
  const targetOf = (way: Way): number => (way.throughNext ? 0.6 * bare.perSecond : way.processes === 1 && way.gate === "off" ? 3 * bare.perSecond : 0.7 * alone);
  const wordOf = (way: Way): string => (way.throughNext ? "≥ 0.6 × bare" : way.processes === 1 && way.gate === "off" ? "≥ 3 × bare" : "≥ 0.7 × one process, gate off");
  const resting = { page: rest.flatMap(({ page }) => page), watch: rest.flatMap(({ watch }) => watch), other: rest.flatMap(({ other }) => other) };
  return [
    { name: "bare Next route", value: `${Math.round(bare.perSecond)}/s, p50 ${bare.p50Ms.toFixed(1)} p99 ${bare.p99Ms.toFixed(1)} ms`, target: "", isMet: true },
    { name: "at rest", value: besideWords(resting), target: "", isMet: true },
    ...[...middle].flatMap(([way, storm]): Line[] => [
      {
        name: `${way.name}: ${people.toLocaleString("en")} for ${PIECES}`, target: wordOf(way), isMet: storm.perSecond >= targetOf(way),
        value: `${Math.round(storm.perSecond)}/s, ${(storm.perSecond / bare.perSecond).toFixed(2)} × bare, p50 ${storm.p50Ms.toFixed(1)} p99 ${storm.p99Ms.toFixed(1)} ms, sold out after ${Math.round(storm.soldOutMs)} ms`,
      },
      { name: "  meanwhile", value: besideWords(storm.beside), target: "", isMet: true },
    ]),
  ];
}

const besideWords = ({ page, watch, other }: Beside): string =>
  [["page", page], ["watch", watch], ["another product", other]].map(([name, took]) => `${name as string} p50 ${p(took as number[], 0.5).toFixed(0)} p99 ${p(took as number[], 0.99).toFixed(0)} ms`).join("; ");
