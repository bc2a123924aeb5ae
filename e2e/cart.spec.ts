import { desktop, expect, phone, test, wordsIn } from "./fixtures";

const runs = [
  { language: "zh-CN", viewport: phone },
  { language: "en", viewport: desktop },
] as const;

for (const { language, viewport } of runs) {
  test.describe(`in ${language} at ${viewport.width} px`, () => {
    test.use({ viewport, locale: language });

    test("two products go through the cart into one order, with points and cash, and leave the cart", async ({ page, shop }) => {
      const say = wordsIn(language);
      await shop.speak(language);
      await shop.signUp(shop.aPerson());
      const pin = await shop.aProduct({ points: 20 });
      for (const slug of [pin.slug, "house-blend-beans"]) {
        await page.goto(`/products/${slug}`);
        await page.getByRole("button", { name: say("cart.add") }).click();
        await expect(page.getByText(say("cart.added"))).toBeVisible();
      }
      await page.getByRole("link", { name: say("cart.open") }).click();

      await expect(page.getByRole("heading", { level: 1, name: say("cart.title") })).toBeVisible();
      await page.getByRole("button", { name: say("cart.moreOf", { product: pin.name }) }).click();
      await expect(page.getByRole("group", { name: say("cart.quantityOf", { product: pin.name }) })).toContainText("2");
      // The number is ahead of the server; the line is the server's.
      await expect(page.getByRole("listitem").filter({ hasText: pin.name })).toContainText("× 2");
      await page.getByRole("link", { name: say("cart.checkOut", { products: "2" }) }).click();

      await expect(page.getByRole("heading", { level: 1, name: say("checkout.title") })).toBeVisible();
      // Two pins take 40 points in any case; 60 more take something off the beans.
      await page.getByLabel(say("product.pointsToUse")).fill("60");
      await expect(page.getByText("¥67.40").first()).toBeVisible();
      for (const [field, text] of [["recipient", "Lin Xi"], ["phone", "13800138000"], ["region", "Shanghai"], ["street", "1 Garden Road"]] as const) {
        await page.getByLabel(say(`product.address.${field}`)).fill(text);
      }
      await page.getByRole("button", { name: say("product.confirm"), exact: true }).click();

      await page.getByRole("button", { name: say("orders.pay", { cash: "¥67.40" }) }).click();
      await page.getByRole("button", { name: say("cashier.pay") }).click();
      await expect(page.getByText(say("orders.placedTitle"))).toBeVisible();
      await expect(page.getByText(pin.name).first()).toBeVisible();
      await page.goto("/cart");
      await expect(page.getByText(say("cart.empty"))).toBeVisible();
    });

    test("what is sold out meanwhile says so in the cart and does not hold up the rest", async ({ page, shop }) => {
      const say = wordsIn(language);
      await shop.speak(language);
      await shop.signUp(shop.aPerson());
      const [last, other] = [await shop.aProduct({ points: 10, stock: 1 }), await shop.aProduct({ points: 10 })];
      for (const { slug } of [last, other]) {
        await page.goto(`/products/${slug}`);
        await page.getByRole("button", { name: say("cart.add") }).click();
        await expect(page.getByText(say("cart.added"))).toBeVisible();
      }
      await page.goto(`/products/${last.slug}?redeem=1`);
      await page.getByRole("dialog").getByRole("button", { name: say("product.confirm"), exact: true }).click();
      await expect(page.getByText(say("orders.placedTitle"))).toBeVisible();

      await page.goto("/cart");
      await expect(page.getByRole("listitem").filter({ hasText: last.name })).toContainText(say("refusals.sold_out", { left: 0 }));
      await expect(page.getByRole("link", { name: say("cart.checkOut", { products: "1" }) })).toBeVisible();
      await page.getByRole("listitem").filter({ hasText: last.name }).getByRole("button", { name: say("cart.remove") }).click();
      await expect(page.getByText(last.name)).toHaveCount(0);
    });
  });
}
