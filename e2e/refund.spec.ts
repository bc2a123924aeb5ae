import { openDevice, signInAs } from "./admin-desk";
import { desktop, expect, test, wordsIn } from "./fixtures";

const say = wordsIn("zh-CN");

test.use({ viewport: desktop, locale: "zh-CN" });

test("the merchant takes back what was paid with points and cash, and the buyer sees where everything went", async ({ page, shop, browser, baseURL }) => {
  await shop.signUp(shop.aPerson());
  await page.goto("/products/house-blend-beans?redeem=1");
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel(say("product.pointsToUse")).fill("100");
  for (const [field, text] of [["recipient", "林溪"], ["phone", "13800138000"], ["region", "上海"], ["street", "复兴西路 199 弄"]] as const) {
    await sheet.getByLabel(say(`product.address.${field}`)).fill(text);
  }
  await sheet.getByRole("button", { name: say("product.confirm"), exact: true }).click();
  await page.getByRole("button", { name: say("orders.pay", { cash: "¥67.00" }) }).click();
  await page.getByRole("button", { name: say("cashier.pay") }).click();
  await expect(page.getByText(say("orders.placedTitle"))).toBeVisible();
  const orderId = new URL(page.url()).pathname.split("/").at(-1)!;

  const desk = await openDevice(browser, baseURL!);
  const work = desk.page;
  await signInAs(work, "staff", `/admin/orders/${orderId}`);
  const form = work.getByRole("region", { name: say("admin.order.refund.title"), exact: true });
  await form.getByRole("button", { name: say("admin.order.refund.submit") }).click();
  await expect(form.getByText(say("refusals.field_required"))).toBeVisible();
  await form.getByLabel(say("admin.order.refund.reason")).fill("到货破损");
  await form.getByLabel(say("admin.order.refund.restock")).check();
  await form.getByRole("button", { name: say("admin.order.refund.submit") }).click();
  await expect(work.getByRole("status").filter({ hasText: say("admin.order.refund.done", { points: "100" }) })).toBeVisible();
  await expect(form).toBeHidden();
  await expect(work.getByRole("region", { name: say("orders.refunds.title") })).toContainText("到货破损");
  await desk.close();

  await page.goto(`/orders/${orderId}`);
  const paid = page.getByRole("region", { name: say("orders.paidWith") });
  await expect(paid).toContainText(say("orders.refunds.points", { points: "100" }));
  await expect(paid).toContainText(say("orders.refunds.cash", { amount: "¥67.00" }));
  await expect(paid).toContainText(say("orders.refunds.clawedBack", { points: "67" }));
  await page.goto("/wallet");
  await expect(page.getByRole("region", { name: say("wallet.region") })).toContainText("110");
});
