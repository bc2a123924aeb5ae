import { addProduct, openDevice, redeemProduct, signInAs } from "./admin-desk";
import { desktop, expect, phone, test, wordsIn } from "./fixtures";

const say = wordsIn("zh-CN");

test.use({ viewport: phone, locale: "zh-CN" });

test("who received something writes a review, staff shows it, and its author has the points", async ({ page, shop, browser, baseURL }) => {
  test.setTimeout(120_000);
  const name = `Tin robot ${Date.now().toString(36)}`;
  const words = `手感很好 <b>真的</b> ${Date.now().toString(36)}`;
  const desk = await openDevice(browser, baseURL!);
  await desk.page.setViewportSize(desktop);
  await signInAs(desk.page, "staff");
  await addProduct(desk.page, "zh-CN", { name, points: 60, stock: 3 });
  await shop.signUp(shop.aPerson());
  const orderId = await redeemProduct(page, name);
  await expect(page.getByText(say("orders.placedTitle"))).toBeVisible();
  await expect(page.getByText(say("reviews.order.write"))).toBeHidden();

  await desk.page.goto(`/admin/orders/${orderId}`);
  await desk.page.locator("#carrier").fill("顺丰速运");
  await desk.page.locator("#trackingNumber").fill("SF1794351600000");
  await desk.page.getByRole("button", { name: say("admin.order.ship") }).click();
  await desk.page.getByRole("button", { name: say("admin.order.complete") }).click();
  await expect(desk.page.getByRole("status").filter({ hasText: say("admin.order.completed") })).toBeVisible();

  await page.goto(`/orders/${orderId}`);
  await page.getByText(say("reviews.order.write")).click();
  const form = page.getByRole("form", { name: say("reviews.order.form", { product: name }) });
  await form.getByRole("button", { name: say("reviews.order.submit") }).click();
  await expect(form.getByText(say("refusals.field_too_short"))).toBeVisible();
  await form.getByRole("radio", { name: say("reviews.order.choices.4") }).check();
  await form.getByLabel(say("reviews.order.body")).fill(words);
  await form.getByRole("button", { name: say("reviews.order.submit") }).click();
  await expect(page.getByText(say("reviews.order.status.pending"))).toBeVisible();
  await expect(page.getByRole("heading", { name: say("reviews.order.title") })).toBeFocused();

  await desk.page.goto(`/admin/reviews?status=pending&q=${encodeURIComponent(name)}`);
  await desk.page.getByRole("link", { name: words }).click();
  await desk.page.getByRole("button", { name: say("adminReviews.reject") }).click();
  await expect(desk.page.locator("#note-error")).toHaveText(say("refusals.field_required"));
  await desk.page.getByRole("button", { name: say("adminReviews.approve") }).click();
  await expect(desk.page.getByRole("status").filter({ hasText: say("adminReviews.approved", { points: 20 }) })).toBeVisible();
  await desk.close();

  await page.reload();
  await expect(page.getByText(say("reviews.order.status.approved"))).toBeVisible();
  await page.getByRole("link", { name }).first().click();
  const reviews = page.getByRole("region", { name: say("reviews.title") });
  await expect(reviews.getByText(words)).toBeVisible();
  await expect(reviews.getByRole("img", { name: say("reviews.average", { average: "4.0", count: 1 }) })).toBeVisible();
  await page.goto("/wallet");
  await expect(page.getByRole("main")).toContainText("+20");
});
