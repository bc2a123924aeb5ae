import { inspect, saveButton, signInAs } from "./admin-desk";
import { desktop, expect, phone, test, wordsIn } from "./fixtures";
import { tabTo } from "./keyboard";

const say = wordsIn("zh-CN");
const english = wordsIn("en");

test.describe("a rule", () => {
  test.use({ viewport: desktop, locale: "zh-CN" });

  test("is made by keyboard alone: its sentence follows the fields, it is saved, simulated, changed and restored", async ({ page }) => {
    // Every field is reached by Tab: that is many keys.
    test.slow();
    const name = `周末 ${Date.now().toString(36)}`;
    const sentence = page.locator("#rule-sentence");
    await signInAs(page, "staff", "/admin/rules/new");
    await expect(sentence).toHaveText("订单支付时，每元送 1 积分。");

    await tabTo(page, "#name");
    await page.keyboard.type(name);
    await tabTo(page, "#add-amount");
    await page.keyboard.press("Enter");
    await expect(page.locator("[id='definition.conditions.0.minCents']")).toBeFocused();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("80");
    await tabTo(page, "#add-weekdays");
    await page.keyboard.press("Space");
    await tabTo(page, "[id='definition.effect.points']");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("2");
    await tabTo(page, "[id='definition.caps.pointsPerDay']");
    await page.keyboard.type("500");
    await expect(sentence).toHaveText("订单支付满 ¥80 时，限周末，每元送 2 积分，每天最多 500 分。");

    await page.keyboard.press("Control+s");
    await page.waitForURL(/\/admin\/rules\/\d+\?created=1/);
    await expect(page.getByText(say("adminRules.created"))).toBeVisible();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

    await page.getByRole("button", { name: say("adminRules.simulator.run") }).press("Enter");
    const simulator = page.getByRole("region", { name: say("adminRules.simulator.title") });
    await expect(simulator).toContainText(say("adminRules.simulator.difference"));

    await page.locator("[id='definition.effect.points']").fill("3");
    await page.keyboard.press("Control+s");
    await expect(saveButton(page)).toBeHidden();
    const versions = page.getByRole("region", { name: say("adminRules.versions.title") });
    await expect(versions).toContainText(say("adminRules.versions.version", { version: 2 }));
    await versions.getByRole("button", { name: say("adminRules.versions.restore"), exact: true }).press("Enter");
    await expect(page.getByText(say("adminRules.versions.restored", { version: 1, next: 3 }))).toBeVisible();
    await expect(versions).toContainText(say("adminRules.versions.version", { version: 3 }));
    await expect(page.locator("[id='definition.effect.points']")).toHaveValue("2");
    await expect(sentence).toContainText("每元送 2 积分");

    await page.goto(`/admin/rules?q=${encodeURIComponent(name)}`);
    await expect(page.getByRole("row", { name })).toContainText("每元送 2 积分");
  });

  test("names the fields that are wrong, and asks before unsaved changes are left behind", async ({ page }) => {
    await signInAs(page, "staff", "/admin/rules/new");
    await page.locator("[id='definition.effect.points']").fill("");
    await page.getByRole("button", { name: say("adminRules.form.createBar.save") }).click();
    await expect(page.locator("#name")).toBeFocused();
    await expect(page.locator("#name-error")).toHaveText(say("refusals.field_required"));
    await expect(page.locator("[id='definition.effect.points-error']")).toHaveText(say("refusals.field_required"));
    await expect(page.locator("#rule-sentence")).toHaveText(say("adminRules.form.incomplete"));
    page.once("dialog", (dialog) => dialog.dismiss());
    await page.locator("#name").fill("x");
    await page.getByRole("link", { name: say("nav.adminPages.orders") }).first().click();
    await expect(page).toHaveURL(/\/admin\/rules\/new/);
  });
});

test("on a phone the rules and the editor stand without sideways scroll, and a warning is said", async ({ page, shop }) => {
  await page.setViewportSize(phone);
  await shop.speak("en");
  await signInAs(page, "staff", "/admin/rules");
  await inspect(page, "/admin/rules?status=active&trigger=checkin");
  await expect(page.getByRole("link", { name: english("admin.list.removeFilter", { filter: english("admin.list.filterChip", { name: english("adminRules.triggers"), value: english("adminRules.actions.checkin") }) }) })).toBeVisible();
  await inspect(page, "/admin/rules/new");
  await page.locator("[id='definition.effect.kind']").selectOption("multiplier");
  await page.locator("#actionType").selectOption("custom");
  await expect(page.getByRole("list", { name: english("adminRules.warningsTitle") })).toContainText(english("adminRules.warnings.no_base"));
});
