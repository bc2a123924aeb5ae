import type { Page } from "@playwright/test";
import { openDevice, redeemProduct, signInAs, type Device } from "./admin-desk";
import { desktop, expect, phone, test, wordsIn } from "./fixtures";
import type { Language } from "./words";

const runs = [
  { language: "zh-CN", viewport: phone },
  { language: "en", viewport: desktop },
] as const;

const mark = (): string => `${Date.now().toString(36)}${Math.trunc(performance.now())}`;

type Plan = { name: string; delivery: "shipped" | "pickup" | "virtual"; points: number; stock?: number; hasCodes?: boolean };

/** Puts a product on sale, as a merchant does it, and stays on its page. */
async function addGoods(page: Page, language: Language, { name, delivery, points, stock, hasCodes }: Plan): Promise<void> {
  const say = wordsIn(language);
  await page.goto("/admin/products/new");
  await page.getByLabel(say("admin.productForm.name"), { exact: true }).fill(name);
  await page.getByRole("radio", { name: say(`admin.productForm.deliveries.${delivery}`) }).check();
  await page.getByRole("radio", { name: say("admin.productForm.statuses.active") }).check();
  await page.getByLabel(say("admin.productForm.sku.pointsPrice")).fill(String(points));
  if (hasCodes) await page.getByLabel(say("admin.productForm.sku.hasCodes")).check();
  else await page.getByLabel(say("admin.productForm.sku.initialStock")).fill(String(stock ?? 5));
  await page.getByRole("button", { name: say("admin.productForm.createBar.save") }).click();
  await expect(page.getByText(say("admin.products.createdActive"))).toBeVisible();
}

async function redeem(page: Page, language: Language, name: string): Promise<string> {
  const say = wordsIn(language);
  await page.goto(`/shop?q=${encodeURIComponent(name)}`);
  await page.getByRole("region", { name: say("shop.goods") }).getByRole("link", { name }).click();
  await page.getByRole("button", { name: say("product.redeem"), exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: say("product.confirm"), exact: true }).click();
  await page.waitForURL(/\/orders\/[\w-]{22}/);
  return new URL(page.url()).pathname.split("/").at(-1)!;
}

for (const { language, viewport } of runs) {
  test.describe(`in ${language} at ${viewport.width} px`, () => {
    test.use({ viewport, locale: language });
    const say = wordsIn(language);
    let desk: Device;
    test.beforeEach(async ({ browser, baseURL, shop }) => {
      desk = await openDevice(browser, baseURL!, language);
      await signInAs(desk.page, "staff");
      await shop.speak(language);
      await shop.signUp(shop.aPerson());
    });
    test.afterEach(() => desk.close());

    test("a code is handed out with the order, and is nowhere in the page until its buyer asks for it", async ({ page }) => {
      const [name, code] = [`Music card ${mark()}`, `TUNE-${mark().toUpperCase()}`];
      await addGoods(desk.page, language, { name, delivery: "virtual", points: 30, hasCodes: true });
      await desk.page.goto(`${new URL(desk.page.url()).pathname}/codes`);
      await desk.page.getByLabel(say("adminFulfilment.pool.add.codes"), { exact: true }).fill(`${code}\n${code}X\n`);
      await desk.page.getByRole("button", { name: say("adminFulfilment.pool.add.submit") }).click();
      await expect(desk.page.getByRole("status").filter({ hasText: say("adminFulfilment.pool.add.done", { count: 2, stock: 2 }) })).toBeVisible();

      const orderId = await redeem(page, language, name);
      const codes = page.getByRole("region", { name: say("orders.codes.title") });
      await expect(codes).toBeVisible();
      expect(await (await page.request.get(`/orders/${orderId}`)).text()).not.toContain(code);
      await codes.getByRole("button", { name: say("orders.codes.reveal") }).click();
      await expect(codes.getByText(code, { exact: true })).toBeVisible();
      await expect(codes.getByRole("button", { name: say("orders.codes.copy") })).toBeVisible();
      expect(await (await page.request.get(`/orders/${orderId}`)).text()).not.toContain(code);
      await expect(page.getByText(say("orders.status.completed")).first()).toBeVisible();

      await desk.page.goto(`/admin/orders/${orderId}`);
      await expect(desk.page.getByText(say("adminFulfilment.codes.handed", { done: 1, seen: 1 }))).toBeVisible();
      expect(await desk.page.content()).not.toContain(code);
    });

    test("an order is picked up: its code is typed at the counter, once", async ({ page }) => {
      const name = `Bread box ${mark()}`;
      await addGoods(desk.page, language, { name, delivery: "pickup", points: 30 });
      await redeem(page, language, name);
      const pickup = page.getByRole("region", { name: say("orders.pickup.title") });
      await expect(pickup.getByRole("img")).toBeVisible();
      const code = (await page.getByTestId("pickup-code").textContent())!;
      await page.goto("/orders?view=to_pick_up");
      await expect(page.getByRole("link", { name })).toBeVisible();

      const counter = desk.page;
      await counter.setViewportSize(phone);
      await counter.goto("/admin/verify");
      const field = counter.getByLabel(say("adminFulfilment.verify.code"));
      await expect(field).toBeFocused();
      await field.fill("123 456 789");
      await counter.keyboard.press("Enter");
      await expect(counter.getByText(say("refusals.pickup_code_wrong"))).toBeVisible();
      await field.fill(code);
      await counter.keyboard.press("Enter");
      await expect(counter.getByText(name)).toBeVisible();
      await counter.getByRole("button", { name: say("adminFulfilment.verify.hand") }).click();
      await expect(counter.getByRole("status").filter({ hasText: say("adminFulfilment.verify.done", { count: 1, number: "" }).slice(0, 6) })).toBeVisible();
      await counter.getByRole("button", { name: say("adminFulfilment.verify.next") }).click();
      await field.fill(code);
      await counter.keyboard.press("Enter");
      await expect(counter.getByRole("button", { name: say("adminFulfilment.verify.next") })).toBeVisible();
      await expect(counter.getByRole("button", { name: say("adminFulfilment.verify.hand") })).toBeHidden();
      await expect(counter.getByText(name)).toBeHidden();

      await page.goto("/orders?view=completed");
      await page.getByRole("link", { name }).click();
      await expect(page.getByRole("heading", { level: 1, name: say("orders.one"), exact: true })).toBeVisible();
      await expect(pickup.getByRole("img")).toBeHidden();
    });
  });
}

