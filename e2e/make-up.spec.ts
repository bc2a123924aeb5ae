import { dayIn, moveTo } from "./clock";
import { demoAccounts } from "../scripts/lib/demo-accounts.mjs";
import { desktop, expect, test, wordsIn } from "./fixtures";
import { languages } from "./words";

test.setTimeout(120_000);
test.afterEach(({ request }) => moveTo(request, 0));

for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.use({ viewport: desktop, locale: language });

    test("a missed day is made up with the keyboard alone: the sheet tells the price, the window and the limit before anything is spent", async ({ page, shop, request }) => {
      const say = wordsIn(language);
      await shop.speak(language);
      await shop.signUp(shop.aPerson());
      await page.getByRole("button", { name: say("checkIn.cta", { points: "+20" }) }).click();
      const region = page.getByRole("region", { name: say("wallet.region") });
      // What shows at once is not an answer yet, and the clock is about to move.
      await expect(page.getByText(say("checkIn.succeeded", { points: 20, days: 1 }))).toBeAttached();
      await expect(region).toContainText("130");

      await moveTo(request, 2);
      const missed = dayIn(1);
      await page.goto(`/check-in?month=${missed.slice(0, 7)}`);
      await expect(region).toContainText("140");
      const cell = page.locator(`[data-day="${missed}"]`);
      await expect(cell).toContainText(say("checkIn.mark.makeUp"));
      // Until the page's script runs, a key does nothing.
      const sheet = page.getByRole("dialog");
      await expect(async () => {
        await cell.focus();
        await page.keyboard.press("Enter");
        await expect(sheet).toBeVisible({ timeout: 500 });
      }).toPass();
      await expect(sheet).toContainText(say("checkIn.makeUp.points", { points: "30" }));
      await expect(sheet).toContainText(say("checkIn.makeUp.windowValue", { days: 7 }));
      await expect(sheet).toContainText(say("checkIn.makeUp.leftValue", { left: 3, limit: 3 }));
      await sheet.getByRole("button", { name: say("checkIn.makeUp.confirmPoints", { points: "30" }) }).focus();
      await page.keyboard.press("Enter");

      await expect(sheet).toBeHidden();
      await expect(cell).toContainText(say("checkIn.mark.madeUp"));
      await expect(cell).toBeFocused();
      await expect(region).toContainText("110");
      await page.getByRole("button", { name: say("checkIn.cta", { points: "+30" }) }).click();
      await expect(page.getByRole("region", { name: say("checkIn.title"), exact: true })).toContainText(say("checkIn.streak", { days: 3 }));
    });
  });
}

test.describe("by keys", () => {
  test.use({ viewport: desktop, locale: "zh-CN" });

  test("Page Up and Page Down turn the months and keep the day", async ({ page }) => {
    const shopper = demoAccounts.find(({ role }) => role === "shopper")!;
    await page.goto("/sign-in?next=/check-in");
    await page.locator("#email").fill(shopper.email);
    await page.locator("#password").fill(shopper.password);
    await page.locator("main form button[type=submit]").click();
    const today = dayIn(0);
    const cell = page.locator(`[data-day="${today}"]`);
    // Until the page's script runs, a key does nothing.
    await expect(async () => {
      await cell.focus();
      await page.keyboard.press("Home");
      await expect(page.locator("td [data-day$='-01']")).toBeFocused({ timeout: 500 });
    }).toPass();
    await page.keyboard.press("PageUp");
    await expect(page).toHaveURL(/month=/);
    const focused = page.locator("td :focus");
    await expect(cell).toHaveCount(0);
    await expect(focused).toHaveCount(1);
    await page.keyboard.press("PageDown");
    await expect(focused).toHaveAttribute("data-day", new RegExp(`^${today.slice(0, 7)}`));
  });
});
