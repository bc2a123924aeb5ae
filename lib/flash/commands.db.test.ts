import { expect, test } from "vitest";

import { setProductStatus } from "@/lib/catalog/commands";
import { closeFlashSalesJob } from "@/lib/jobs/close-flash-sales";
import { releaseUnpaidJob } from "@/lib/jobs/release-unpaid";
import { db } from "@/db/client";
import { cancelOrder } from "@/lib/orders/commands";
import { perform } from "@/lib/perform";
import { count, rows } from "@/test/database";
import { aFlashSale, aKettle, aMug, anOrder, aProduct, atOnce, aUser, balanceOf, eventsAbout, pay, redeemAlone, refusalOf, stockOf, theClock, theShop, unique, type TestProduct } from "@/test/world";

import { changeFlashSale, closeFlashSale, returnFlashPieces } from "./commands";
import { findFlashOffer, listFlashOffers, listSalesToClose } from "./queries";
import { FlashChangeInput, FlashPlanInput } from "./schema";
import { allFlashIds, countFlash, findFlashForStaff, listFlashForStaff, readFlashForStaff } from "./staff-queries";

const minutesFromNow = (minutes: number): Date => new Date(theClock.now().getTime() + minutes * 60_000);
const soon = () => ({ startsAt: minutesFromNow(10), endsAt: minutesFromNow(70) });

type Changed = Partial<Omit<FlashChangeInput, "requestId" | "id">>;
async function change(id: number, changed: Changed): Promise<void> {
  const [sale] = await rows<{ name: string; pieces: number; pointsPrice: number; startsAt: Date; endsAt: Date }>(
    "SELECT f.name, f.pieces, s.points_price AS pointsPrice, f.starts_at AS startsAt, f.ends_at AS endsAt FROM flash_sales f JOIN skus s ON s.id = f.sku_id WHERE f.id = ?", [id]);
  await perform(theShop, (ctx) => changeFlashSale(ctx, FlashChangeInput.parse({ requestId: "test", id, ...sale, ...changed })));
}
const close = (id: number) => perform(theShop, (ctx) => closeFlashSale(ctx, { id }));
const runJob = (now = theClock.now()) => closeFlashSalesJob.run(now, Date.now() + 10_000);
const statusOf = async (id: number) => (await rows<{ status: string }>("SELECT status FROM flash_sales WHERE id = ?", [id]))[0]!.status;
const mugs = (initialStock = 10): Promise<TestProduct> => aMug({ initialStock });

test("a plan takes its pieces from the shop's shelf by two moves that sum to nothing, and says so", async () => {
  const mug = await mugs();
  const sale = await aFlashSale(mug, { pieces: 4, pointsPrice: 30 });
  expect([await stockOf(mug), await stockOf(sale)]).toEqual([6, 4]);
  expect(await rows("SELECT sku_id, quantity FROM stock_moves WHERE reason = 'flash' AND sku_id IN (?, ?) ORDER BY quantity", [mug.skuId, sale.skuId]))
    .toEqual([{ sku_id: mug.skuId, quantity: -4 }, { sku_id: sale.skuId, quantity: 4 }]);
  expect((await eventsAbout("flash", sale.id)).map(({ name, data }) => [name, (data.changes as Record<string, unknown>).pieces])).toEqual([["flash.planned", [null, 4]]]);
});

test("its offer is redeemed at its own price and limit, and the shop's stays as it was", async () => {
  const mug = await mugs();
  const sale = await aFlashSale(mug, { pieces: 3, pointsPrice: 30, limitPerUser: 1 });
  const lin = await aUser({ points: 500 });
  expect(await anOrder(lin, sale)).toMatchObject({ status: "paid", points: 30 });
  expect(await redeemAlone(lin, sale)).toMatchObject({ code: "purchase_limit", detail: { limit: 1, left: 0 } });
  expect(await anOrder(lin, mug)).toMatchObject({ points: 100 });
  expect([await stockOf(mug), await stockOf(sale)]).toEqual([6, 2]);
});

test("before it begins nobody gets it, and after its end nobody either", async () => {
  const mug = await mugs();
  const lin = await aUser({ points: 500 });
  const sale = await aFlashSale(mug, { pieces: 3, ...soon() });
  expect(await redeemAlone(lin, sale)).toMatchObject({ code: "not_started" });
  expect(await redeemAlone(lin, sale, {}, minutesFromNow(11))).toMatchObject({ ok: true });
  expect(await redeemAlone(lin, sale, {}, minutesFromNow(71))).toMatchObject({ code: "sale_ended" });
  expect(await balanceOf(lin)).toBe(450);
});

