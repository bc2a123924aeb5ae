import { signInAs } from "./admin-desk";
import { desktop, expect, test, wordsIn } from "./fixtures";
import { languages } from "./words";

for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.use({ viewport: desktop, locale: language });
    const say = wordsIn(language);

    test("a desk that nobody uses is asked about, then signed out; what was typed is saved after signing in again", async ({ page, context, shop }) => {
      const name = `Idle ${Date.now().toString(36)}`;
      await shop.speak(language);
      await page.clock.install();
      await signInAs(page, "staff", "/admin/categories/new");
      await page.locator("#name").fill(name);
      const asked = page.getByRole("dialog", { name: say("adminFrame.idle.title") });
      const over = page.getByRole("dialog", { name: say("adminFrame.idle.overTitle") });
      const isSignedIn = async () => "user" in ((await (await page.request.get("/api/auth/session")).json()) as object);

      await page.clock.fastForward("27:30");
      await expect(asked).toBeHidden();
      await page.clock.fastForward("01:00");
      await expect(asked).toBeVisible();
      await asked.getByRole("button", { name: say("adminFrame.idle.stay") }).last().click();
      await expect(asked).toBeHidden();

      await page.clock.fastForward("28:10");
      await expect(asked).toBeVisible();
      expect(await isSignedIn()).toBe(true);
      await page.clock.fastForward("02:00");
      await expect(over).toContainText(say("adminFrame.idle.over", { minutes: 30 }));
      await expect.poll(isSignedIn).toBe(false);

      const [another] = await Promise.all([context.waitForEvent("page"), over.getByRole("link", { name: say("adminFrame.idle.signIn") }).click()]);
      await signInAs(another, "staff");
      await expect(over).toBeHidden();
      await expect(page.locator("#name")).toHaveValue(name);
      await page.getByRole("button", { name: say("adminCategories.form.createBar.save") }).click();
      await expect(page.getByText(say("adminCategories.created"))).toBeVisible();
      await page.getByRole("main").getByRole("link", { name, exact: true }).click();
      await page.getByRole("button", { name: say("adminCategories.delete.submit") }).click();
      await expect(page.getByText(say("adminCategories.deleted"))).toBeVisible();
    });
  });
}
