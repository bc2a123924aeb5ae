import { desktop, expect, phone, test, wordsIn } from "./fixtures";
import { patient } from "./patience";

const runs = [
  { language: "zh-CN", viewport: phone },
  { language: "en", viewport: desktop },
] as const;

for (const { language, viewport } of runs) {
  test.describe(`in ${language} at ${viewport.width} px`, () => {
    test.use({ viewport, locale: language });

    test("a forgotten password is set anew by the link in the mail, once, and ends the session of another device", async ({ page, shop, browser, baseURL }) => {
      const say = wordsIn(language);
      await shop.speak(language);
      const person = shop.aPerson();
      await shop.signUp(person);

      const other = await browser.newContext({ baseURL, locale: language, viewport });
      const theirs = patient(await other.newPage());
      await theirs.goto("/sign-in");
      await theirs.getByRole("link", { name: say("auth.forgot") }).click();
      await expect(theirs.getByRole("heading", { level: 1, name: say("auth.reset.askTitle") })).toBeVisible();
      await theirs.locator("#email").fill(person.email);
      await theirs.getByRole("button", { name: say("auth.reset.ask") }).click();
      await expect(theirs.getByRole("heading", { name: say("auth.mailSentTitle") })).toBeFocused();

      const link = await shop.linkTo(person.email, "reset_password");
      await theirs.goto(link);
      await theirs.locator("#password").fill("12345678");
      await theirs.getByRole("button", { name: say("auth.reset.submit") }).click();
      await expect(theirs.locator("#password-error")).toHaveText(say("refusals.password_weak"));
      const password = `${person.password}-anew`;
      await theirs.locator("#password").fill(password);
      await theirs.getByRole("button", { name: say("auth.reset.submit") }).click();
      await expect(theirs.getByText(say("auth.done.password"))).toBeVisible();

      await theirs.locator("#email").fill(person.email);
      await theirs.locator("#password").fill(person.password);
      await theirs.locator("main form button[type=submit]").click();
      await expect(theirs.getByRole("alert").filter({ hasText: say("refusals.wrong_credentials") })).toBeVisible();
      await theirs.locator("#password").fill(password);
      await theirs.locator("main form button[type=submit]").click();
      await expect(theirs).toHaveURL(/\/$/);

      await theirs.goto(link);
      await expect(theirs.getByText(say("auth.reset.dead"))).toBeVisible();
      await other.close();

      await page.goto("/wallet");
      await expect(page.getByRole("heading", { level: 1, name: say("auth.signIn") })).toBeVisible();
    });
  });
}

test("an address that nobody has is answered like one that somebody has", async ({ page, shop }) => {
  const say = wordsIn("zh-CN");
  const { email } = shop.aPerson();
  await page.goto("/forgot-password");
  await page.locator("#email").fill(email);
  await page.getByRole("button", { name: say("auth.reset.ask") }).click();
  await expect(page.getByText(say("auth.mailSent", { email }))).toBeVisible();
});
