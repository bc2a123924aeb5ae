import { addProduct, openDevice, redeemProduct, signInAs } from "./admin-desk";
import { desktop, expect, test, wordsIn } from "./fixtures";
import { tabTo } from "./keyboard";

test.use({ viewport: desktop, locale: "zh-CN" });
const say = wordsIn("zh-CN");

test("an order is sent from the overview by keyboard alone, three presses away", async ({ page, shop, browser, baseURL }) => {
  const desk = await openDevice(browser, baseURL!);
  const work = desk.page;
  await signInAs(work, "staff");
  const name = `Tin robot ${Date.now().toString(36)}`;
  await addProduct(work, "zh-CN", { name, points: 30, stock: 5 });
  await shop.signUp(shop.aPerson());
  const orderId = await redeemProduct(page, name);

  await work.goto("/admin");
  await tabTo(work, "main a[href='/admin/orders?view=to_send']");
  await work.keyboard.press("Enter");
  await work.waitForURL(/view=to_send/);
  await expect(work.getByRole("heading", { level: 1 })).toBeFocused();
  await tabTo(work, `main a[href='/admin/orders/${orderId}']`);
  await work.keyboard.press("Enter");
  await work.waitForURL(`**/admin/orders/${orderId}`);
  await expect(work.getByRole("form", { name: say("adminFulfilment.ship.title") })).toBeVisible();
  await tabTo(work, "#carrier, [name=carrier]");
  await work.keyboard.type("顺丰速运");
  await tabTo(work, "#trackingNumber, [name=trackingNumber]");
  await work.keyboard.type("SF1234567890");
  await work.keyboard.press("Enter");
  await expect(work.getByRole("region", { name: say("adminFulfilment.parcels.title") })).toContainText("SF1234567890");
  await desk.close();

  await page.reload();
  await expect(page.getByRole("region", { name: say("orders.parcels.title") })).toContainText("SF1234567890");
});
