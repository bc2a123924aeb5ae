import { addProduct, address, openDevice, redeemProduct, signInAs, signUp } from "./admin-desk";
import { desktop, expect, phone, test, wordsIn } from "./fixtures";
import { tabTo } from "./keyboard";

const say = wordsIn("zh-CN");

test.use({ viewport: desktop, locale: "zh-CN" });

test("an order is found and shipped by keyboard alone, and its buyer sees the tracking number", async ({ page, shop, browser, baseURL }) => {
  const name = `Tin robot ${Date.now().toString(36)}`;
  const desk = await openDevice(browser, baseURL!);
  await signInAs(desk.page, "staff");
  await addProduct(desk.page, "zh-CN", { name, points: 60, stock: 3 });

  await shop.signUp(shop.aPerson());
  const orderId = await redeemProduct(page, name);

  const work = desk.page;
  await work.goto("/admin");
  await tabTo(work, "main a[href='/admin/orders?view=to_send']");
  await work.keyboard.press("Enter");
  await tabTo(work, `a[href='/admin/orders/${orderId}']`);
  await work.keyboard.press("Enter");
  await expect(work.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(work.getByRole("region", { name: say("admin.order.address") })).toContainText(address.street);
  await tabTo(work, "#carrier");
  await work.keyboard.type("顺丰速运");
  await work.keyboard.press("Tab");
  await work.keyboard.type("SF1794351600000");
  await work.keyboard.press("Enter");
  await expect(work.getByRole("status").filter({ hasText: say("adminFulfilment.ship.done") })).toBeVisible();
  await expect(work.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(work.getByRole("region", { name: say("admin.order.history") })).toContainText("Wei");

  await page.reload();
  await expect(page.getByRole("main")).toContainText("SF1794351600000");
  await desk.close();
});

test("shipping without a tracking number is refused at its field, and what was typed stays", async ({ page, shop, browser, baseURL }) => {
  const name = `Tin robot ${Date.now().toString(36)}`;
  await signInAs(page, "staff");
  await addProduct(page, "zh-CN", { name, points: 60, stock: 3 });
  const buyer = await openDevice(browser, baseURL!);
  const person = shop.aPerson();
  await signUp(buyer.page, person);
  await redeemProduct(buyer.page, name);
  await buyer.close();

  await page.goto(`/admin/orders?q=${encodeURIComponent(name)}`);
  await page.getByRole("row", { name: person.name }).getByRole("link").first().click();
  await page.locator("#carrier").fill("中通快递");
  await page.getByRole("button", { name: say("admin.order.ship") }).click();
  await expect(page.locator("#trackingNumber")).toBeFocused();
  await expect(page.locator("#trackingNumber-error")).toHaveText(say("refusals.field_required"));
  await expect(page.locator("#carrier")).toHaveValue("中通快递");
});

test("filters live in the address, are taken off one by one, and Back brings them back", async ({ page }) => {
  await signInAs(page, "staff", "/admin/orders");
  await page.getByRole("link", { name: new RegExp(`^${say("orders.status.completed")}`) }).click();
  await expect(page).toHaveURL(/status=completed/);
  await page.getByRole("searchbox").fill("Lin");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=Lin/);
  await expect(page).toHaveURL(/status=completed/);
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows.nth(1)).toContainText("Lin");
  await page.getByRole("link", { name: say("admin.list.removeFilter", { filter: say("admin.list.searchChip", { text: "Lin" }) }) }).click();
  await expect(page).not.toHaveURL(/q=Lin/);
  await page.goBack();
  await expect(page).toHaveURL(/q=Lin/);
  await expect(page.getByRole("searchbox")).toHaveValue("Lin");
});

test("a search that finds nothing says so and offers the way back", async ({ page }) => {
  await page.setViewportSize(phone);
  await signInAs(page, "staff", "/admin/orders");
  await page.getByRole("searchbox").fill("%_nothing_%");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: say("admin.list.noResults") })).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: say("admin.list.clearFilters") }).click();
  await expect(page.getByRole("table")).toBeVisible();
});