test.each([
  ["more pieces than the shelf has", { pieces: 11 }, "stock_too_low"],
  ["an end that is past", { startsAt: new Date(0), endsAt: new Date(60_000) }, "sale_ended"],
] as const)("it cannot be planned with %s, and nothing has moved", async (_, plan, code) => {
  const mug = await mugs();
  expect(await refusalOf(aFlashSale(mug, plan))).toBe(code);
  expect(await stockOf(mug)).toBe(10);
});

test("it is planned for an offer of the shop: not for nothing, and not for another sale's", async () => {
  const sale = await aFlashSale(await mugs(), { pieces: 5 });
  expect(await refusalOf(aFlashSale({ skuId: 999_999_999 }))).toBe("not_found");
  expect(await refusalOf(aFlashSale(sale, { startsAt: minutesFromNow(100), endsAt: minutesFromNow(200) }))).toBe("not_found");
});

test("a product has one sale at a time, whichever of its options it is of; one after the other is fine", async () => {
  const tote = await aProduct({ name: "tote", skus: [{ initialStock: 9 }, { name: "large", initialStock: 9 }] });
  const times = soon();
  await aFlashSale({ skuId: tote.skuIds[0]! }, times);
  expect(await refusalOf(aFlashSale({ skuId: tote.skuIds[1]! }, { startsAt: minutesFromNow(60), endsAt: minutesFromNow(90) }))).toBe("flash_overlaps");
  await aFlashSale({ skuId: tote.skuIds[1]! }, { startsAt: times.endsAt, endsAt: minutesFromNow(90) });
  expect(await stockOf({ skuId: tote.skuIds[1]! })).toBe(8);
});

test("two plans for one product at once: one is made", async () => {
  const mug = await mugs(100);
  const plans = await Promise.allSettled(Array.from({ length: 8 }, () => aFlashSale(mug, { pieces: 10 })));
  expect(plans.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await stockOf(mug)).toBe(90);
});

test("before it begins everything changes with it: pieces move, the offer follows, and the event says from what to what", async () => {
  const mug = await mugs();
  const sale = await aFlashSale(mug, { pieces: 4, ...soon() });
  await change(sale.id, { pieces: 7, pointsPrice: 20, cashPriceCents: 100, limitPerUser: 3, name: "renamed" });
  expect([await stockOf(mug), await stockOf(sale)]).toEqual([3, 7]);
  await change(sale.id, { pieces: 2, pointsPrice: 20, cashPriceCents: 100, limitPerUser: 3, startsAt: minutesFromNow(5) });
  expect([await stockOf(mug), await stockOf(sale)]).toEqual([8, 2]);
  expect(await rows("SELECT price_mode, points_price, cash_price_cents, limit_per_user, limit_per_order FROM skus WHERE id = ?", [sale.skuId]))
    .toEqual([{ price_mode: "points_cash", points_price: 20, cash_price_cents: 100, limit_per_user: 3, limit_per_order: 3 }]);
  expect((await eventsAbout("flash", sale.id)).at(-1)).toMatchObject({ name: "flash.changed", data: { changes: { pieces: [7, 2] } } });
  expect(await refusalOf(change(sale.id, { pieces: 99 }))).toBe("stock_too_low");
});

test("once it has begun only its name and its end change: later, or earlier but not past", async () => {
  const sale = await aFlashSale(await mugs(), { pieces: 4 });
  for (const changed of [{ pieces: 5 }, { pointsPrice: 1 }, { limitPerUser: 9 }, { startsAt: minutesFromNow(-30) }]) expect(await refusalOf(change(sale.id, changed))).toBe("flash_has_begun");
  await change(sale.id, { endsAt: minutesFromNow(600), name: "longer" });
  expect(await redeemAlone(await aUser({ points: 100 }), sale, {}, minutesFromNow(599))).toMatchObject({ ok: true });
  expect(await refusalOf(change(sale.id, { endsAt: minutesFromNow(-1) }))).toBe("sale_ended");
});

test("a longer sale does not reach into the product's next", async () => {
  const mug = await mugs();
  const sale = await aFlashSale(mug);
  await aFlashSale(mug, { startsAt: minutesFromNow(90), endsAt: minutesFromNow(100) });
  expect(await refusalOf(change(sale.id, { endsAt: minutesFromNow(91) }))).toBe("flash_overlaps");
  await change(sale.id, { endsAt: minutesFromNow(80) });
});

