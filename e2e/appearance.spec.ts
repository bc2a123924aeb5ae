import { signInAs } from "./admin-desk";
import { desktop, expect, phone, test, wordsIn } from "./fixtures";

test.use({ viewport: desktop, locale: "zh-CN" });

test("the language and the theme are switched in place, and stay", async ({ page }) => {
  const say = wordsIn("zh-CN");
  await page.goto("/shop");
  await expect(page.getByRole("heading", { level: 1, name: say("shop.title") })).toBeVisible();
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Shop" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  const next = (theme: string) => page.getByRole("button", { name: wordsIn("en")("nav.toTheme", { theme }) });
  await next("Light").click();
  await next("Dark").click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await next("System").click();
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
});

test("searching narrows the shop, and a search without a hit offers something else", async ({ page }) => {
  const say = wordsIn("zh-CN");
  await page.goto("/shop");
  await page.getByRole("searchbox").fill("咖啡");
  await page.getByRole("searchbox").press("Enter");
  await expect(page).toHaveURL(/q=/);
  await expect(page.getByRole("status").filter({ hasText: say("shop.results", { count: 3 }) })).toBeVisible();
  await page.getByRole("searchbox").fill("没有这样的东西");
  await page.getByRole("button", { name: say("shop.searchAction") }).click();
  await expect(page.getByRole("heading", { name: say("shop.nothingFound") })).toBeVisible();
  await expect(page.getByRole("heading", { name: say("shop.instead") })).toBeVisible();
  await page.getByRole("link", { name: say("shop.clear") }).click();
  await expect(page).toHaveURL(/\/shop$/);
});

test("a browser that asks for the icon where icons used to be gets one, now and then between two pages", async ({ request }) => {
  const answer = await request.get("/favicon.ico");
  expect([answer.status(), answer.headers()["content-type"]]).toEqual([200, "image/x-icon"]);
});

test("on a phone the tab of the page is in sight, from wherever one comes", async ({ page }) => {
  const say = wordsIn("zh-CN");
  await page.setViewportSize(phone);
  await signInAs(page, "owner", "/admin/settings/storage");
  const tabs = page.getByRole("navigation", { name: say("adminSettings.sectionsLabel") });
  const tab = (name: string) => tabs.getByRole("link", { name, exact: true });
  await expect(tab(say("adminSettings.sections.storage"))).toBeInViewport({ ratio: 1 });
  await expect(tab(say("adminSettings.sections.programme"))).not.toBeInViewport();
  await page.goto("/admin/settings/programme");
  await expect(tab(say("adminSettings.sections.programme"))).toBeInViewport({ ratio: 1 });
  await tab(say("adminSettings.sections.payment")).click();
  await expect(tab(say("adminSettings.sections.payment"))).toHaveAttribute("aria-current", "true");
  await expect(tab(say("adminSettings.sections.payment"))).toBeInViewport({ ratio: 1 });
});
