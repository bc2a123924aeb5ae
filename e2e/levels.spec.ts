import { openDevice, signInAs } from "./admin-desk";
import { desktop, expect, test, wordsIn } from "./fixtures";

const say = wordsIn("zh-CN");

test.use({ viewport: desktop, locale: "zh-CN" });

test("a merchant changes a level, is told where it would be no ladder, and everybody reads the change", async ({ page, browser, baseURL }) => {
  const benefit = `专属礼盒 ${Date.now().toString(36)}`;
  await signInAs(page, "staff", "/admin/levels");
  await page.getByRole("link", { name: "黑金" }).click();
  const benefits = page.getByLabel(say("adminLevels.form.benefits"), { exact: true });
  const threshold = page.getByLabel(say("adminLevels.form.threshold"), { exact: true });
  await threshold.fill("10");
  await page.getByRole("button", { name: say("adminLevels.form.bar.save") }).click();
  await expect(page.locator("#threshold-error")).toHaveText(say("adminLevels.conflicts.threshold_order"));
  await expect(threshold).toBeFocused();
  await threshold.fill("20000");
  await benefits.fill(benefit);
  await page.getByRole("button", { name: say("adminLevels.form.bar.save") }).click();
  await expect(page.getByRole("status").filter({ hasText: say("admin.words.saved") })).toBeVisible();

  const guest = await openDevice(browser, baseURL!);
  await guest.page.goto("/levels");
  await expect(guest.page.getByRole("listitem").filter({ hasText: "黑金" }).first()).toContainText(benefit);
  await expect(guest.page.getByText(say("levels.guestTitle"))).toBeVisible();
  await guest.close();
});

test("who is signed in sees where they stand, and how far the next level is", async ({ page, shop }) => {
  await shop.signUp(shop.aPerson());
  await page.goto("/levels");
  await expect(page.getByRole("region", { name: say("levels.mine") })).toContainText("普通");
  await expect(page.getByRole("progressbar", { name: say("levels.progress", { level: "银卡" }) })).toBeVisible();
});
