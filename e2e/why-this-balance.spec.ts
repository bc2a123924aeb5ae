import { expect, phone, test, wordsIn } from "./fixtures";
import { languages } from "./words";

for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.use({ viewport: phone, locale: language });

    test("somebody follows their points: in the ledger, at a moment, lot by lot, and as a file", async ({ page, shop }) => {
      const say = wordsIn(language);
      const product = await shop.aProduct({ points: 30 });
      await shop.speak(language);
      await shop.signUp(shop.aPerson());
      await page.goto("/");
      await page.getByRole("button", { name: say("checkIn.cta", { points: "+20" }) }).click();
      await expect(page.getByText(say("checkIn.succeeded", { points: 20, days: 1 }))).toBeAttached();
      await page.goto(`/products/${product.slug}`);
      await page.getByRole("button", { name: say("product.redeem"), exact: true }).click();
      await page.getByRole("dialog").getByRole("button", { name: say("product.confirm"), exact: true }).click();
      await expect(page).toHaveURL(/\/orders\/[\w-]{22}/);

      await page.goto("/wallet");
      const ledger = page.getByRole("region", { name: say("wallet.ledger") });
      const spent = ledger.getByRole("listitem").filter({ hasText: product.name });
      await expect(spent).toContainText("−30");
      await spent.getByText(say("wallet.whereFrom")).click();
      await expect(spent).toContainText(say("why.filledBy"));

      await ledger.getByRole("link", { name: say("wallet.filters.out"), exact: true }).click();
      await expect(ledger.getByRole("paragraph").filter({ hasText: say("wallet.earned.checkin") })).toHaveCount(0);
      await expect(spent).toBeVisible();

      const [file] = await Promise.all([page.waitForEvent("download"), ledger.getByRole("link", { name: say("wallet.csv") }).click()]);
      expect(file.suggestedFilename()).toMatch(/^points-\d{4}-\d{2}-\d{2}\.csv$/);

      await page.getByRole("link", { name: say("wallet.why"), exact: true }).click();
      await expect(page.getByRole("heading", { level: 1, name: say("why.title") })).toBeVisible();
      const lots = page.getByRole("region", { name: say("why.lots") });
      await lots.getByText(say("why.toLot")).first().click();
      await expect(lots).toContainText(product.name);

      await page.getByLabel(say("why.at"), { exact: true }).fill("2020-01-01T00:00");
      await page.getByRole("button", { name: say("why.show") }).click();
      await expect(page.getByText(say("why.nothingYet"))).toBeVisible();
      await expect(page.getByText(say("why.noLotsThen"))).toBeVisible();
    });
  });
}
