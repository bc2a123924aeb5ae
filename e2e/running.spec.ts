import { inspect, openDevice, saveButton, signInAs } from "./admin-desk";
import { desktop, expect, phone, test, wordsIn } from "./fixtures";

const say = wordsIn("zh-CN");

// One shop is shared by all journeys: what is changed here is put back.
test.use({ viewport: desktop, locale: "zh-CN" });

test("a hue and a name for points are the shop's without a restart, in both languages, and go as they came", async ({ page, browser, baseURL }) => {
  test.setTimeout(120_000);
  const saved = () => expect(saveButton(page)).toBeHidden();
  await signInAs(page, "owner", "/admin/settings/brand");
  await page.getByRole("radio", { name: say("adminSettings.brand.colours.own") }).check();
  await page.getByRole("slider").fill("300");
  await page.keyboard.press("Control+s");
  await saved();
  await page.goto("/admin/settings/points-name");
  await page.locator("#pointsName").fill("星豆");
  await page.locator("#pointsNameEn").fill("star");
  await page.locator("#pointsNameEnPlural").fill("stars");
  await page.keyboard.press("Control+s");
  await saved();

  const visitor = await openDevice(browser, baseURL!, "en");
  const colour = () => visitor.page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--primary"));
  const goods = visitor.page.locator("main");
  let own: string | undefined;
  try {
    await expect(async () => {
      await visitor.page.goto("/shop");
      await expect(visitor.page.locator("head link[href='/brand/300.css']")).toHaveCount(1, { timeout: 2_000 });
      await expect(goods).toContainText(/\bstars\b/, { timeout: 2_000 });
    }).toPass({ timeout: 30_000 });
    own = await colour();
    await expect(goods).not.toContainText(/\b\d+ pts\b/);
    await visitor.page.context().addCookies([{ name: "locale", value: "zh-CN", url: baseURL! }]);
    await visitor.page.goto("/shop");
    await expect(goods).toContainText("星豆");
  } finally {
    await page.locator("#pointsName").fill("积分");
    await page.locator("#pointsNameEn").fill("point");
    await page.locator("#pointsNameEnPlural").fill("points");
    await page.keyboard.press("Control+s");
    await saved();
    await page.goto("/admin/settings/brand");
    await page.getByRole("radio", { name: say("adminSettings.brand.colours.ours") }).check();
    await page.keyboard.press("Control+s");
    await saved();
  }
  await expect(async () => {
    await visitor.page.goto("/shop");
    await expect(visitor.page.locator("head link[href^='/brand/']")).toHaveCount(0, { timeout: 2_000 });
    await expect(goods).toContainText("积分", { timeout: 2_000 });
    expect(await colour()).not.toBe(own);
  }).toPass({ timeout: 30_000 });
  await visitor.close();
});

test("a name with braces is refused at its field, and the field has the focus", async ({ page }) => {
  await signInAs(page, "owner", "/admin/settings/points-name");
  await page.locator("#pointsName").fill("{points}");
  await page.keyboard.press("Control+s");
  await expect(page.locator("#pointsName")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("#pointsName")).toBeFocused();
});

test("a job is run by hand, and its history says so", async ({ page }) => {
  await signInAs(page, "owner", "/admin/operations");
  await page.getByRole("form", { name: say("adminOperations.run.label", { job: say("adminOperations.jobs.watch-stock.name") }) }).getByRole("button").click();
  await expect(page.getByText(say("adminOperations.run.done")).or(page.getByText(say("adminOperations.run.alreadyRunning")))).toBeVisible();
  await page.getByRole("link", { name: say("adminOperations.jobs.watch-stock.name") }).click();
  await expect(page.getByRole("heading", { level: 1, name: say("adminOperations.jobs.watch-stock.name") })).toBeVisible();
  await expect(page.getByRole("cell", { name: say("adminOperations.states.done") }).first()).toBeVisible();
});

test("a message that failed is sent again and leaves the list of failures", async ({ page }) => {
  await signInAs(page, "owner", "/admin/operations/mail");
  const line = page.getByRole("row").filter({ hasText: "full-box.example" });
  await expect(line).toContainText("552 DATA");
  await line.getByRole("button").click();
  await expect(page.getByText(say("adminOperations.mail.again", { again: 1, left: 0 }))).toBeVisible();
  await expect(line).toHaveCount(0);
});

test("the storage is tried out, and says that it works", async ({ page }) => {
  await signInAs(page, "owner", "/admin/settings/storage");
  await page.getByRole("button", { name: say("adminOperations.storageService.write") }).click();
  await expect(page.getByText(say("adminOperations.storageService.passed"))).toBeVisible();
});

test("without a mail server the test says what is missing", async ({ page }) => {
  await signInAs(page, "owner", "/admin/settings/mail");
  await page.getByRole("button", { name: say("adminOperations.mailService.send") }).click();
  await expect(page.getByRole("alert").filter({ hasText: "SMTP_URL" })).toBeVisible();
});

for (const viewport of [desktop, phone]) {
  test(`the pages of operations and their settings are in order at ${viewport.width} px`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.setViewportSize(viewport);
    await signInAs(page, "owner");
    const settings = ["brand", "points-name", "payment", "control", "mail", "storage"].map((section) => `/admin/settings/${section}`);
    for (const path of ["/admin/operations", "/admin/operations/jobs/deliver-mail", "/admin/operations/mail", "/admin/operations/mail?status=sent", "/admin/operations/events", "/admin/operations/payments", ...settings]) await inspect(page, path);
  });
}
