import "server-only";

import { affectedRows, sendPacket, statement } from "@/db/packet";
import type { Ctx, UserId } from "@/lib/ctx";
import { queueMail } from "@/lib/events/commands";

import { loadListeners, notify, type Listener } from "../commands";
import type { Notice } from "../notice";
import { linesFor, linkFor, pick, type Short } from "./shortage";

/** SKUs that the shop lists, with what is called low for each. */
const LISTED = `FROM skus s JOIN products p ON p.id = s.product_id AND p.status = 'active' JOIN sku_stock t ON t.sku_id = s.id
  WHERE s.is_active AND s.kind = 'shop'`;

/**
 * Forgets the alerts of SKUs that have enough again, and raises one for each that runs low and has none: staff hears of all of them at once.
 * An alert stands until there is more again, so that one dip is told once; whoever wrote its row first is the one who tells.
 */
export async function tellOfLowStock(ctx: Ctx, max: number): Promise<{ cleared: number; raised: number; more: boolean }> {
  const cleared = await clearAlerts(ctx, max);
  const [found = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT s.id AS skuId, p.id AS productId, p.name AS product, p.name_en AS productEn, s.name AS sku, s.name_en AS skuEn, t.stock ${LISTED}
       AND t.stock <= COALESCE(s.low_stock, ?) AND NOT EXISTS (SELECT 1 FROM stock_alerts a WHERE a.sku_id = s.id) ORDER BY s.id LIMIT ?`,
      [ctx.policy.lowStock, max],
    ),
  ]);
  const low = found as unknown as Short[];
  // One row a statement: the answer to each says whether it is ours or somebody's who was faster.
  const inserted = await sendPacket(ctx.tx, low.map(({ skuId, stock }) => statement("INSERT IGNORE INTO stock_alerts (sku_id, stock, created_at) VALUES (?, ?, ?)", [skuId, stock, ctx.now])));
  const raised = low.filter((_, index) => affectedRows(inserted[index]) === 1);
  if (raised.length > 0) await tellStaff(ctx, raised);
  return { cleared, raised: raised.length, more: low.length === max };
}

async function clearAlerts(ctx: Ctx, max: number): Promise<number> {
  const [over = []] = await sendPacket(ctx.tx, [
    statement("SELECT a.sku_id FROM stock_alerts a JOIN skus s ON s.id = a.sku_id JOIN sku_stock t ON t.sku_id = s.id WHERE t.stock > COALESCE(s.low_stock, ?) ORDER BY a.sku_id LIMIT ?", [ctx.policy.lowStock, max]),
  ]);
  if (over.length === 0) return 0;
  const ids = over.map((row) => Number(row.sku_id));
  const [header] = await sendPacket(ctx.tx, [statement(`DELETE FROM stock_alerts WHERE sku_id IN (${ids.map(() => "?").join(",")})`, ids)]);
  return affectedRows(header);
}

/** One notice to everybody who works here, and one letter to each owner, however many SKUs it is about. */
async function tellStaff(ctx: Ctx, short: readonly Short[]): Promise<void> {
  const [people = []] = await sendPacket(ctx.tx, [statement("SELECT id, role FROM users WHERE role IN ('staff', 'owner') AND erased_at IS NULL ORDER BY id")]);
  const [first, link] = [short[0]!, linkFor(short)];
  const subject = `low:${first.skuId}:${ctx.now.getTime()}`;
  const data = { skus: short.length, product: first.product, productEn: first.productEn, stock: first.stock };
  const listeners = await loadListeners(ctx, people.map((row) => row.id as UserId));
  await notify(ctx, listeners, people.map((row): Notice => ({ userId: row.id as UserId, kind: "stock_low", subject, data, link })));
  const owners = people.filter((row) => row.role === "owner").flatMap((row) => readerOf(listeners.get(row.id as UserId), "stock_low"));
  await queueMail(ctx, ...owners.map(({ userId, email, locale, name }) => ({
    userId, recipient: email, locale, template: "stock_low" as const, subject: `stock_${subject}:${userId}`, props: { name, skus: short.length, items: linesFor(short, locale), link },
  })));
}

/**
 * Tells up to `max` people that what they waited for is back, and forgets that they waited, in one transaction: each is told once, however many jobs run
 * and wherever one is killed. Who is being told by another job is left to it.
 */
export async function tellOfReturn(ctx: Ctx, max: number): Promise<{ people: number; more: boolean }> {
  const [found = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT w.sku_id AS skuId, w.user_id AS userId, w.created_at AS since, p.slug, p.name AS product, p.name_en AS productEn
       FROM stock_watches w JOIN skus s ON s.id = w.sku_id JOIN products p ON p.id = s.product_id JOIN sku_stock t ON t.sku_id = s.id
       WHERE t.stock > 0 AND s.is_active AND s.kind = 'shop' AND p.status = 'active'
         AND (s.on_sale_from IS NULL OR s.on_sale_from <= ?) AND (s.on_sale_until IS NULL OR s.on_sale_until > ?)
         AND (p.on_sale_from IS NULL OR p.on_sale_from <= ?) AND (p.on_sale_until IS NULL OR p.on_sale_until > ?)
       ORDER BY w.sku_id, w.user_id LIMIT ? FOR UPDATE OF w SKIP LOCKED`,
      [ctx.now, ctx.now, ctx.now, ctx.now, max],
    ),
  ]);
  const back = found as unknown as Returned[];
  if (back.length === 0) return { people: 0, more: false };
  const keys = back.flatMap(({ skuId, userId }) => [skuId, userId]);
  await sendPacket(ctx.tx, [statement(`DELETE FROM stock_watches WHERE (sku_id, user_id) IN (${back.map(() => "(?,?)").join(",")})`, keys)]);
  await tellWatchers(ctx, back);
  return { people: back.length, more: back.length === max };
}

type Returned = { skuId: number; userId: UserId; since: Date; slug: string; product: string; productEn: string };

async function tellWatchers(ctx: Ctx, back: readonly Returned[]): Promise<void> {
  const listeners = await loadListeners(ctx, back.map(({ userId }) => userId));
  // Who waits again later is told again: the wish is named by when it was made.
  const subjectOf = ({ skuId, since }: Returned): string => `back:${skuId}:${since.getTime()}`;
  const linkOf = ({ slug }: Returned): string => `/products/${slug}`;
  await notify(ctx, listeners, back.map((each): Notice => ({
    userId: each.userId, kind: "stock_back", subject: subjectOf(each), data: { product: each.product, productEn: each.productEn }, link: linkOf(each),
  })));
  await queueMail(ctx, ...back.flatMap((each) => readerOf(listeners.get(each.userId), "stock_back").map(({ userId, email, locale, name }) => ({
    userId, recipient: email, locale, template: "stock_back" as const, subject: `stock_${subjectOf(each)}:${userId}`,
    props: { name, product: pick(locale, each.product, each.productEn), link: linkOf(each) },
  }))));
}

/** Somebody who wants mail of this kind and whose address is proved; or nobody. */
const readerOf = (listener: Listener | undefined, kind: "stock_low" | "stock_back"): Listener[] => (listener?.isReachable && listener.wants(kind).byMail ? [listener] : []);