test("closed early, it gives back what is left and sells no more; closing again changes nothing", async () => {
  const mug = await mugs();
  const sale = await aFlashSale(mug, { pieces: 4 });
  await anOrder(await aUser({ points: 100 }), sale);
  expect(await close(sale.id)).toEqual({ returned: 3 });
  expect([await stockOf(mug), await stockOf(sale)]).toEqual([9, 0]);
  expect(await redeemAlone(await aUser({ points: 100 }), sale)).toMatchObject({ code: "not_on_sale" });
  expect(await close(sale.id)).toEqual({ returned: 0 });
  expect((await eventsAbout("flash", sale.id)).map(({ name }) => name)).toEqual(["flash.planned", "flash.closed"]);
  expect(await refusalOf(change(sale.id, { name: "late" }))).toBe("sale_ended");
});

test("one that never began is called off whole", async () => {
  const mug = await mugs();
  const sale = await aFlashSale(mug, { pieces: 4, ...soon() });
  expect(await close(sale.id)).toEqual({ returned: 4 });
  expect(await stockOf(mug)).toBe(10);
});

test("the clock closes what is over; pieces of an order that nobody paid follow when it is cancelled", async () => {
  const kettle = await aKettle();
  const sale = await aFlashSale(kettle, { pieces: 3, cashPriceCents: 100 });
  const [lin, mei] = [await aUser({ points: 500 }), await aUser({ name: "mei", points: 500 })];
  await anOrder(lin, sale);
  await pay(mei, (await anOrder(mei, sale)).orderId);
  expect([await stockOf(kettle), await stockOf(sale)]).toEqual([7, 1]);
  await change(sale.id, { cashPriceCents: 100, endsAt: minutesFromNow(1) });

  expect(await runJob()).toMatchObject({ closed: 0, returned: 0 });
  expect(await runJob(minutesFromNow(2))).toMatchObject({ closed: 1, returned: 1, failures: [] });
  expect([await stockOf(kettle), await stockOf(sale), await statusOf(sale.id)]).toEqual([8, 0, "closed"]);
  await releaseUnpaidJob.run(minutesFromNow(20), Date.now() + 10_000);
  expect(await stockOf(sale)).toBe(1);
  expect(await runJob(minutesFromNow(20))).toMatchObject({ closed: 0, returned: 1 });
  expect(await runJob(minutesFromNow(20))).toMatchObject({ closed: 0, returned: 0 });
  expect([await stockOf(kettle), await stockOf(sale)]).toEqual([9, 0]);
  expect(await balanceOf(lin)).toBe(500);
});

test("closing, returning and cancelling at once leave every piece on a shelf once", async () => {
  const kettle = await aKettle({ initialStock: 40 });
  const sale = await aFlashSale(kettle, { pieces: 30, cashPriceCents: 100, limitPerUser: 0 });
  const lin = await aUser({ points: 5_000 });
  const orders = await atOnce(10, () => anOrder(lin, sale));
  await Promise.all([
    close(sale.id), close(sale.id),
    ...orders.map(({ orderId }) => perform(lin.actor, (ctx) => cancelOrder(ctx, { requestId: orderId, orderId }))),
    ...Array.from({ length: 4 }, () => perform(theShop, (ctx) => returnFlashPieces(ctx, sale.id))),
  ]);
  await runJob();
  expect([await stockOf(kettle), await stockOf(sale)]).toEqual([40, 0]);
  expect(await listSalesToClose(db(), theClock.now(), 50)).toEqual([]);
});

test("a SKU with codes takes its codes along, and those that are left come back", async () => {
  const voucher = await aProduct({ name: "voucher", skus: [{ initialStock: 5 }] });
  await rows("UPDATE skus SET has_codes = TRUE WHERE id = ?", [voucher.skuId]);
  for (let code = 0; code < 5; code++) await rows("INSERT INTO virtual_codes (sku_id, cipher, code_digest) VALUES (?, 'x', UNHEX(SHA2(?, 256)))", [voucher.skuId, `${voucher.skuId}-${code}`]);
  const free = ({ skuId }: { skuId: number }) => count("SELECT COUNT(*) FROM virtual_codes WHERE sku_id = ? AND status = 'free'", [skuId]);
  const sale = await aFlashSale(voucher, { pieces: 3 });
  expect([await free(voucher), await free(sale)]).toEqual([2, 3]);
  await close(sale.id);
  expect([await free(voucher), await free(sale)]).toEqual([5, 0]);
});

