import { expect, fillSignUp, openMail, phone, test, wordsIn } from "./fixtures";
import { patient } from "./patience";

const say = wordsIn("zh-CN");

test.use({ viewport: phone, locale: "zh-CN" });

test("a guest is asked to sign in and comes back to where they were going", async ({ page, shop }) => {
  await page.goto("/wallet");
  await expect(page.getByRole("heading", { level: 1, name: say("auth.signIn") })).toBeVisible();
  await page.locator("main").getByRole("link", { name: say("auth.signUp") }).click();
  await expect(page.getByRole("heading", { level: 1, name: say("auth.signUp") })).toBeVisible();
  const person = shop.aPerson();
  await fillSignUp(page, person);
  await openMail(page, person.email);
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
  await expect(page.getByRole("heading", { name: say("auth.mailSentTitle") })).toBeVisible();
});

test("an address that is known gets the same page as a new one, and only its mailbox says more", async ({ page, shop, request }) => {
  const person = shop.aPerson();
  await shop.signUp(person);
  await page.context().clearCookies();
  await page.goto("/sign-up");
  await fillSignUp(page, { ...shop.aPerson(), email: person.email });
  await expect(page.getByText(say("auth.mailSent", { email: person.email }))).toBeVisible();
  const sent = (await (await request.get(`/dev/mail/json?to=${encodeURIComponent(person.email)}`)).json()) as { template: string }[];
  expect(sent[0]!.template).toBe("known_address");
});

test("who has not opened the link yet is told so when signing in, and gets another; opening it without a tap changes nothing", async ({ page, shop }) => {
  const person = shop.aPerson();
  await page.goto("/sign-up");
  await fillSignUp(page, person);
  await page.locator("#mail-sent").waitFor();
  const first = await shop.linkTo(person.email, "verify_email");
  await page.goto(first);
  await expect(page.getByRole("heading", { level: 1, name: say("auth.verify.title") })).toBeVisible();

  await page.goto("/sign-in");
  await page.locator("#email").fill(person.email);
  await page.locator("#password").fill(person.password);
  await page.locator("main form button[type=submit]").click();
  await expect(page.getByRole("alert").filter({ hasText: say("refusals.email_unverified") })).toBeVisible();
  await page.getByRole("button", { name: say("auth.sendAgain") }).click();
  await expect(page.getByRole("heading", { name: say("auth.mailSentTitle") })).toBeFocused();

  await page.goto(first);
  await expect(page.getByText(say("auth.verify.dead"))).toBeVisible();
  await page.goto(await shop.linkTo(person.email, "verify_email"));
  await page.getByRole("button", { name: say("auth.verify.submit") }).click();
  await expect(page.getByRole("region", { name: say("wallet.region") })).toContainText("110");
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
  const theirs = patient(await other.newPage());
  await theirs.goto("/sign-in?next=/profile/security");
  await theirs.locator("#email").fill(person.email);
  await theirs.locator("#password").fill(person.password);
  await theirs.locator("main form button[type=submit]").click();
  await theirs.getByRole("button", { name: say("profile.signOutEverywhere") }).click();
  await expect(theirs.getByRole("link", { name: say("home.join") })).toBeVisible();
  await other.close();
  await page.goto("/wallet");
  await expect(page.getByRole("heading", { level: 1, name: say("auth.signIn") })).toBeVisible();
});
