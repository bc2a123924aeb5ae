import { demoAccounts } from "../scripts/lib/demo-accounts.mjs";
import { signIn } from "./admin-desk";
import { test } from "./fixtures";
import { inspect, looks } from "./walk";

const guestPages = ["/", "/shop", "/sign-in", "/products/pour-over-kettle", "/products/no-such-thing"];
const shopperPages = ["/", "/check-in", "/wallet", "/orders", "/levels", "/flash", "/products/thermos-500", "/products/pour-over-kettle?redeem=1"];

for (const { viewport, locale, theme } of looks) {
  test.describe(`${locale}, ${theme}, ${viewport.width} px`, () => {
    test.use({ viewport, locale, expectedErrors: [/status of 404/] });
    test.setTimeout(180_000);

    test.beforeEach(async ({ context, baseURL }) => {
      await context.addCookies([{ name: "locale", value: locale, url: baseURL! }, { name: "theme", value: theme, url: baseURL! }]);
    });

    test("the pages that a guest sees first are free of violations, sideways scroll and small targets", async ({ page }) => {
      for (const path of guestPages) await inspect(page, path);
    });

    test("the pages that a shopper uses most are free of violations, sideways scroll and small targets", async ({ page }) => {
      await signIn(page, demoAccounts.find(({ role }) => role === "shopper")!, "/orders");
      const order = await page.locator("main a[href^='/orders/']").first().getAttribute("href");
      for (const path of [...shopperPages, order!]) await inspect(page, path);
    });
  });
}
