import { inspect, signInAs } from "./admin-desk";
import { desktop, phone, test } from "./fixtures";

const paths = [
  "/admin", "/admin/products", "/admin/products?q=%E6%B2%A1%E6%9C%89&stock=low", "/admin/products/new", "/admin/products/1", "/admin/products/12",
  "/admin/orders", "/admin/orders?status=paid", "/admin/orders/no-such-order", "/admin/users", "/admin/users?view=frozen", "/admin/users?view=team", "/admin/users/1", "/admin/users/3",
];

const looks = [
  { viewport: phone, locale: "zh-CN", theme: "light" },
  { viewport: phone, locale: "en", theme: "dark" },
  { viewport: desktop, locale: "en", theme: "light" },
  { viewport: desktop, locale: "zh-CN", theme: "dark" },
] as const;

for (const { viewport, locale, theme } of looks) {
  test.describe(`${locale}, ${theme}, ${viewport.width} px`, () => {
    test.use({ viewport, locale, expectedErrors: [/status of 404/] });
    test.setTimeout(180_000);

    test("every page of the back office is free of violations, sideways scroll and small targets", async ({ page, context, baseURL }) => {
      await context.addCookies([{ name: "locale", value: locale, url: baseURL! }, { name: "theme", value: theme, url: baseURL! }]);
      await signInAs(page, "owner");
      await page.goto("/admin/orders?status=paid");
      const toShip = await page.locator("main table a[href^='/admin/orders/']").first().getAttribute("href");
      await page.goto("/admin/orders?status=completed");
      const completed = await page.locator("main table a[href^='/admin/orders/']").first().getAttribute("href");
      for (const path of [...paths, toShip!, completed!]) await inspect(page, path);
    });
  });
}
