import { readFile } from "node:fs/promises";
import { desktop, expect, phone, test, wordsIn } from "./fixtures";
import { patient } from "./patience";

const say = wordsIn("zh-CN");

test.use({ locale: "zh-CN" });

test.describe("on a phone", () => {
  test.use({ viewport: phone });

  test("a person keeps addresses: the first is the default, another takes its place, and one is deleted", async ({ page, shop }) => {
    await shop.signUp(shop.aPerson());
    await page.goto("/profile");
    await page.getByRole("link", { name: say("profile.places.addresses.title") }).click();
    await expect(page.getByText(say("account.addresses.none"))).toBeVisible();
    for (const street of ["复兴西路 1 号", "复兴西路 2 号"]) {
      await page.getByRole("link", { name: say("account.addresses.add") }).click();
      for (const [field, value] of Object.entries({ recipient: "林溪", phone: "13800138000", region: "上海市 徐汇区", street })) await page.locator(`#${field}`).fill(value);
      await page.getByRole("button", { name: say("account.save") }).click();
      await expect(page.getByText(street)).toBeVisible();
    }
    const second = page.getByRole("article", { name: "林溪, 复兴西路 2 号" });
    await expect(page.getByRole("article", { name: "林溪, 复兴西路 1 号" }).getByText(say("account.addresses.default"), { exact: true })).toBeVisible();
    await second.getByRole("button", { name: say("account.addresses.makeDefaultOne", { recipient: "林溪", street: "复兴西路 2 号" }) }).click();
    await expect(second.getByText(say("account.addresses.default"), { exact: true })).toBeVisible();
    await second.getByRole("button", { name: say("account.addresses.removeOne", { recipient: "林溪", street: "复兴西路 2 号" }) }).click();
    await expect(second).toHaveCount(0);
    await expect(page.getByText(say("account.addresses.default"), { exact: true })).toBeVisible();
  });

  test("a new e-mail address counts once its link was opened, and the old one is told", async ({ page, shop, request }) => {
    const [person, { email }] = [shop.aPerson(), shop.aPerson()];
    await shop.signUp(person);
    await page.goto("/profile/account");
    await page.locator("#email").fill(email);
    await page.locator("#current").fill("not the password");
    await page.getByRole("button", { name: say("account.account.changeEmail") }).click();
    await expect(page.locator("#current-error")).toHaveText(say("refusals.password_wrong"));
    await page.locator("#current").fill(person.password);
    await page.getByRole("button", { name: say("account.account.changeEmail") }).click();
    await expect(page.getByText(say("account.emailSent", { email }))).toBeVisible();
    await page.goto(await shop.linkTo(email, "change_email"));
    await page.getByRole("button", { name: say("auth.confirm.submit") }).click();
    await expect(page.getByText(say("auth.done.email"))).toBeVisible();
    await page.locator("#email").fill(email);
    await page.locator("#password").fill(person.password);
    await page.locator("main form button[type=submit]").click();
    await expect(page).toHaveURL(/\/$/);
    const told = (await (await request.get(`/dev/mail/json?to=${encodeURIComponent(person.email)}`)).json()) as { template: string }[];
    expect(told[0]!.template).toBe("email_changed");
  });
});

test.describe("at a desk", () => {
  test.use({ viewport: desktop });

  test("a birthday is given once, and a language follows its owner to another device", async ({ page, shop, browser, baseURL }) => {
    const person = shop.aPerson();
    await shop.signUp(person);
    await page.goto("/profile/account");
    await page.locator("#birthday").fill("2000-02-29");
    await page.getByRole("button", { name: say("account.save") }).click();
    await expect(page.getByText("2000年2月29日")).toBeVisible();
    await expect(page.locator("#birthday")).toHaveCount(0);
    await page.goto("/profile");
    await page.getByRole("main").getByRole("button", { name: "English" }).click();
    await expect(page.getByRole("heading", { level: 1, name: wordsIn("en")("profile.title") })).toBeVisible();

    const other = await browser.newContext({ baseURL, locale: "zh-CN" });
    const theirs = patient(await other.newPage());
    await theirs.goto("/sign-in?next=/profile");
    await theirs.locator("#email").fill(person.email);
    await theirs.locator("#password").fill(person.password);
    await theirs.locator("main form button[type=submit]").click();
    await expect(theirs.getByRole("heading", { level: 1, name: wordsIn("en")("profile.title") })).toBeVisible();
    await other.close();
  });

  test("a person takes their data along, deletes the account, and cannot sign in any more", async ({ page, shop }) => {
    const person = shop.aPerson();
    await shop.signUp(person);
    await page.goto("/profile/data");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: say("account.data.exportButton") }).click();
    const data = JSON.parse(await readFile(await (await download).path(), "utf8")) as { account: { email: string }; ledger: unknown[] };
    expect(data.account.email).toBe(person.email);
    expect(data.ledger.length).toBeGreaterThan(0);

    await page.locator("#current").fill(person.password);
    await page.getByRole("button", { name: say("account.data.eraseButton") }).click();
    await expect(page.getByRole("alert").filter({ hasText: say("account.data.confirmFirst") })).toBeVisible();
    await page.getByRole("checkbox", { name: say("account.data.understood") }).check();
    await page.locator("#current").fill(person.password);
    await page.getByRole("button", { name: say("account.data.eraseButton") }).click();
    await expect(page.getByText(say("auth.done.erased"))).toBeVisible();
    await page.locator("#email").fill(person.email);
    await page.locator("#password").fill(person.password);
    await page.locator("main form button[type=submit]").click();
    await expect(page.getByRole("alert").filter({ hasText: say("refusals.wrong_credentials") })).toBeVisible();
  });
});
