import { addProduct, openDevice, saveButton, signInAs } from "./admin-desk";
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
      const card = page.locator("main a[href^='/products/']").filter({ hasText: name });
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
    await page.locator("[id='skus.0.priceMode']").selectOption("points_cash");
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
    const bar = saveButton(page);
    await expect(bar).toBeHidden();

    await page.locator("#nameEn").fill("Wind-up robot");
    await expect(bar).toBeVisible();
    page.once("dialog", (dialog) => dialog.dismiss());
    await page.getByRole("link", { name: say("nav.adminPages.orders") }).first().click();
    await expect(page).toHaveURL(/\/admin\/products\/\d+/);
    await expect(page.locator("#nameEn")).toHaveValue("Wind-up robot");
    const asked = page.waitForEvent("dialog").then((dialog) => dialog.dismiss());
    await page.evaluate(() => history.back());
    await asked;
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
    await expect(saveButton(page)).toBeHidden();
    await page.locator("[id='skus.1.pointsPrice']").fill("65");
    await page.keyboard.press("Control+s");
    await expect(saveButton(page)).toBeHidden();
    await page.reload();
    await expect(page.locator("[id='skus.1.pointsPrice']")).toHaveValue("65");
    await expect(page.locator("[id='skus.2.name']")).toHaveCount(0);
  });
});

test.describe("what a product can do besides", () => {
  test.use({ viewport: desktop, locale: "zh-CN" });
  const say = wordsIn("zh-CN");

  test("goes on sale only when it can be sold, and says at which field it cannot", async ({ page }) => {
    await signInAs(page, "staff", "/admin/products/new");
    await page.locator("#name").fill("Nobody's robot");
    await page.getByRole("radio", { name: say("admin.productForm.statuses.active") }).check();
    await page.locator("[id='skus.0.pointsPrice']").fill("100");
    await page.locator("[id='skus.0.isActive']").uncheck();
    await page.getByRole("button", { name: say("admin.productForm.createBar.save") }).click();
    await expect(page.locator("[id='skus.0.isActive']")).toBeFocused();
    await expect(page.locator("[id='skus.0.isActive-error']")).toHaveText(say("refusals.not_sellable", { reason: "no_sku" }));
    await page.locator("[id='skus.0.isActive']").check();
    await page.getByRole("radio", { name: say("admin.productForm.deliveries.coupon") }).check();
    await page.getByRole("button", { name: say("admin.productForm.createBar.save") }).click();
    await expect(page.locator("[id='skus.0.couponTemplateId']")).toBeFocused();
    await expect(page.locator("[id='skus.0.couponTemplateId-error']")).toHaveText(say("refusals.not_sellable", { reason: "no_template" }));
  });

  test("has a member price, dates and members of its own, which are there again after a reload", async ({ page }) => {
    await signInAs(page, "staff");
    await addProduct(page, "zh-CN", { name: `Tin robot ${Date.now().toString(36)}`, points: 500, stock: 3 });
    await page.getByText(say("admin.productForm.sku.more"), { exact: true }).click();
    await page.getByRole("button", { name: say("admin.productForm.sku.addOwn") }).click();
    await expect(page.locator("[id='skus.0.prices.0.audience']")).toBeFocused();
    await page.locator("[id='skus.0.prices.0.pointsPrice']").fill("400");
    // A part that is closed opens for what is wrong in it.
    await page.getByText(say("admin.productForm.sku.more"), { exact: true }).click();
    await expect(page.locator("[id='skus.0.prices.0.audience']")).toBeHidden();
    await page.keyboard.press("Control+s");
    await expect(page.locator("[id='skus.0.prices.0.audience']")).toBeFocused();
    await expect(page.locator("[id='skus.0.prices.0.audience-error']")).toHaveText(say("refusals.field_required"));
    await page.locator("[id='skus.0.prices.0.audience']").selectOption({ index: 2 });
    await page.locator("[id='skus.0.limitPerDay']").fill("2");
    await page.locator("[id='skus.0.onSaleFrom']").fill("2030-01-02T08:30");
    await page.getByText(say("admin.productForm.who"), { exact: true }).click();
    await page.locator("#gateLevel").selectOption({ index: 1 });
    await page.keyboard.press("Control+s");
    await expect(saveButton(page)).toBeHidden();

    await page.reload();
    await page.getByText(say("admin.productForm.sku.more"), { exact: true }).click();
    await expect(page.locator("[id='skus.0.prices.0.pointsPrice']")).toHaveValue("400");
    await expect(page.locator("[id='skus.0.limitPerDay']")).toHaveValue("2");
    await expect(page.locator("[id='skus.0.onSaleFrom']")).toHaveValue("2030-01-02T08:30");
    await expect(page.getByText(say("admin.productForm.whoSet"), { exact: true })).toBeVisible();
    await page.getByRole("button", { name: say("admin.productForm.sku.removeOwnLabel", { number: 1 }) }).click();
    await expect(page.getByRole("button", { name: say("admin.productForm.sku.addOwn") })).toBeFocused();
    await page.keyboard.press("Control+s");
    await expect(saveButton(page)).toBeHidden();
    await page.reload();
    await page.getByText(say("admin.productForm.sku.more"), { exact: true }).click();
    await expect(page.locator("[id='skus.0.prices.0.pointsPrice']")).toHaveCount(0);
  });

  test("is described in Markdown, as the preview shows it and as the shop does", async ({ page }) => {
    await signInAs(page, "staff");
    const name = `Tin robot ${Date.now().toString(36)}`;
    await addProduct(page, "zh-CN", { name, points: 500, stock: 3 });
    await page.locator("#description").fill("# 手册\n\n- **上发条**\n\n<script>document.title = 'broken'</script><img src=x onerror=\"document.title = 'broken'\">");
    await page.getByRole("group", { name: say("admin.productForm.description") }).getByRole("button", { name: say("admin.productForm.markdown.preview") }).click();
    const preview = page.locator("form .markdown");
    await expect(preview.getByRole("heading", { level: 3, name: "手册" })).toBeVisible();
    await expect(preview.getByRole("listitem")).toHaveText("上发条");
    await page.keyboard.press("Control+s");
    await expect(saveButton(page)).toBeHidden();
    await page.getByRole("link", { name: say("admin.products.seeInShop") }).click();
    await page.waitForURL((url) => url.pathname.startsWith("/products/"));
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await expect(page.locator(".markdown").getByRole("heading", { level: 3, name: "手册" })).toBeVisible();
    await expect(page.locator(".markdown img, .markdown script")).toHaveCount(0);
    await expect(page).toHaveTitle(new RegExp(name));
  });

  test("of two who save what both have seen, the second is told", async ({ page, browser, baseURL }) => {
    await signInAs(page, "staff");
    await addProduct(page, "zh-CN", { name: `Tin robot ${Date.now().toString(36)}`, points: 500, stock: 3 });
    const other = await openDevice(browser, baseURL!);
    await signInAs(other.page, "owner", new URL(page.url()).pathname);
    await other.page.locator("#nameEn").fill("Theirs");
    await other.page.keyboard.press("Control+s");
    await expect(saveButton(other.page)).toBeHidden();
    await page.locator("#nameEn").fill("Mine");
    await page.keyboard.press("Control+s");
    await expect(page.getByRole("alert").filter({ hasText: say("refusals.changed_meanwhile") })).toBeVisible();
    await expect(page.locator("#nameEn")).toHaveValue("Mine");
    await other.close();
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
