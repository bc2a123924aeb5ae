import { expect, fillSignUp, phone, test, wordsIn } from "./fixtures";

const say = wordsIn("zh-CN");

test.use({ viewport: phone, locale: "zh-CN" });

test("a guest is asked to sign in and comes back to where they were going", async ({ page, shop }) => {
  await page.goto("/wallet");
  await expect(page.getByRole("heading", { level: 1, name: say("auth.signIn") })).toBeVisible();
  await page.locator("main").getByRole("link", { name: say("auth.signUp") }).click();
  await expect(page.getByRole("heading", { level: 1, name: say("auth.signUp") })).toBeVisible();
  await fillSignUp(page, shop.aPerson());
  await expect(page).toHaveURL(/\/wallet$/);
});

test("what is wrong with a sign-up stands at its field, and what was typed stays", async ({ page, shop }) => {
  const person = shop.aPerson();
  await page.goto("/sign-up");
  await fillSignUp(page, { ...person, password: "12345678" });
  await expect(page.locator("#password")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("#password-error")).toHaveText(say("refusals.password_weak"));
  await expect(page.locator("#password")).toBeFocused();
  await expect(page.locator("#email")).toHaveValue(person.email);
  await fillSignUp(page, person);
  await expect(page).toHaveURL(/\/$/);
});

test("a wrong password is refused in one sentence that does not say which half was wrong", async ({ page }) => {
  await page.goto("/sign-in");
  await page.locator("#email").fill("nobody@example.com");
  await page.locator("#password").fill("not-the-password");
  await page.locator("main form button[type=submit]").click();
  await expect(page.getByRole("alert").filter({ hasText: say("refusals.wrong_credentials") })).toBeVisible();
});

test("signing out everywhere ends the session of another device", async ({ page, shop, browser, baseURL }) => {
  const person = shop.aPerson();
  await shop.signUp(person);
  const other = await browser.newContext({ baseURL, locale: "zh-CN" });
  const theirs = await other.newPage();
  await theirs.goto("/sign-in?next=/profile");
  await theirs.locator("#email").fill(person.email);
  await theirs.locator("#password").fill(person.password);
  await theirs.locator("main form button[type=submit]").click();
  await expect(theirs.getByText(person.email)).toBeVisible();
  await theirs.getByRole("button", { name: say("profile.signOutEverywhere") }).click();
  await expect(theirs.getByRole("link", { name: say("home.join") })).toBeVisible();
  await other.close();
  await page.goto("/wallet");
  await expect(page.getByRole("heading", { level: 1, name: say("auth.signIn") })).toBeVisible();
});
