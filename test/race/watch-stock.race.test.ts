import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { GUEST } from "@/lib/catalog/audience";
import { adjustStock } from "@/lib/catalog/commands";
import { unwatchStock, watchStock } from "@/lib/catalog/watching/commands";
import { jobs } from "@/lib/jobs";
import { perform } from "@/lib/perform";
import { count } from "@/test/database";
import { aMug, aProduct, atOnce, aUser, theShop, usersWith } from "@/test/world";

// The lease of a job keeps it to one run. What a job does holds without it: the lease is a lock of one server, and servers change.
const runAll = (times: number) => atOnce(times, () => jobs["watch-stock"].run(new Date(), Date.now() + 60_000));
const restock = (skuId: number, by: number) => perform(theShop, (ctx) => adjustStock(ctx, { requestId: randomUUID(), skuId, change: by, note: "a delivery" }));

test("eight jobs at once tell each of 300 who wait exactly once", async () => {
  const crowd = await usersWith(1, 300);
  const mug = await aMug({ initialStock: 0 });
  await Promise.all(crowd.map(({ actor }) => perform(actor, (ctx) => watchStock(ctx, { skuId: mug.skuId }, GUEST))));
  await restock(mug.skuId, 10);
  const reports = await runAll(8);
  // What one job holds another leaves alone: whoever was passed over is the next run's.
  reports.push(...(await runAll(1)));
  expect(reports.reduce((sum, report) => sum + Number(report.people), 0)).toBe(300);
  expect(await count("SELECT COUNT(*) FROM notifications WHERE kind = 'stock_back' AND link = ?", [`/products/${mug.slug}`])).toBe(300);
  expect(await count("SELECT COUNT(*) FROM mail_messages WHERE template = 'stock_back' AND user_id BETWEEN ? AND ?", [crowd[0]!.id, crowd.at(-1)!.id])).toBe(300);
  expect(await count("SELECT COUNT(*) FROM stock_watches WHERE sku_id = ?", [mug.skuId])).toBe(0);
});

test("eight jobs at once raise each alarm once, and staff hears of each SKU once", async () => {
  const owner = await aUser({ name: "owner", role: "owner" });
  for (let batch = 0; batch < 4; batch++) await aProduct({ skus: Array.from({ length: 50 }, () => ({ initialStock: 1 })) });
  const reports = await runAll(8);
  const raised = reports.reduce((sum, report) => sum + Number(report.raised), 0);
  expect(raised).toBe(await count("SELECT COUNT(*) FROM stock_alerts"));
  expect(await count("SELECT SUM(data->>'$.skus') FROM notifications WHERE user_id = ? AND kind = 'stock_low'", [owner.id])).toBe(raised);
});

test("stock that goes up and down while people come, go and are told loses no wish and tells none twice", async () => {
  const crowd = await usersWith(1, 40);
  const mug = await aMug({ initialStock: 0 });
  await Promise.all(crowd.map(({ actor }) => perform(actor, (ctx) => watchStock(ctx, { skuId: mug.skuId }, GUEST))));
  const leavers = crowd.slice(0, 10);
  await Promise.all([
    restock(mug.skuId, 3),
    ...leavers.map(({ actor }) => perform(actor, (ctx) => unwatchStock(ctx, { skuId: mug.skuId }))),
    runAll(4),
  ]);
  await runAll(1);
  const told = (from: number, to: number) => count("SELECT COUNT(*) FROM notifications WHERE kind = 'stock_back' AND user_id BETWEEN ? AND ?", [from, to]);
  expect(await told(crowd[10]!.id, crowd.at(-1)!.id)).toBe(30);
  expect(await told(leavers[0]!.id, leavers.at(-1)!.id)).toBeLessThanOrEqual(10);
  expect(await count("SELECT COUNT(*) FROM stock_watches WHERE sku_id = ?", [mug.skuId])).toBe(0);
});
