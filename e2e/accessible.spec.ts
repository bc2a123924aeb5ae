import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { demoAccounts } from "../scripts/lib/demo-accounts.mjs";
import { desktop, expect, phone, test } from "./fixtures";

const STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const TARGET_PX = 24;

const guestPages = ["/", "/shop", "/shop?q=%E6%B2%A1%E6%9C%89", "/check-in", "/sign-in", "/sign-up", "/products/pour-over-kettle", "/products/no-such-thing"];
const shopperPages = ["/", "/shop?affordable=1", "/check-in", "/wallet", "/wallet?filter=out", "/orders", "/orders?status=cancelled", "/profile", "/products/pour-over-kettle?redeem=1", "/products/house-blend-beans?redeem=1", "/products/gift-box"];

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

    test.beforeEach(async ({ context, baseURL }) => {
      await context.addCookies([{ name: "locale", value: locale, url: baseURL! }, { name: "theme", value: theme, url: baseURL! }]);
    });

    test("every page a guest can see is free of violations, sideways scroll and small targets", async ({ page }) => {
      for (const path of guestPages) await inspect(page, path);
    });

    test("every page a shopper can see is free of violations, sideways scroll and small targets", async ({ page }) => {
      const shopper = demoAccounts.find(({ role }) => role === "shopper")!;
      await page.goto("/sign-in?next=/orders");
      await page.locator("#email").fill(shopper.email);
      await page.locator("#password").fill(shopper.password);
      await page.locator("main form button[type=submit]").click();
      const order = await page.locator("main a[href^='/orders/']").first().getAttribute("href");
      for (const path of [...shopperPages, order!]) await inspect(page, path);
    });
  });
}

async function inspect(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.locator("main h1").first().waitFor();
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState === "finished" || animation.effect?.getTiming().iterations === Infinity));
  const { violations } = await new AxeBuilder({ page }).withTags(STANDARD).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`), `axe on ${path}`).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `sideways scroll on ${path}`).toBeLessThanOrEqual(0);
  expect(await page.evaluate(smallTargets, TARGET_PX), `small targets on ${path}`).toEqual([]);
}

/** What can be pressed and is smaller than it should be; what is hidden until it is focused does not count. */
function smallTargets(limitPx: number): string[] {
  return [...document.querySelectorAll<HTMLElement>("a, button, input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex='0']")]
    .filter((element) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 1 && height > 1 && (width < limitPx - 0.01 || height < limitPx - 0.01);
    })
    .map((element) => element.outerHTML.slice(0, 120));
}
