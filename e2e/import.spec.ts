import { openDevice, signInAs } from "./admin-desk";
import { desktop, expect, phone, test, wordsIn } from "./fixtures";

const runs = [
  { language: "zh-CN", viewport: phone },
  { language: "en", viewport: desktop },
] as const;

for (const { language, viewport } of runs) {
  test(`in ${language} at ${viewport.width} px members are tried, taken in, and found there the second time`, async ({ browser, baseURL }) => {
    const say = wordsIn(language);
    const desk = await openDevice(browser, baseURL!, language);
    const { page } = desk;
    await page.setViewportSize(viewport);
    const mark = `${Date.now().toString(36)}${language === "en" ? "e" : "z"}`;
    const table = `email,name\nada-${mark}@example.com,Ada ${mark}\nbo-${mark}@example.com,Bo ${mark}\nnobody,Nobody`;

    await signInAs(page, "owner", "/admin/import");
    await page.getByRole("region", { name: say("adminImport.kinds.members") }).getByRole("link", { name: say("adminImport.begin") }).click();
    await page.getByLabel(say("adminImport.words.text")).fill(table);
    await page.getByRole("button", { name: say("adminImport.words.check") }).click();
    await expect(page.getByText(say("adminImport.sums.members", { members: "2" }))).toBeVisible();
    await expect(page.getByRole("row").nth(1)).toContainText(say("adminImport.verdicts.email_wrong"));
    await page.getByRole("button", { name: say("adminImport.confirm.members", { count: 2 }) }).click();
    await expect(page.getByText(say("adminImport.done", { made: 2, left: 1 }))).toBeVisible();

    await page.getByLabel(say("adminImport.words.text")).fill(table);
    await page.getByRole("button", { name: say("adminImport.words.check") }).click();
    await expect(page.getByText(say("adminImport.found.known", { count: 2 }))).toBeVisible();
    await expect(page.getByRole("button", { name: say("adminImport.confirm.members", { count: 0 }) })).toHaveCount(0);

    await page.goto(`/admin/users?q=${encodeURIComponent(`Ada ${mark}`)}`);
    await expect(page.getByRole("row").filter({ hasText: `Ada ${mark}` })).toHaveCount(1);
    await desk.close();
  });
}
