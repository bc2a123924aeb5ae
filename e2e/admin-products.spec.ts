import { addProduct, signInAs } from "./admin-desk";
import { desktop, expect, phone, test, wordsIn } from "./fixtures";
import { languages } from "./words";

for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.use({ viewport: desktop, locale: language });

    test("a product that the merchant adds appears in the shop, at its price", async ({ page, shop }) => {
      const name = `Tin robot ${Date.now().toString(36)}`;
      await shop.speak(language);
      await signInAs(page, "staff");
      await addProduct(page, language, { name, points: 770, stock: 4 });
      await page.goto(`/shop?q=${encodeURIComponent(name)}`);
      const card = page.getByRole("link", { name });
      await expect(card).toContainText("770");
      await card.click();
      await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    });
  });
}

test.describe("the product form", () => {
  test.use({ viewport: desktop, locale: "zh-CN" });
  const say = wordsIn("zh-CN");

  test("names the fields that are wrong, and goes to the first of them", async ({ page }) => {
    await signInAs(page, "staff", "/admin/products/new");
    await page.getByRole("button", { name: say("admin.productForm.createBar.save") }).click();
    await expect(page.locator("#name")).toBeFocused();
    await expect(page.locator("#name-error")).toHaveText(say("refusals.field_required"));
    await expect(page.locator("[id='skus.0.pointsPrice-error']")).toHaveText(say("refusals.field_out_of_range"));
    await page.locator("#name").fill("Tin robot");
    await page.getByRole("radio", { name: say("admin.productForm.modes.points_cash") }).check();
    await page.locator("[id='skus.0.pointsPrice']").fill("100");
    await page.locator("[id='skus.0.cashYuan']").fill("9.999");
    await page.getByRole("button", { name: say("admin.productForm.createBar.save") }).click();
    await expect(page.locator("[id='skus.0.cashYuan']")).toBeFocused();
    await expect(page.locator("#name")).toHaveValue("Tin robot");
  });

  test("is saved with Ctrl+S, and asks before unsaved changes are left behind", async ({ page }) => {
    const name = `Tin robot ${Date.now().toString(36)}`;
    await signInAs(page, "staff");
    await addProduct(page, "zh-CN", { name, points: 50, stock: 2 });
    const bar = page.getByRole("button", { name: say("admin.productForm.bar.save") });
    await expect(bar).toBeHidden();

    await page.locator("#nameEn").fill("Wind-up robot");
    await expect(bar).toBeVisible();
    page.once("dialog", (dialog) => dialog.dismiss());
    await page.getByRole("link", { name: say("nav.adminPages.orders") }).first().click();
    await expect(page).toHaveURL(/\/admin\/products\/\d+/);
    await expect(page.locator("#nameEn")).toHaveValue("Wind-up robot");
    page.once("dialog", (dialog) => dialog.dismiss());
    await page.evaluate(() => history.back());
    await expect(page).toHaveURL(/\/admin\/products\/\d+/);
    await expect(page.locator("#nameEn")).toHaveValue("Wind-up robot");

    await page.keyboard.press("Control+s");
    await expect(bar).toBeHidden();
    await page.reload();
    await expect(page.locator("#nameEn")).toHaveValue("Wind-up robot");

    await page.locator("#nameEn").fill("Something else");
    await page.getByRole("button", { name: say("admin.productForm.bar.discard") }).click();
    await expect(page.locator("#nameEn")).toHaveValue("Wind-up robot");
    await expect(bar).toBeHidden();
  });

  test("takes another SKU, and changes that SKU rather than adding it again", async ({ page }) => {
    await signInAs(page, "staff");
    await addProduct(page, "zh-CN", { name: `Tin robot ${Date.now().toString(36)}`, points: 50, stock: 2 });
    await page.getByRole("button", { name: say("admin.productForm.addSku") }).click();
    await expect(page.locator("[id='skus.1.name']")).toBeFocused();
    await page.locator("[id='skus.1.name']").fill("蓝色");
    await page.locator("[id='skus.1.pointsPrice']").fill("60");
    await page.keyboard.press("Control+s");
    await expect(page.getByRole("button", { name: say("admin.productForm.bar.save") })).toBeHidden();
    await page.locator("[id='skus.1.pointsPrice']").fill("65");
    await page.keyboard.press("Control+s");
    await expect(page.getByRole("button", { name: say("admin.productForm.bar.save") })).toBeHidden();
    await page.reload();
    await expect(page.locator("[id='skus.1.pointsPrice']")).toHaveValue("65");
    await expect(page.locator("[id='skus.2.name']")).toHaveCount(0);
  });
});

test.describe("stock", () => {
  test.use({ viewport: phone, locale: "zh-CN" });
  const say = wordsIn("zh-CN");

  test("is changed with a reason that stays, and never below nothing", async ({ page }) => {
    await signInAs(page, "staff");
    await addProduct(page, "zh-CN", { name: `Tin robot ${Date.now().toString(36)}`, points: 50, stock: 2 });
    const stock = page.getByRole("region", { name: say("admin.stock.title"), exact: true });
    await stock.getByLabel(say("admin.stock.pieces")).fill("5");
    await expect(stock).toContainText(say("admin.stock.after", { stock: 7 }));
    await stock.getByLabel(say("admin.stock.note")).fill("盘点多出");
    await stock.getByRole("button", { name: say("admin.stock.submit") }).click();
    await expect(stock).toContainText(say("admin.stock.adjusted", { stock: 7 }));
    await expect(stock.getByRole("list", { name: say("admin.stock.moves") })).toContainText("盘点多出");

    await stock.getByText(say("admin.stock.take"), { exact: true }).click();
    await stock.getByLabel(say("admin.stock.pieces")).fill("8");
    await stock.getByLabel(say("admin.stock.note")).fill("破损");
    await stock.getByRole("button", { name: say("admin.stock.submit") }).click();
    await expect(stock.getByRole("alert")).toContainText(say("refusals.stock_too_low", { stock: 7 }));
    await expect(stock.getByLabel(say("admin.stock.pieces"))).toHaveValue("8");
  });
});
