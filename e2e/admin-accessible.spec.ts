import { signInAs } from "./admin-desk";
import { test } from "./fixtures";
import { inspect, looks } from "./walk";

const paths = ["/admin", "/admin/products", "/admin/products/1", "/admin/products/22", "/admin/categories", "/admin/categories/1", "/admin/orders?status=paid", "/admin/orders?view=to_pick_up&delivery=pickup", "/admin/orders/import", "/admin/orders/no-such-order", "/admin/verify", "/admin/pickup-points", "/admin/pickup-points/1", "/admin/products/21/codes", "/admin/users", "/admin/users/3", "/admin/reviews", "/admin/levels", "/admin/flash", "/admin/flash/new", "/admin/flash/1", "/admin/reports", "/admin/reports/points", "/admin/reports/retention", "/admin/reports/customers", "/admin/reports/products?sort=points", "/admin/reports/programme?days=7", "/admin/reports/liability", "/admin/settings/setup", "/admin/adjustments", "/admin/adjustments/new", "/admin/risk", "/admin/risk/appeals", "/admin/audit", "/admin/team", "/admin/operations", "/admin/operations/mail", "/admin/operations/events", "/admin/operations/payments", "/admin/import", "/admin/segments", "/admin/coupons"];

for (const { viewport, locale, theme } of looks) {
  test.describe(`${locale}, ${theme}, ${viewport.width} px`, () => {
    test.use({ viewport, locale, expectedErrors: [/status of 404/] });
    test.setTimeout(360_000);

    test("the pages of the back office are free of violations, sideways scroll and small targets", async ({ page, context, baseURL }) => {
      await context.addCookies([{ name: "locale", value: locale, url: baseURL! }, { name: "theme", value: theme, url: baseURL! }]);
      await signInAs(page, "owner");
      await page.goto("/admin/orders?status=paid");
      const toShip = await page.locator("main table a[href^='/admin/orders/']").first().getAttribute("href");
      for (const path of [...paths, toShip!]) await inspect(page, path);
    });
  });
}
