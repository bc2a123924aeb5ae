import { desktop, expect, phone, test, wordsIn } from "./fixtures";

const runs = [
  { language: "zh-CN", viewport: phone },
  { language: "en", viewport: desktop },
] as const;

for (const { language, viewport } of runs) {
  test.describe(`in ${language} at ${viewport.width} px`, () => {
    test.use({ viewport, locale: language });

    test("points take a part of a cash price, a failed payment can be tried again, and the address is kept", async ({ page, shop }) => {
      const say = wordsIn(language);
      await shop.speak(language);
      await shop.signUp(shop.aPerson());
      await page.goto("/products/house-blend-beans");
      await page.getByRole("button", { name: say("product.redeem"), exact: true }).click();
      const sheet = page.getByRole("dialog");
      await sheet.getByLabel(say("product.pointsToUse")).fill("100");
      await sheet.getByLabel(say("product.address.recipient")).fill("Lin Xi");
      await sheet.getByLabel(say("product.address.phone")).fill("13800138000");
      await sheet.getByLabel(say("product.address.region")).fill("Shanghai");
      await sheet.getByLabel(say("product.address.street")).fill("1 Garden Road");
      await expect(sheet).toContainText("¥67.00");
      await sheet.getByRole("button", { name: say("product.confirm"), exact: true }).click();

      await expect(page.getByText(say("orders.waitingTitle"))).toBeVisible();
      const payButton = page.getByRole("button", { name: say("orders.pay", { cash: "¥67.00" }) });
      await payButton.click();
      await expect(page.getByText(say("cashier.banner"))).toBeVisible();
      await page.getByRole("button", { name: say("cashier.fail") }).click();
      await expect(page.getByText(say("cashier.failed"))).toBeVisible();
      await page.getByRole("link", { name: say("cashier.toOrder") }).click();
      await payButton.click();
      await page.getByRole("button", { name: say("cashier.pay") }).click();
      await expect(page.getByText(say("orders.placedTitle"))).toBeVisible();
      await expect(page.getByRole("region", { name: say("orders.paidWith") })).toContainText(say("orders.cashPaid"));
      await expect(page.getByRole("region", { name: say("orders.delivery") })).toContainText("1 Garden Road");

      await page.goto("/products/house-blend-beans?redeem=1");
      await expect(page.getByRole("dialog").getByText("1 Garden Road")).toBeVisible();
    });

    test("an unpaid order is cancelled, and its points are back at once", async ({ page, shop }) => {
      const say = wordsIn(language);
      await shop.speak(language);
      await shop.signUp(shop.aPerson());
      await page.goto("/products/house-blend-beans?redeem=1");
      const sheet = page.getByRole("dialog");
      await sheet.getByLabel(say("product.pointsToUse")).fill("50");
      for (const [field, text] of [["recipient", "Lin Xi"], ["phone", "13800138000"], ["region", "Shanghai"], ["street", "1 Garden Road"]] as const) {
        await sheet.getByLabel(say(`product.address.${field}`)).fill(text);
      }
      await sheet.getByRole("button", { name: say("product.confirm"), exact: true }).click();
      await page.getByText(say("orders.cancel"), { exact: true }).click();
      await page.getByRole("button", { name: say("orders.cancelConfirm") }).click();
      await expect(page.getByText(say("orders.restored", { points: "50" }))).toBeVisible();
      await page.goto("/wallet");
      await expect(page.getByRole("region", { name: say("wallet.region") })).toContainText("110");
    });
  });
}
