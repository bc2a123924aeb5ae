import { readFileSync } from "node:fs";
import { signInAs } from "./admin-desk";
import { desktop, expect, phone, test, wordsIn } from "./fixtures";

const runs = [{ language: "zh-CN", viewport: desktop }, { language: "en", viewport: phone }] as const;

test.beforeAll(async ({ request }) => {
  const reply = await request.get("/api/cron/roll-up", { headers: { authorization: `Bearer ${process.env.CRON_SECRET}` } });
  expect(reply.ok(), await reply.text()).toBe(true);
});

for (const { language, viewport } of runs) {
  test.describe(`in ${language} at ${viewport.width} px`, () => {
    test.use({ viewport, locale: language });
    const say = wordsIn(language);

    test.beforeEach(async ({ page, shop }) => {
      await shop.speak(language);
      await signInAs(page, "staff");
    });

    test("the period is in the address, and goes along from one report to the next", async ({ page }) => {
      await page.goto("/admin/reports");
      const periods = page.getByRole("navigation", { name: say("adminReports.period") });
      await expect(periods.locator("[aria-current]")).toHaveText(say("adminReports.periodDays", { days: 30 }));
      await periods.getByRole("link", { name: say("adminReports.periodDays", { days: 7 }) }).click();
      await page.waitForURL(/days=7/);
      await page.getByRole("navigation", { name: say("adminReports.tabsLabel") }).getByRole("link", { name: say("adminReports.tabs.points"), exact: true }).click();
      await page.waitForURL(/\/admin\/reports\/points\?days=7$/);
      await expect(periods.locator("[aria-current]")).toHaveText(say("adminReports.periodDays", { days: 7 }));
    });

    test("a chart has its figures as a table and as a file, one row for each day", async ({ page }) => {
      await page.goto("/admin/reports/points?days=7");
      const panel = page.getByRole("region", { name: say("adminReports.byDay.title"), exact: true }).first();
      await expect(panel.getByRole("img")).toBeVisible();
      await panel.getByText(say("admin.overview.showTable")).click();
      const table = panel.getByRole("table", { name: say("adminReports.byDay.title") });
      await expect(table.getByRole("row")).toHaveCount(8);
      const [file] = await Promise.all([page.waitForEvent("download"), panel.getByRole("link", { name: say("adminReports.csvOf", { title: say("adminReports.byDay.title") }) }).click()]);
      const lines = readFileSync(await file.path(), "utf8").replace("\uFEFF", "").trim().split(/\r?\n/);
      expect(lines).toHaveLength(8);
      expect(lines[0]).toContain(say("adminReports.columns.issued"));
    });

    test("the cohorts are a table with a name, heads for rows and columns, and words where a week is not over", async ({ page }) => {
      await page.goto("/admin/reports/retention");
      const table = page.getByRole("table", { name: say("adminReports.cohorts.title") });
      await expect(table.getByRole("columnheader", { name: say("adminReports.cohorts.nth", { n: 1 }), exact: true })).toBeVisible();
      await expect(table.getByRole("rowheader").first()).toBeVisible();
      await expect(table.getByRole("cell", { name: say("adminReports.unknown") }).first()).toBeAttached();
    });

    test("the liability says that it equals the sum of lots", async ({ page }) => {
      await page.goto("/admin/reports/liability");
      await expect(page.getByText(say("adminReports.liability.balanced"))).toBeVisible();
    });
  });
}

test.describe("from a group of people", () => {
  test.use({ viewport: desktop, locale: "zh-CN" });
  const say = wordsIn("zh-CN");

  test("to a segment to a coupon for everybody in it; a second press finds the same segment", async ({ page }) => {
    await signInAs(page, "staff");
    const press = async () => {
      await page.goto("/admin/reports/customers");
      await page.getByRole("region", { name: say("adminReports.rfm.title") }).getByRole("button", { name: say("adminReports.rfm.give") }).first().click();
      await page.waitForURL(/\/admin\/segments\/\d+/);
      return new URL(page.url()).pathname;
    };
    const path = await press();
    const give = page.getByRole("form", { name: say("adminSegments.give.title") });
    await give.getByRole("button", { name: say("adminCoupons.grants.submit") }).click();
    const begun = say("adminCoupons.grants.done", { people: 0 }).split("0")[0]!;
    await expect(page.getByRole("status").filter({ hasText: begun }).or(give.getByRole("alert").filter({ hasText: /\S/ })).first()).toBeVisible();
    expect(await press()).toBe(path);
  });
});

test("who may not take figures along has no link to a file, and none is given", async ({ page, shop }) => {
  await shop.signUp(shop.aPerson());
  expect((await page.request.get("/admin/reports/products/csv")).status()).toBe(403);
  await page.context().clearCookies();
  expect((await page.request.get("/admin/reports/products/csv")).status()).toBe(401);
});
