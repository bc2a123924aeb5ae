import type { Page } from "@playwright/test";
import { openDevice, signIn, signInAs, signUp } from "./admin-desk";
import { desktop, expect, test, wordsIn, type Person } from "./fixtures";

const say = wordsIn("zh-CN");
const REASON = "短时间内大量注册，正在核实";

test.use({ viewport: desktop, locale: "zh-CN" });

test("somebody who is frozen is signed out at their next request, and can redeem nothing when they come back", async ({ page, shop, browser, baseURL }) => {
  const product = await shop.aProduct({ points: 60 });
  const person = shop.aPerson();
  await shop.signUp(person);

  const desk = await openDevice(browser, baseURL!);
  await signInAs(desk.page, "staff", "/admin/users");
  await desk.page.getByRole("searchbox").fill(person.email);
  await desk.page.keyboard.press("Enter");
  await desk.page.getByRole("link", { name: person.name, exact: true }).click();
  await desk.page.getByLabel(say("admin.user.reason")).fill(REASON);
  await desk.page.getByRole("button", { name: say("admin.user.freeze") }).click();
  await expect(desk.page.getByText(say("admin.user.frozenBecause", { reason: REASON }))).toBeVisible();
  await expect(desk.page.getByRole("button", { name: say("admin.user.unfreeze") })).toBeVisible();

  await page.goto("/wallet");
  await expect(page.getByRole("heading", { level: 1, name: say("auth.signIn") })).toBeVisible();
  await signIn(page, person, "/wallet");
  await page.goto(`/products/${product.slug}`);
  await expect(page.getByRole("button", { name: say("product.obstacles.frozen") })).toBeDisabled();
  const refused = await page.request.post("/api/points/spend", { headers: { "x-auth-token": await tokenOf(page, person) }, data: { productId: 1, quantity: 1 } });
  expect(refused.status()).toBe(403);

  await desk.page.getByRole("button", { name: say("admin.user.unfreeze") }).click();
  await expect(desk.page.getByRole("status").filter({ hasText: say("admin.user.done.unfrozen") })).toBeVisible();
  await desk.close();
  await page.reload();
  await expect(page.getByRole("button", { name: say("product.redeem"), exact: true })).toBeEnabled();
});

async function tokenOf(page: Page, { email, password }: Person): Promise<string> {
  const login = await page.request.post("/api/auth/login", { data: { email, password } });
  return ((await login.json()) as { token: string }).token;
}

test("a reason is needed to freeze, and the field says so", async ({ page, shop, browser, baseURL }) => {
  const person = shop.aPerson();
  const theirs = await openDevice(browser, baseURL!);
  await signUp(theirs.page, person);

  await signInAs(page, "staff", "/admin/users");
  await page.getByRole("searchbox").fill(person.name);
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: person.name, exact: true }).click();
  await page.getByRole("button", { name: say("admin.user.freeze") }).click();
  await expect(page.locator("#reason")).toBeFocused();
  await expect(page.locator("#reason-error")).toHaveText(say("refusals.field_too_short"));

  await page.getByRole("button", { name: say("admin.user.endSessions") }).click();
  await expect(page.getByText(say("admin.user.sessions", { count: 0 }))).toBeVisible();
  await theirs.page.goto("/wallet");
  await expect(theirs.page.getByRole("heading", { level: 1, name: say("auth.signIn") })).toBeVisible();
  await theirs.close();
});

test("an owner makes somebody staff in a role; support may not, and does not see the team", async ({ page, shop, browser, baseURL }) => {
  const person = shop.aPerson();
  const theirs = await openDevice(browser, baseURL!);
  await signUp(theirs.page, person);

  await signInAs(page, "owner", "/admin/users");
  await page.getByRole("searchbox").fill(person.email);
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: person.name, exact: true }).click();
  await page.getByLabel(say("admin.user.role"), { exact: true }).selectOption({ label: say("adminAccess.roleNames.support") });
  await page.getByRole("button", { name: say("admin.user.changeRole") }).click();
  await expect(page.getByRole("main").getByText(say("admin.roles.staff"), { exact: true }).first()).toBeVisible();
  const account = new URL(page.url()).pathname;

  await signIn(theirs.page, person, "/admin");
  await theirs.page.goto("/admin/users");
  await expect(theirs.page.getByRole("link", { name: new RegExp(`^${say("admin.users.views.team")}`) })).toHaveCount(0);
  for (const path of ["/admin/users?view=team", "/admin/users/3"]) {
    await theirs.page.goto(path);
    await expect(theirs.page.getByRole("heading", { level: 1, name: say("admin.list.noPermission") })).toBeVisible();
  }
  await theirs.page.goto(account);
  await expect(theirs.page.getByText(say("admin.user.ownAccount"))).toBeVisible();
  await theirs.page.goto("/admin/users/1");
  await expect(theirs.page.getByRole("button", { name: say("admin.user.freeze") })).toBeVisible();
  await expect(theirs.page.getByRole("button", { name: say("admin.user.changeRole") })).toHaveCount(0);
  await theirs.close();
});

test.describe("the back office", () => {
  test.use({ expectedErrors: [/status of 404/] });

  test("does not exist for shoppers, and sends guests to sign in", async ({ page, shop }) => {
    await page.goto("/admin/orders");
    await expect(page).toHaveURL(/\/sign-in\?next=%2Fadmin/);
    await shop.signUp(shop.aPerson());
    for (const path of ["/admin", "/admin/orders", "/admin/products/1", "/admin/users"]) {
      const response = await page.goto(path);
      expect(response?.status(), path).toBe(404);
      await expect(page.getByRole("heading", { level: 1, name: say("errors.notFoundTitle") })).toBeVisible();
    }
  });
});
