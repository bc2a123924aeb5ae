import { saveButton, signInAs } from "./admin-desk";
import { desktop, expect, phone, test, wordsIn } from "./fixtures";
import { tabToName } from "./keyboard";
import { languages } from "./words";

for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.use({ viewport: desktop, locale: language });
    const say = wordsIn(language);

    test("a category is made, put under another, moved and deleted without a mouse", async ({ page, shop }) => {
      const mark = Date.now().toString(36);
      await shop.speak(language);
      await signInAs(page, "staff", "/admin/categories");

      for (const name of [`A ${mark}`, `B ${mark}`]) {
        await tabToName(page, say("adminCategories.new"));
        await page.keyboard.press("Enter");
        await page.waitForURL(/\/admin\/categories\/new/);
        await tabToName(page, say("adminCategories.form.name"));
        await page.keyboard.type(name);
        await tabToName(page, say("adminCategories.form.nameEn"));
        await page.keyboard.type(name);
        await page.keyboard.press("Control+s");
        await expect(page.getByText(say("adminCategories.created"))).toBeVisible();
      }

      await tabToName(page, say("adminCategories.upLabel", { name: `B ${mark}` }));
      await page.keyboard.press("Enter");
      const rows = page.getByRole("row").filter({ hasText: mark });
      await expect(rows.first()).toContainText(`B ${mark}`);
      const up = page.getByRole("button", { name: say("adminCategories.upLabel", { name: `B ${mark}` }) });
      await expect(up).toBeFocused();
      await expect(up).not.toHaveAttribute("aria-disabled");

      await tabToName(page, `A ${mark}`);
      await page.keyboard.press("Enter");
      await expect(page.getByRole("heading", { level: 1, name: `A ${mark}` })).toBeVisible();
      await tabToName(page, say("adminCategories.form.parent"));
      await page.keyboard.type(`B ${mark}`);
      await page.keyboard.press("Control+s");
      await expect(saveButton(page)).toBeHidden();

      // Its place is another one now, which is no change of the person's.
      await expect(page.getByLabel(say("adminCategories.form.placeNumber"))).toHaveValue("1");
      await tabToName(page, say("adminCategories.form.nameEn"));
      await page.keyboard.press("End");
      await page.keyboard.type("x");
      await expect(saveButton(page)).toBeVisible();
      await page.keyboard.press("Backspace");
      await expect(saveButton(page)).toBeHidden();

      await tabToName(page, say("adminCategories.title"));
      await page.keyboard.press("Enter");
      await expect(rows.first()).toContainText(`B ${mark}`);
      await expect(rows.nth(1)).toContainText(say("adminCategories.inside", { depth: 2 }));

      // What holds something says so, and offers nothing to press.
      await tabToName(page, `B ${mark}`);
      await page.keyboard.press("Enter");
      await expect(page.getByText(say("adminCategories.delete.inUse", { products: 0, categories: 1 }))).toBeVisible();
      await expect(page.getByRole("button", { name: say("adminCategories.delete.submit") })).toHaveCount(0);
      await page.goBack();
      for (const name of [`A ${mark}`, `B ${mark}`]) {
        await tabToName(page, name);
        await page.keyboard.press("Enter");
        await tabToName(page, say("adminCategories.delete.submit"));
        await page.keyboard.press("Enter");
        await expect(page.getByText(say("adminCategories.deleted"))).toBeVisible();
      }
      await expect(rows).toHaveCount(0);
    });
  });
}

test.describe("the category form", () => {
  test.use({ viewport: phone, locale: "zh-CN" });
  const say = wordsIn("zh-CN");

  test("takes what was typed before the page's scripts came for a change that is not saved", async ({ page }) => {
    await signInAs(page, "staff", "/admin/categories");
    let letThrough: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (letThrough = resolve));
    await page.route(/\/_next\/static\/.*\.js/, (route) => gate.then(() => route.continue()));
    const first = await page.getByRole("main").getByRole("link", { name: "生活家居", exact: true }).getAttribute("href");
    await page.goto(first!, { waitUntil: "commit" });
    await page.locator("#nameEn").fill("Home and hearth");
    letThrough();
    const save = saveButton(page);
    await expect(save).toBeVisible();
    await expect(page.locator("#nameEn")).toHaveValue("Home and hearth");
    await page.getByRole("button", { name: say("adminCategories.form.bar.discard") }).click();
    await expect(page.locator("#nameEn")).not.toHaveValue("Home and hearth");
    await expect(save).toBeHidden();
  });

  test("names the field that is wrong, and goes there", async ({ page }) => {
    await signInAs(page, "staff", "/admin/categories/new");
    await page.getByRole("button", { name: say("adminCategories.form.createBar.save") }).click();
    await expect(page.locator("#name")).toBeFocused();
    await expect(page.locator("#name-error")).toHaveText(say("refusals.field_required"));
    await page.locator("#name").fill("家居");
    await page.locator("#slug").fill("home");
    await page.getByRole("button", { name: say("adminCategories.form.createBar.save") }).click();
    await expect(page.locator("#slug")).toBeFocused();
    await expect(page.locator("#slug-error")).toHaveText(say("refusals.slug_taken"));
  });
});
