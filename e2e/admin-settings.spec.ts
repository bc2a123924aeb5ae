import { inspect, openDevice, saveButton, signInAs } from "./admin-desk";
import { desktop, expect, phone, test, wordsIn } from "./fixtures";

const say = wordsIn("zh-CN");
const SECTIONS = ["programme", "points", "check-in", "levels", "orders", "people"];

// One shop is shared by all journeys: what is changed here is put back, and only what others do not look at is changed.
test.use({ viewport: desktop, locale: "zh-CN" });

test("the name that an owner gives the shop is at the top of its pages within a second", async ({ page, browser, baseURL }) => {
  await signInAs(page, "owner", "/admin/settings/programme");
  const before = await page.locator("#shopNameEn").inputValue();
  const name = `Brook ${Date.now().toString(36)}`;
  await page.locator("#shopNameEn").fill(name);
  await page.keyboard.press("Control+s");
  await expect(saveButton(page)).toBeHidden();

  const visitor = await openDevice(browser, baseURL!, "en");
  await expect(async () => {
    await visitor.page.goto("/");
    await expect(visitor.page.getByRole("banner").getByText(name)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await visitor.close();

  await page.locator("#shopNameEn").fill(before);
  await page.keyboard.press("Control+s");
  await expect(saveButton(page)).toBeHidden();
  await page.reload();
  await expect(page.locator("#shopNameEn")).toHaveValue(before);
});

test("the page says what an expiry policy means while it is put together", async ({ page }) => {
  await signInAs(page, "owner", "/admin/settings/points");
  const meaning = page.getByRole("region", { name: say("adminSettings.points.meaning") });
  await page.getByRole("radio", { name: say("adminSettings.points.kinds.none") }).check();
  await expect(meaning).toContainText("不会过期");
  await page.getByRole("radio", { name: say("adminSettings.points.kinds.calendar") }).check();
  await page.getByRole("button", { name: say("adminSettings.points.addDate") }).click();
  await expect(page.locator("[id='expiry.dates.1.month']")).toBeFocused();
  await expect(meaning).toContainText(/6月30日|12月31日/);
  await page.getByRole("radio", { name: say("adminSettings.points.kinds.rolling") }).check();
  await page.locator("[id='expiry.every']").fill("");
  await expect(meaning).toContainText(say("adminSettings.points.means.unfinished"));
  await saveButton(page).click();
  await expect(page.locator("[id='expiry.every']")).toBeFocused();
  await expect(page.locator("[id='expiry.every-error']")).toHaveText(say("refusals.field_invalid"));

  await page.getByRole("button", { name: say("adminSettings.form.bar.discard") }).click();
  await expect(saveButton(page)).toBeHidden();
  await expect(meaning).toContainText("当天结束");
});

test("numbers out of range are named at their fields, and what was typed stays", async ({ page }) => {
  await signInAs(page, "owner", "/admin/settings/orders");
  await page.locator("#paymentMinutes").fill("0");
  await page.locator("#lowStock").fill("many");
  await saveButton(page).click();
  await expect(page.locator("#paymentMinutes")).toBeFocused();
  await expect(page.locator("#paymentMinutes-error")).toHaveText(say("refusals.field_out_of_range"));
  await expect(page.locator("#lowStock-error")).toHaveText(say("refusals.field_invalid"));
  await expect(page.locator("#lowStock")).toHaveValue("many");
});

test("another time zone is warned of before it is saved, and asks before it is lost", async ({ page }) => {
  await signInAs(page, "owner", "/admin/settings/programme");
  await page.locator("#timeZone").selectOption("America/New_York");
  await expect(page.getByRole("status").filter({ hasText: "America/New_York" })).toBeVisible();
  page.once("dialog", (dialog) => dialog.dismiss());
  await page.getByRole("link", { name: say("adminSettings.sections.orders"), exact: true }).click();
  await expect(page.locator("#timeZone")).toHaveValue("America/New_York");
  await page.getByRole("button", { name: say("adminSettings.form.bar.discard") }).click();
  await expect(page.locator("#timeZone")).not.toHaveValue("America/New_York");
});

test("staff reads the settings and changes none", async ({ page }) => {
  await signInAs(page, "staff", "/admin/settings/levels");
  await expect(page.getByText(say("adminSettings.readOnly"))).toBeVisible();
  await expect(page.locator("#levelWindowDays")).toBeDisabled();
});

for (const { viewport, locale, theme } of [{ viewport: phone, locale: "zh-CN", theme: "dark" }, { viewport: desktop, locale: "en", theme: "light" }] as const) {
  test.describe(`${locale}, ${theme}, ${viewport.width} px`, () => {
    test.use({ viewport, locale });
    test.setTimeout(120_000);

    test("every section is free of violations, sideways scroll and small targets", async ({ page, context, baseURL }) => {
      await context.addCookies([{ name: "locale", value: locale, url: baseURL! }, { name: "theme", value: theme, url: baseURL! }]);
      await signInAs(page, "owner");
      for (const section of SECTIONS) await inspect(page, `/admin/settings/${section}`);
    });
  });
}