test("the shop announces what is on before what is soon, and neither what is over nor what is of a draft", async () => {
  const [first, second, third, draft] = [await mugs(), await mugs(), await mugs(), await mugs()];
  const later = await aFlashSale(second, soon());
  const on = await aFlashSale(first);
  const closed = await aFlashSale(third);
  await close(closed.id);
  const hidden = await aFlashSale(draft);
  await perform(theShop, (ctx) => setProductStatus(ctx, { requestId: "x", id: draft.id, status: "draft" }));
  const shown = (await listFlashOffers(db(), theClock.now())).map(({ id }) => id).filter((id) => [later.id, on.id, closed.id, hidden.id].includes(id));
  expect(shown).toEqual([on.id, later.id]);
  expect(await findFlashOffer(db(), first.id, theClock.now())).toMatchObject({ id: on.id, stock: 1, pointsPrice: 50, shopPointsPrice: 100 });
  expect(await findFlashOffer(db(), third.id, theClock.now())).toBeNull();
  await aFlashSale(first, { startsAt: minutesFromNow(60), endsAt: minutesFromNow(70) });
  expect((await findFlashOffer(db(), first.id, theClock.now()))?.id).toBe(on.id);
});

test("staff sees what became of the pieces: sold, left, waiting for cash, back on the shelf", async () => {
  const kettle = await aKettle();
  const sale = await aFlashSale(kettle, { pieces: 5, cashPriceCents: 100, limitPerUser: 0, name: "tea hour" });
  const lin = await aUser({ points: 500 });
  const order = await anOrder(lin, sale, { quantity: 2 });
  await pay(lin, order.orderId);
  await anOrder(lin, sale);
  expect(await findFlashForStaff(db(), sale.id)).toMatchObject({ pieces: 5, left: 2, waiting: 1, returned: 0, orders: 2, people: 1, points: 150, cents: 200, shopStock: 5 });
  await close(sale.id);
  expect(await findFlashForStaff(db(), sale.id)).toMatchObject({ pieces: 5, left: 0, waiting: 1, returned: 2, shopStock: 7 });
  const { sales, counts, total } = await listFlashForStaff(db(), { search: "tea hour", phase: "over" }, { limit: 10, offset: 0 }, theClock.now());
  expect([sales.map(({ id }) => id), total]).toEqual([[sale.id], 1]);
  expect(counts.over).toBeGreaterThan(0);
});

test("a list that is gone through in parts has each sale once, the one that begins last first, and shows it as its page does", async () => {
  const name = unique("tea");
  const now = theClock.now().getTime();
  const begins = [20, 10, 20, 30, 10].map((minutes) => now + minutes * 60_000);
  for (const begin of begins) await aFlashSale(await mugs(), { name, startsAt: new Date(begin), endsAt: minutesFromNow(60) });
  await aFlashSale(await mugs(), soon());
  const search = { search: name.toUpperCase(), phase: "soon" as const };
  const parts: number[][] = [];
  for await (const part of allFlashIds(db(), search, theClock.now(), 2)) parts.push(part);
  const { sales, total } = await listFlashForStaff(db(), search, { limit: 10, offset: 0 }, theClock.now());
  expect(sales.map(({ startsAt }) => startsAt.getTime())).toEqual(begins.toSorted((a, b) => b - a));
  expect(parts.map(({ length }) => length)).toEqual([2, 2, 1]);
  expect(parts.flat()).toEqual(sales.map(({ id }) => id));
  expect([total, await countFlash(db(), search, theClock.now())]).toEqual([5, 5]);
  expect((await listFlashForStaff(db(), search, { limit: 2, offset: 2 }, theClock.now())).sales).toEqual(sales.slice(2, 4));
  expect(await readFlashForStaff(db(), parts[0]!)).toEqual(sales.slice(0, 2));
  expect(await readFlashForStaff(db(), [])).toEqual([]);
});

test.each([
  ["an end before its start", { endsAt: new Date(0) }], ["no pieces", { pieces: 0 }], ["no points", { pointsPrice: 0 }], ["no name", { name: " " }], ["a time of two months", { endsAt: minutesFromNow(60 * 24 * 60) }],
])("input with %s is refused", (_, bad) => {
  const fine = { requestId: "x", shopSkuId: 1, name: "n", pieces: 1, pointsPrice: 1, startsAt: minutesFromNow(1), endsAt: minutesFromNow(2) };
  expect([FlashPlanInput.safeParse(fine).success, FlashPlanInput.safeParse({ ...fine, ...bad }).success]).toEqual([true, false]);
});
