import { signInAs } from "./admin-desk";
import { desktop, expect, test, wordsIn } from "./fixtures";
import { languages } from "./words";

test.describe("however much it is used", () => {
  test.use({ viewport: desktop, locale: "zh-CN" });
  const say = wordsIn("zh-CN");

  test("a session ends twelve hours after the sign-in, and says so before; another sign-in goes on with the page", async ({ page, context }) => {
    await page.clock.install();
    await signInAs(page, "staff", "/admin/categories/new");
    const ending = page.getByRole("dialog", { name: say("adminFrame.idle.ending.title") });
    const ended = page.getByRole("dialog", { name: say("adminFrame.idle.ended.title") });
    for (let minutes = 0; minutes < 11 * 60 + 40; minutes += 20) {
      await page.clock.fastForward("20:00");
      await page.locator("#name").press("End");
    }
    await page.locator("#name").fill("Night shift");
    await expect(ending).toBeHidden();
    await page.clock.fastForward("18:30");
    await ending.getByRole("button", { name: say("adminFrame.idle.close") }).last().click();
    await expect(ending).toBeHidden();
    await page.clock.fastForward("02:00");
    await expect(ended).toContainText(say("adminFrame.idle.ended.body", { hours: 12 }));
    const [another] = await Promise.all([context.waitForEvent("page"), ended.getByRole("link", { name: say("adminFrame.idle.signIn") }).click()]);
    await signInAs(another, "staff");
    await expect(ended).toBeHidden();
    await expect(page.locator("#name")).toHaveValue("Night shift");
    await another.close();
  });
});

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
      const asked = page.getByRole("dialog", { name: say("adminFrame.idle.asked.title") });
      const over = page.getByRole("dialog", { name: say("adminFrame.idle.over.title") });
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
      await expect(over).toContainText(say("adminFrame.idle.over.body", { minutes: 30 }));
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