test.describe("in parcels", () => {
  const say = wordsIn("zh-CN");
  test.use({ viewport: desktop, locale: "zh-CN" });

  test("an order is sent in two parcels, a wrong number is corrected, and the buyer sees both and confirms", async ({ page, shop, browser, baseURL }) => {
    const name = `Tin robot ${mark()}`;
    const desk = await openDevice(browser, baseURL!);
    await signInAs(desk.page, "staff");
    await addGoods(desk.page, "zh-CN", { name, delivery: "shipped", points: 30, stock: 5 });
    await shop.signUp(shop.aPerson());
    const orderId = await redeemProduct(page, name, 2);

    const work = desk.page;
    await work.goto(`/admin/orders/${orderId}`);
    const ship = async (pieces: string, number: string) => {
      const form = work.getByRole("form", { name: say("adminFulfilment.ship.title") });
      await form.getByLabel(say("admin.order.carrier")).fill("顺丰速运");
      await form.getByLabel(say("admin.order.trackingNumber")).fill(number);
      if (pieces) await form.getByRole("combobox", { name }).selectOption(pieces);
      await form.getByRole("button", { name: say("admin.order.ship") }).click();
      await expect(work.getByRole("region", { name: say("adminFulfilment.parcels.title") })).toContainText(number);
    };
    await ship("1", "SF001");
    await expect(work.getByText(say("orders.status.partly_shipped")).first()).toBeVisible();
    await ship("", "SF002");
    await expect(work.getByRole("form", { name: say("adminFulfilment.ship.title") })).toBeHidden();
    await work.getByText(say("adminFulfilment.parcels.correct")).first().click();
    const correct = work.getByRole("form", { name: say("adminFulfilment.parcels.correct") }).first();
    await correct.getByLabel(say("admin.order.trackingNumber")).fill("SF009");
    await correct.getByRole("button", { name: say("adminFulfilment.parcels.save") }).click();
    await expect(work.getByRole("region", { name: say("adminFulfilment.parcels.title") })).toContainText("SF009");
    await desk.close();

    await page.reload();
    const parcels = page.getByRole("region", { name: say("orders.parcels.title") });
    await expect(parcels).toContainText("SF009");
    await expect(parcels).toContainText("SF002");
    await page.getByRole("button", { name: say("orders.receive") }).click();
    await expect(page.getByText(say("orders.status.completed")).first()).toBeVisible();
  });

  test("a table of parcels is checked, sent, and found sent when it comes again", async ({ page, shop, browser, baseURL }) => {
    const name = `Tin robot ${mark()}`;
    const desk = await openDevice(browser, baseURL!);
    await signInAs(desk.page, "staff");
    await addGoods(desk.page, "zh-CN", { name, delivery: "shipped", points: 30, stock: 5 });
    await shop.signUp(shop.aPerson());
    const orderId = await redeemProduct(page, name);
    const number = await page.getByText(/^P\d{10,}$/).first().textContent();

    const work = desk.page;
    const table = `订单号,快递公司,运单号\n${number},中通快递,ZT${mark()}\nP2601010001,中通快递,ZT1\n`;
    const check = async () => {
      await work.goto("/admin/orders/import");
      await work.getByLabel(say("adminFulfilment.import.text")).fill(table);
      await work.getByRole("button", { name: say("adminFulfilment.import.check") }).click();
    };
    await check();
    await expect(work.getByRole("row", { name: number! })).toContainText(say("adminFulfilment.import.verdicts.ready"));
    await expect(work.getByRole("row", { name: "P2601010001" })).toContainText(say("adminFulfilment.import.verdicts.unknown"));
    await work.getByRole("button", { name: say("adminFulfilment.import.confirm", { count: 1 }) }).click();
    await expect(work.getByText(say("adminFulfilment.import.done", { count: 1 }))).toBeVisible();
    await check();
    await expect(work.getByRole("row", { name: number! })).toContainText(say("adminFulfilment.import.verdicts.sent"));
    await expect(work.getByRole("button", { name: say("adminFulfilment.import.confirm", { count: 1 }) })).toBeHidden();
    await desk.close();

    await page.goto(`/orders/${orderId}`);
    await expect(page.getByRole("region", { name: say("orders.parcels.title") })).toContainText("中通快递");
  });
});
