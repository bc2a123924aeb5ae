import { desktop, expect, phone, test, wordsIn } from "./fixtures";
import { tabToName } from "./keyboard";

for (const viewport of [phone, desktop]) {
  test.describe(`at ${viewport.width} px`, () => {
    test.use({ viewport, locale: "zh-CN" });

    test("check-in and redemption need no mouse", async ({ page, shop }) => {
      const say = wordsIn("zh-CN");
      const product = await shop.aProduct({ points: 60 });
      await shop.signUp(shop.aPerson());
      await page.reload();
      await page.keyboard.press("Tab");
      await expect(page.getByRole("link", { name: say("nav.skip") })).toBeFocused();
      await page.keyboard.press("Enter");
      await tabToName(page, say("checkIn.cta", { points: "+20" }));
      await page.keyboard.press("Enter");
      await expect(page.getByRole("region", { name: say("wallet.region") })).toContainText(say("checkIn.done"));
      await expect(page.getByRole("status").filter({ hasText: say("checkIn.succeeded", { points: 20, days: 1 }) })).toBeAttached();

      await page.goto(`/products/${product.slug}`);
      await tabToName(page, say("product.redeem"));
      await page.keyboard.press("Space");
      const sheet = page.getByRole("dialog");
      await expect(sheet).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(sheet).toBeHidden();
      await expect(page.getByRole("button", { name: say("product.redeem"), exact: true })).toBeFocused();
      await page.keyboard.press("Enter");
      await tabToName(page, say("product.confirm"));
      await page.keyboard.press("Enter");
      await expect(page.getByText(say("orders.placedTitle"))).toBeVisible();
      await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    });

    test("the calendar is walked with the arrow keys", async ({ page, shop }) => {
      const say = wordsIn("zh-CN");
      await shop.signUp(shop.aPerson());
      await page.goto("/check-in");
      const today = page.locator("td [aria-current=date]");
      // Until the page's script runs, a key does nothing.
      await expect(async () => {
        await today.focus();
        await page.keyboard.press("Home");
        await expect(page.locator("td [data-day$='-01']")).toBeFocused({ timeout: 500 });
      }).toPass();
      await page.keyboard.press("ArrowDown");
      await expect(page.locator("td [data-day$='-08']")).toBeFocused();
      await expect(page.locator("td [tabindex='0']")).toHaveCount(1);
      await expect(page.getByRole("table", { name: new RegExp(say("checkIn.title")) })).toBeVisible();
    });
  });
}
