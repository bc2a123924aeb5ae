import type { Page } from "@playwright/test";
import { openDevice, signInAs } from "./admin-desk";
import { expect, fillSignUp, openMail, phone, test, wordsIn } from "./fixtures";
import { patient } from "./patience";

const say = wordsIn("zh-CN");

test.use({ viewport: phone, locale: "zh-CN" });

// The tasks of a new shop: scripts/seed/tasks.ts.
const first = "首次兑换";
const next = "30 天内 3 单";
const opened = "好友打开你的链接";
const invited = "邀请一位好友";

async function redeem(page: Page, { slug }: { slug: string }): Promise<void> {
  await page.goto(`/products/${slug}`);
  await page.getByRole("button", { name: say("product.redeem"), exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: say("product.confirm"), exact: true }).click();
  await expect(page).toHaveURL(/\/orders\/[\w-]{22}/);
}

test("the first redemption opens the next task, and each reward is claimed by one tap, once", async ({ page, shop, context }) => {
  test.setTimeout(120_000);
  const pin = await shop.aProduct({ points: 10, stock: 5 });
  await shop.signUp(shop.aPerson());
  const row = (name: string) => page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: false }) });
  const balance = page.getByRole("region", { name: say("tasks.region") });

  await page.goto("/tasks");
  await expect(row(first).getByRole("progressbar", { name: say("tasks.progressLabel", { name: first, done: 0, target: 1 }) })).toBeAttached();
  await expect(row(next)).toContainText(say("tasks.lockedBy", { name: first }));
  await expect(balance).toContainText("110");

  await redeem(page, pin);
  await page.goto("/tasks");
  const second = patient(await context.newPage());
  await second.goto("/tasks");
  const claim = say("tasks.claimLabel", { name: first });
  await page.getByRole("button", { name: claim }).click();
  await expect(page.getByRole("status").filter({ hasText: say("tasks.succeeded.points", { points: "50" }) })).toBeVisible();
  await expect(balance).toContainText("150");
  await expect(page.getByRole("button", { name: claim })).toHaveCount(0);
  await expect(row(next).getByRole("progressbar", { name: say("tasks.progressLabel", { name: next, done: 1, target: 3 }) })).toBeAttached();

  // Another tab still shows the button: pressed there it gives nothing more.
  await second.getByRole("button", { name: claim }).click();
  await expect(second.getByRole("button", { name: claim })).toHaveCount(0);
  await expect(second.getByRole("region", { name: say("tasks.region") })).toContainText("150");

  await redeem(page, pin);
  await redeem(page, pin);
  await page.goto("/tasks");
  await page.getByRole("button", { name: say("tasks.claimLabel", { name: next }) }).click();
  await expect(balance).toContainText("230");
});

test("a link counts for a friend who opens it and not for its owner; the friend who joins is on the list by a letter", async ({ page, shop, browser, baseURL }) => {
  test.setTimeout(120_000);
  await shop.signUp(shop.aPerson());
  await page.goto("/invite");
  const link = new URL(await page.getByLabel(say("share.link")).inputValue());
  const path = link.pathname;

  await page.goto(path);
  await expect(page).toHaveURL((url) => url.pathname === "/");
  await page.goto("/invite");
  const visits = page.getByRole("region", { name: say("share.friends") });
  await expect(visits).toContainText(say("share.empty"));

  const friend = await openDevice(browser, baseURL!);
  for (let times = 0; times < 2; times += 1) {
    await friend.page.goto(path);
    await expect(friend.page).toHaveURL((url) => url.pathname === "/" && url.search === "");
  }
  const mei = { ...shop.aPerson(), name: `梅 ${Date.now().toString(36)}` };
  await friend.page.goto("/sign-up");
  await fillSignUp(friend.page, mei);
  await openMail(friend.page, mei.email);
  await friend.page.waitForURL((url) => url.pathname === "/");
  await friend.close();

  await page.goto("/invite");
  await expect(visits.getByRole("row", { name: "梅***" })).toContainText(say("share.status.open"));
  await page.goto("/tasks");
  for (const name of [opened, invited]) {
    await page.getByRole("button", { name: say("tasks.claimLabel", { name }) }).click();
    await expect(page.getByRole("button", { name: say("tasks.claimLabel", { name }) })).toHaveCount(0);
  }
});

test("a forged link leads home and nowhere else", async ({ page }) => {
  for (const path of ["/s/x", "/s/1.shop.AAAAAAAAAAAAAAAAAAAAAA", "/s/https%3A%2F%2Fevil.example"]) {
    await page.goto(path);
    await expect(page).toHaveURL((url) => url.pathname === "/" && url.search === "");
  }
});

test("staff adds a task to a chain, and cannot close the circle", async ({ page }) => {
  const name = `编号 ${Date.now().toString(36)}`;
  await page.setViewportSize({ width: 1440, height: 900 });
  await signInAs(page, "owner", "/admin/tasks/new");
  await page.getByLabel(say("adminTasks.form.name"), { exact: true }).fill(name);
  await page.getByLabel(say("adminTasks.form.afterTaskId")).selectOption({ label: first });
  await page.getByRole("button", { name: say("adminTasks.form.createBar.save") }).click();
  await expect(page.getByText(say("adminTasks.created"))).toBeVisible();
  await page.goto("/admin/tasks");
  await page.getByRole("link", { name: first }).click();
  await page.getByLabel(say("adminTasks.form.afterTaskId")).selectOption({ label: name });
  await page.getByRole("button", { name: say("adminTasks.form.bar.save") }).click();
  await expect(page.getByText(say("adminTasks.faults.chain"))).toBeVisible();
  await page.getByRole("button", { name: say("adminTasks.form.bar.discard") }).click();
});
