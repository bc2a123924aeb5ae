import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { openDevice, signInAs } from "./admin-desk";
import { expect, phone, test, wordsIn } from "./fixtures";

const say = wordsIn("zh-CN");

test.use({ viewport: phone, locale: "zh-CN" });

const ticket = (page: Page, name: string) => page.getByRole("article").filter({ has: page.getByRole("heading", { name, exact: true }) });

test("a coupon is claimed by one tap, is among one's own, and cannot be claimed again", async ({ page, shop }) => {
  test.setTimeout(120_000);
  // The first of a new shop: scripts/seed/coupons.ts.
  const name = "满 100 减 20";
  await page.goto("/coupons?tab=centre");
  await expect(ticket(page, name).getByRole("link", { name: say("coupons.guest") })).toBeVisible();
  await shop.signUp(shop.aPerson());
  await page.goto("/coupons");
  await expect(page.getByRole("heading", { name: say("coupons.empty.available") })).toBeVisible();
  await page.getByRole("link", { name: say("coupons.toCentre") }).click();

  await expect(ticket(page, name)).toContainText("满 ¥100 减 ¥20，全场可用。");
  await page.getByRole("button", { name: say("coupons.claimLabel", { name }) }).click();
  await expect(page.getByRole("status").filter({ hasText: say("coupons.claimedDone", { name }) })).toBeVisible();
  await expect(ticket(page, name)).toContainText(say("coupons.claimed"));
  await expect(page.getByRole("button", { name: say("coupons.claimLabel", { name }) })).toHaveCount(0);

  await page.goto("/coupons");
  await expect(ticket(page, name)).toBeVisible();
  await ticket(page, name).getByRole("link", { name: say("coupons.useLabel", { name }) }).click();
  await expect(page).toHaveURL(/\/shop$/);

  // A price of 68 is too small for it; two of them are enough, and it is chosen by itself.
  await page.goto("/products/house-blend-beans?redeem=1");
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByLabel(say("checkout.coupon"))).toBeDisabled();
  await sheet.getByRole("button", { name: say("product.oneMore") }).click();
  await sheet.getByLabel(say("product.pointsToUse")).fill("100");
  await expect(sheet.getByLabel(say("checkout.coupon"))).toContainText(name);
  await expect(sheet).toContainText("¥115.00");
  for (const [field, text] of [["recipient", "林夕"], ["phone", "13800138000"], ["region", "上海"], ["street", "花园路 1 号"]] as const) {
    await sheet.getByLabel(say(`product.address.${field}`)).fill(text);
  }
  await sheet.getByRole("button", { name: say("product.confirm"), exact: true }).click();
  await expect(page.getByRole("button", { name: say("orders.pay", { cash: "¥115.00" }) })).toBeVisible();
  await page.goto("/coupons?tab=used");
  await expect(ticket(page, name)).toBeVisible();
});

test("staff makes a coupon, prints a code and grants it to a segment: each reaches who it is for, once", async ({ page, shop, browser, baseURL }) => {
  test.setTimeout(240_000);
  const person = shop.aPerson();
  await shop.signUp(person);
  const { page: desk, close } = await openDevice(browser, baseURL!);
  await signInAs(desk, "staff");
  const name = `到店礼 ${person.name.slice(-6)}`;

  await desk.goto("/admin/coupons/new");
  await desk.locator("#name").fill(name);
  await desk.locator("#amount").fill("8.80");
  await desk.locator("#minSpend").fill("50");
  await expect(desk.locator("#coupon-sentence")).toHaveText("满 ¥50 减 ¥8.80，全场可用。");
  await desk.locator("#claimLimit").fill("2");
  await desk.getByRole("radio", { name: say("adminCoupons.status.active") }).check({ force: true });
  await desk.getByRole("button", { name: say("adminCoupons.form.createBar.save") }).click();
  await expect(desk.getByRole("heading", { level: 1, name })).toBeVisible();
  const couponPage = new URL(desk.url()).pathname;

  await desk.locator("#quantity").fill("2");
  await desk.getByRole("button", { name: say("adminCoupons.codes.submit") }).click();
  const waiting = desk.waitForEvent("download");
  await desk.getByRole("button", { name: /下载/ }).click();
  const lines = readFileSync(await (await waiting).path(), "utf8").split("\r\n");
  const code = /([0-9A-Z]{4}-){2}[0-9A-Z]{4}/.exec(lines[1]!)![0];
  await desk.reload();
  await expect(desk.getByRole("button", { name: /下载/ })).toHaveCount(0);

  await page.goto("/coupons");
  await page.locator("#code").fill("2222-2222-2222");
  await page.getByRole("button", { name: say("coupons.code.submit") }).click();
  await expect(page.locator("#code-error")).toHaveText(say("refusals.coupon_code_wrong"));
  await page.locator("#code").fill(code.toLowerCase());
  await page.getByRole("button", { name: say("coupons.code.submit") }).click();
  await expect(page.getByRole("status").filter({ hasText: say("coupons.code.done", { name }) })).toBeVisible();
  await expect(ticket(page, name)).toHaveCount(1);

  await desk.goto("/admin/segments/new");
  const segment = `朋友 ${person.name.slice(-6)}`;
  await desk.locator("#name").fill(segment);
  await desk.locator("#people").fill(person.email);
  await expect(desk.locator("#segment-count")).toHaveText(say("adminSegments.form.previewCount", { people: 1 }));
  await desk.getByRole("button", { name: say("adminSegments.form.createBar.save") }).click();
  await expect(desk.getByRole("region", { name: say("adminSegments.members.title") })).toBeVisible();
  await expect(async () => {
    await desk.reload();
    await expect(desk.getByRole("region", { name: say("adminSegments.members.title") })).toContainText(person.email, { timeout: 2_000 });
  }).toPass();

  await desk.goto(couponPage);
  await desk.locator("#grant-segment").selectOption({ label: segment });
  await desk.getByRole("button", { name: say("adminCoupons.grants.submit") }).click();
  await expect(desk.getByRole("status").filter({ hasText: say("adminCoupons.grants.done", { people: 1 }) })).toBeVisible();
  await expect(async () => {
    await page.goto("/coupons");
    await expect(ticket(page, name)).toHaveCount(2);
  }).toPass({ timeout: 60_000 });
  await page.goto("/notifications");
  await expect(page.getByText(say("notifications.notice.coupon_granted", { name }))).toBeVisible();
  await close();
});
