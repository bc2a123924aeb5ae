import type { Page } from "@playwright/test";
import { openDevice, signIn, signInAs } from "./admin-desk";
import { desktop, expect, test, wordsIn } from "./fixtures";
import { tabTo } from "./keyboard";

const say = wordsIn("zh-CN");
const REASON = "一天里签到的设备太多，正在核实";
const APPEAL = "我把手机借给同事登录了他自己的账户。";
const ANSWER = "核实过了，抱歉让你久等。";

test.use({ viewport: desktop, locale: "zh-CN" });

/** Until the page's script runs, a form is sent the slow way: the keys are pressed when it does. */
const ready = (page: Page): Promise<void> => page.waitForLoadState("networkidle");

test("staff freezes with a reason and an end, the person reads why and appeals, staff lets them go on: all of it by keyboard", async ({ page, shop, browser, baseURL }) => {
  test.setTimeout(180_000);
  const person = shop.aPerson();
  await shop.signUp(person);
  const { page: desk, close } = await openDevice(browser, baseURL!);
  await signInAs(desk, "staff", "/admin/users");
  await desk.getByRole("searchbox").fill(person.email);
  await desk.keyboard.press("Enter");
  await desk.getByRole("link", { name: person.name, exact: true }).press("Enter");
  await expect(desk.getByRole("heading", { level: 1, name: person.name })).toBeVisible();

  await ready(desk);
  await tabTo(desk, "#reason");
  await desk.keyboard.type(REASON);
  await tabTo(desk, "#until");
  // The parts of a day in the order of the locale: year, month, day.
  await desk.locator("#until").fill("2099-12-31");
  await tabTo(desk, "form button[type=submit]");
  await desk.keyboard.press("Enter");
  await expect(desk.getByText(say("admin.user.frozenBecause", { reason: REASON }))).toBeVisible();

  await signIn(page, person, "/wallet");
  await expect(page.getByText(say("appeal.because", { reason: REASON }))).toBeVisible();
  // The last day of it is the 31st: it ends when that is over.
  await expect(page.getByText(/2100/)).toBeVisible();
  await tabTo(page, "a[href='/appeal']");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: say("appeal.title") })).toBeVisible();
  await ready(page);
  await tabTo(page, "#body");
  await page.keyboard.type("太短");
  await tabTo(page, "main form button[type=submit]");
  await page.keyboard.press("Enter");
  await expect(page.locator("#body-error")).toHaveText(say("refusals.field_too_short"));
  await expect(page.locator("#body")).toBeFocused();
  await page.keyboard.press("Control+A");
  await page.keyboard.type(APPEAL);
  await tabTo(page, "main form button[type=submit]");
  await page.keyboard.press("Enter");
  await expect(page.getByText(say("appeal.waiting"))).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(page.locator("#body")).toHaveCount(0);

  await desk.goto("/admin/risk/appeals?status=open");
  await desk.getByRole("link", { name: person.name, exact: true }).press("Enter");
  await expect(desk.getByText(APPEAL)).toBeVisible();
  await ready(desk);
  await tabTo(desk, "input[name=verdict][value=accept]");
  await desk.keyboard.press("Space");
  await tabTo(desk, "#answer");
  await desk.keyboard.type(ANSWER);
  await tabTo(desk, "main form button[type=submit]");
  await desk.keyboard.press("Enter");
  await expect(desk.getByRole("status").filter({ hasText: say("adminRisk.appealDone.accept") })).toBeVisible();
  await expect(desk.getByText(ANSWER)).toBeVisible();
  await close();

  await page.reload();
  await expect(page.getByText(say("appeal.notFrozen"))).toBeVisible();
  await expect(page.getByText(say("appeal.answer", { answer: ANSWER }))).toBeVisible();
  await page.goto("/wallet");
  await expect(page.getByText(say("appeal.frozen"), { exact: true })).toHaveCount(0);
});

test("an alert is read, and dismissed by keyboard; several are settled together", async ({ page }) => {
  await signInAs(page, "staff", "/admin/risk");
  // From the demo data: somebody who tried codes, and whose earnings wait for this.
  const row = page.getByRole("row").filter({ hasText: say("adminRisk.rules.coupon_guessing") });
  await row.getByRole("link").press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: say("adminRisk.rules.coupon_guessing") })).toBeVisible();
  await expect(page.getByText(say("adminRisk.whatItDid.hold"))).toBeVisible();
  await ready(page);
  await tabTo(page, "input[name=verdict]");
  await page.keyboard.press("Space");
  await tabTo(page, "#decide-note");
  await page.keyboard.type("看错了字母");
  await tabTo(page, "form button[type=submit]");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: say("adminRisk.done.dismiss") })).toBeVisible();
  await expect(page.getByText(say("adminRisk.decidedNote", { note: "看错了字母" }))).toBeVisible();

  await page.goto("/admin/risk?status=open");
  await ready(page);
  const boxes = page.locator("input[type=checkbox][name=ids]");
  const open = await boxes.count();
  expect(open).toBeGreaterThan(0);
  await tabTo(page, "#settle-alerts button[type=button]");
  await page.keyboard.press("Enter");
  await tabTo(page, "#settle-alerts input[name=verdict]");
  await page.keyboard.press("Space");
  await tabTo(page, "#settle-alerts button[type=submit]");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: say("adminRisk.done.bulk", { count: open }) })).toBeVisible();
  await expect(boxes).toHaveCount(0);
});
