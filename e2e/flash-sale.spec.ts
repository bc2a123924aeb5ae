import type { Browser, Page } from "@playwright/test";
import { openDevice, signInAs, signUp } from "./admin-desk";
import { moveTo } from "./clock";
import { expect, phone, test, wordsIn, type Product } from "./fixtures";

const say = wordsIn("zh-CN");
const DAY_MS = 86_400_000;

test.use({ viewport: phone, locale: "zh-CN" });
test.setTimeout(180_000);

test.afterEach(({ request }) => moveTo(request, 0));

type Plan = { pieces: number; points: number; /** As the shop's wall clock shows it. */ startsAt: string };

/** Plans a sale as a merchant does it, on a device of their own; returns its id. */
async function planSale(browser: Browser, baseURL: string, product: Product, { pieces, points, startsAt }: Plan): Promise<number> {
  const { page, close } = await openDevice(browser, baseURL);
  await signInAs(page, "staff", "/admin/flash");
  await page.getByRole("link", { name: say("adminFlash.new") }).first().click();
  const choice = page.getByLabel(say("adminFlash.form.sku"), { exact: true });
  await choice.selectOption({ label: (await choice.locator("option", { hasText: product.name }).textContent())! });
  await page.getByLabel(say("adminFlash.form.name"), { exact: true }).fill(`秒杀 ${product.name}`);
  await page.getByLabel(say("adminFlash.form.pieces"), { exact: true }).fill(String(pieces));
  await page.getByLabel(say("adminFlash.form.pointsPrice"), { exact: true }).fill(String(points));
  await page.getByLabel(say("adminFlash.form.startsAt"), { exact: true }).fill(startsAt);
  await page.getByRole("button", { name: say("adminFlash.form.createBar.save") }).click();
  await expect(page.getByText(say("adminFlash.created"))).toBeVisible();
  const id = Number(new URL(page.url()).pathname.split("/").at(-1));
  await close();
  return id;
}

/** So many minutes from now, as a field for day and time holds it in the shop's zone. */
const wallTimeIn = (minutes: number): string => new Date(Date.now() + minutes * 60_000 + 8 * 3_600_000).toISOString().slice(0, 16);

const sale = (page: Page) => page.getByRole("region", { name: /^秒杀 / });
const redeemButton = (page: Page) => sale(page).getByRole("button", { name: say("flash.panel.redeem") });

/** A page that was read anew has forgotten this. */
const mark = (page: Page): Promise<void> => page.evaluate(() => void Object.assign(window, { wasHere: true }));
const isMarked = (page: Page): Promise<boolean> => page.evaluate(() => "wasHere" in window);

test("two people want the last piece: one gets it, and the other sees that it is gone without a reload", async ({ page, shop, browser, baseURL }) => {
  const product = await shop.aProduct({ points: 100, stock: 5 });
  await planSale(browser, baseURL!, product, { pieces: 1, points: 50, startsAt: wallTimeIn(-1) });
  const mei = await openDevice(browser, baseURL!);
  await signUp(mei.page, shop.aPerson());
  await shop.signUp(shop.aPerson());
  for (const each of [page, mei.page]) {
    await each.goto(`/products/${product.slug}`);
    await expect(redeemButton(each)).toBeEnabled();
    await mark(each);
  }

  await redeemButton(page).click();
  await page.getByRole("dialog").getByRole("button", { name: say("product.confirm"), exact: true }).click();
  await page.waitForURL(/\/orders\/[\w-]{22}/);
  await expect(page.getByText(say("orders.placedTitle"))).toBeVisible();

  await expect(sale(mei.page).getByRole("button", { name: say("flash.panel.soldOut") })).toBeDisabled({ timeout: 15_000 });
  await expect(sale(mei.page)).toContainText(say("flash.meter.soldOut"));
  expect(await isMarked(mei.page)).toBe(true);
  await mei.close();

  await page.goto(`/products/${product.slug}`);
  await expect(redeemButton(page)).toHaveCount(0);
});

test("who was a moment too late is told so in the sheet, and keeps their points", async ({ page, shop, browser, baseURL }) => {
  const product = await shop.aProduct({ points: 100, stock: 5 });
  await planSale(browser, baseURL!, product, { pieces: 1, points: 50, startsAt: wallTimeIn(-1) });
  const mei = await openDevice(browser, baseURL!);
  await signUp(mei.page, shop.aPerson());
  await shop.signUp(shop.aPerson());
  for (const each of [page, mei.page]) {
    await each.goto(`/products/${product.slug}`);
    await redeemButton(each).click();
    await expect(each.getByRole("dialog").getByRole("button", { name: say("product.confirm"), exact: true })).toBeEnabled();
  }
  await page.getByRole("dialog").getByRole("button", { name: say("product.confirm"), exact: true }).click();
  await page.waitForURL(/\/orders\/[\w-]{22}/);
  await mei.page.getByRole("dialog").getByRole("button", { name: say("product.confirm"), exact: true }).click();
  await expect(mei.page.getByRole("dialog").getByText(say("refusals.sold_out", { left: 0 }))).toBeVisible();
  await mei.page.goto("/wallet");
  await expect(mei.page.getByRole("region", { name: say("wallet.region") })).toContainText("110");
  await mei.close();
});

test("before the start the page counts down by the server's clock, and opens at the start without a reload", async ({ page, shop, request, browser, baseURL }) => {
  const product = await shop.aProduct({ points: 100, stock: 5 });
  const id = await planSale(browser, baseURL!, product, { pieces: 2, points: 50, startsAt: wallTimeIn(45) });
  await shop.signUp(shop.aPerson());
  const { startsAt } = (await (await request.get(`/api/flash/${id}`)).json()) as { startsAt: string };
  await page.goto(`/products/${product.slug}`);
  await expect(sale(page).getByRole("button", { name: say("flash.panel.waiting") })).toBeDisabled();

  await moveTo(request, (Date.parse(startsAt) - Date.now() - 30_000) / DAY_MS);
  await page.goto(`/products/${product.slug}`);
  await mark(page);
  await expect(sale(page).getByRole("timer")).toContainText(/00:00:\d\d/);
  await expect(sale(page).getByRole("button", { name: say("flash.panel.waiting") })).toBeDisabled();
  await expect(redeemButton(page)).toBeEnabled({ timeout: 45_000 });
  expect(await isMarked(page)).toBe(true);
  const { now } = (await (await request.get(`/api/flash/${id}`)).json()) as { now: string };
  expect(Date.parse(now), "the button waited for the server's time").toBeGreaterThanOrEqual(Date.parse(startsAt));

  await redeemButton(page).click();
  await page.getByRole("dialog").getByRole("button", { name: say("product.confirm"), exact: true }).click();
  await page.waitForURL(/\/orders\/[\w-]{22}/);
});

test("the sales that are on and soon have a page, and lead to their products", async ({ page, shop, browser, baseURL }) => {
  const product = await shop.aProduct({ points: 100, stock: 5 });
  await planSale(browser, baseURL!, product, { pieces: 2, points: 50, startsAt: wallTimeIn(-1) });
  await page.goto("/flash");
  await expect(page.getByRole("heading", { level: 1, name: say("flash.title") })).toBeVisible();
  await page.getByRole("region", { name: say("flash.now") }).getByRole("link", { name: product.name }).click();
  await expect(sale(page).getByRole("link", { name: say("flash.panel.signIn") })).toBeVisible();
});
