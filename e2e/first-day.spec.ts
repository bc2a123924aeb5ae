import { desktop, expect, fillSignUp, phone, test, wordsIn } from "./fixtures";
import { languages } from "./words";

for (const language of languages) {
  for (const viewport of [phone, desktop]) {
    test.describe(`in ${language} at ${viewport.width} px`, () => {
      test.use({ viewport, locale: language });

      test("a newcomer signs up, checks in, redeems, and finds the order and every point of it", async ({ page, shop }) => {
        const say = wordsIn(language);
        const product = await shop.aProduct({ points: 120 });
        const person = shop.aPerson();
        await shop.speak(language);
        await page.goto("/");
        await page.getByRole("link", { name: say("home.join") }).click();
        await fillSignUp(page, person);
        await expect(page.getByRole("heading", { name: say("auth.mailSentTitle") })).toBeFocused();
        await expect(page.getByText(say("auth.mailSent", { email: person.email }))).toBeVisible();
        await page.goto(await shop.linkTo(person.email, "verify_email"));
        await page.getByRole("button", { name: say("auth.verify.submit") }).click();

        // Registration and the day's visit.
        const balance = page.getByRole("region", { name: say("wallet.region") });
        await expect(balance).toContainText("110");
        await page.getByRole("button", { name: say("checkIn.cta", { points: "+20" }) }).click();
        await expect(balance).toContainText("130");
        await expect(balance).toContainText(say("checkIn.done"));
        await expect(page.getByRole("heading", { name: say("checkIn.streak", { days: 1 }) })).toBeVisible();
        // All that was shown ahead of the server's answer; now the answer is here.
        await expect(page.getByRole("status").filter({ hasText: say("checkIn.succeeded", { points: 20, days: 1 }) })).toBeAttached();

        await page.goto(`/products/${product.slug}`);
        await expect(page.getByRole("heading", { level: 1, name: product.name })).toBeVisible();
        await page.getByRole("button", { name: say("product.redeem"), exact: true }).click();
        const sheet = page.getByRole("dialog", { name: say("product.redeemTitle") });
        await expect(sheet).toContainText(say("product.points", { points: "120" }));
        await expect(sheet).toContainText(say("product.points", { points: "10" }));
        await sheet.getByRole("button", { name: say("product.confirm"), exact: true }).click();

        await expect(page).toHaveURL(/\/orders\/[\w-]{22}/);
        await expect(page.getByText(say("orders.placedTitle"))).toBeVisible();
        await expect(page.getByRole("region", { name: say("orders.paidWith") })).toContainText("120");
        await expect(page.getByRole("region", { name: say("orders.items") })).toContainText(product.name);

        await page.goto("/orders");
        await expect(page.getByRole("link", { name: product.name })).toBeVisible();
        await page.goto("/wallet");
        await expect(page.getByRole("region", { name: say("wallet.region") })).toContainText("10");
        const ledger = page.getByRole("region", { name: say("wallet.ledger") });
        for (const title of [say("wallet.earned.register"), say("wallet.earned.login"), say("wallet.earned.checkin"), say("wallet.spentOn", { product: product.name })]) {
          await expect(ledger.getByText(title, { exact: true }).first()).toBeVisible();
        }
        await expect(ledger).toContainText("−120");
      });
    });
  }
}
