import { openDevice, signIn, signInAs } from "./admin-desk";
import { desktop, expect, phone, test, wordsIn } from "./fixtures";
import { tabToName } from "./keyboard";
import { demoStaff } from "../scripts/lib/demo-accounts.mjs";

const say = wordsIn("zh-CN");

test.use({ viewport: desktop, locale: "zh-CN" });

test("support asks for 5,000 points, cannot allow it, the owner does from the overview, and the wallet shows it: by keyboard alone", async ({ page, shop, browser, baseURL }) => {
  test.setTimeout(180_000);
  const person = shop.aPerson();
  await shop.signUp(person);

  const desk = await openDevice(browser, baseURL!);
  await signIn(desk.page, demoStaff.find(({ role }) => role === "support")!, "/admin");
  await desk.page.goto("/admin/adjustments");
  await tabToName(desk.page, say("adminAdjustments.new"));
  await desk.page.keyboard.press("Enter");
  await expect(desk.page.getByRole("heading", { level: 1, name: say("adminAdjustments.new") })).toBeVisible();
  await tabToName(desk.page, say("adminAdjustments.find.label"));
  await desk.page.keyboard.type(person.email);
  await desk.page.keyboard.press("Enter");
  await expect(desk.page.getByRole("link", { name: person.name, exact: true })).toBeVisible();
  await tabToName(desk.page, person.name);
  await desk.page.keyboard.press("Enter");

  const form = desk.page.getByRole("form", { name: say("adminAdjustments.form.label") });
  await expect(form).toBeVisible();
  await form.getByRole("radio").first().focus();
  await tabToName(desk.page, say("adminAdjustments.form.points"));
  await desk.page.keyboard.type("5000");
  await expect(form.getByText(say("adminAdjustments.form.second", { threshold: "1,000" }))).toBeVisible();
  await expect(form.getByRole("button", { name: say("adminAdjustments.form.submitSecond") })).toBeVisible();
  await desk.page.keyboard.press("Control+s");
  await expect(form.locator("#reason")).toBeFocused();
  for (let presses = 0; presses < 6 && (await form.locator("#reason").inputValue()) !== "compensation"; presses += 1) await desk.page.keyboard.press("ArrowDown");
  await expect(form.locator("#reason")).toHaveValue("compensation");
  await tabToName(desk.page, say("adminAdjustments.form.note"));
  await desk.page.keyboard.type("包裹丢失，与客户商定补偿");
  await tabToName(desk.page, say("adminAdjustments.form.submitSecond"));
  await desk.page.keyboard.press("Enter");
  await expect(desk.page.getByText(say("adminAdjustments.done.asked"))).toBeVisible();
  await expect(desk.page.getByText(say("adminAdjustments.decide.own"))).toBeVisible();
  await expect(desk.page.getByRole("button", { name: say("adminAdjustments.decide.approve"), exact: true })).toHaveCount(0);
  await expect(desk.page.getByRole("button", { name: say("adminAdjustments.decide.withdraw") })).toBeVisible();
  const asked = new URL(desk.page.url()).pathname;
  await desk.close();

  await page.goto("/wallet");
  await expect(page.getByText(say("wallet.adjustedBecause.compensation"))).toHaveCount(0);

  const owner = await openDevice(browser, baseURL!);
  await signInAs(owner.page, "owner");
  await tabToName(owner.page, new RegExp(say("adminFrame.queue.items.approvals")));
  await owner.page.keyboard.press("Enter");
  await expect(owner.page.getByRole("heading", { level: 1, name: say("adminAdjustments.title") })).toBeVisible();
  await tabToName(owner.page, person.name);
  await owner.page.keyboard.press("Enter");
  await owner.page.waitForURL((url) => url.pathname === asked);
  await tabToName(owner.page, say("adminAdjustments.decide.approve"));
  await owner.page.keyboard.press("Enter");
  await expect(owner.page.getByText(say("adminAdjustments.status.applied")).first()).toBeVisible();
  await expect(owner.page.getByRole("heading", { level: 1 })).toBeFocused();
  await owner.close();

  await page.reload();
  await expect(page.getByText(say("wallet.adjustedBecause.compensation"))).toBeVisible();
  await expect(page.getByRole("main")).toContainText("+5,000");
});

test("a file is checked row by row, and counts once however often it is sent", async ({ page, shop, browser, baseURL }) => {
  test.setTimeout(120_000);
  const person = shop.aPerson();
  await shop.signUp(person);
  const desk = await openDevice(browser, baseURL!);
  await desk.page.setViewportSize(phone);
  await signInAs(desk.page, "staff", "/admin/adjustments/batch");
  const choose = (text: string) => desk.page.locator("#file").setInputFiles({ name: "may.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await desk.page.locator("#reason").selectOption("goodwill");
  await desk.page.locator("#note").fill("五月系统故障补发");
  const check = desk.page.getByRole("button", { name: say("adminAdjustments.file.check"), exact: true });

  await choose(`user,points\n${person.email},40\nnobody@example.com,5\n${person.email},1.5`);
  await check.click();
  await expect(desk.page.getByText(say("adminAdjustments.file.someProblems"))).toBeVisible();
  await expect(desk.page.getByText(say("adminAdjustments.problems.unknown"))).toBeVisible();
  await expect(desk.page.getByText(say("adminAdjustments.problems.repeated")).first()).toBeVisible();

  const file = `user,points,expires_on,note\n${person.email},40,,`;
  for (const news of ["applied", "known"]) {
    await choose(file);
    await check.click();
    const submit = desk.page.getByRole("button", { name: say("adminAdjustments.file.submit", { count: 1 }) });
    if (news === "applied") await submit.click();
    else {
      const known = desk.page.getByRole("link", { name: say("adminAdjustments.file.toKnown") });
      await expect(known).toBeVisible();
      await expect(submit).toHaveCount(0);
      await known.click();
    }
    await expect(desk.page.getByRole("heading", { level: 2, name: say("adminAdjustments.batchPage.lines") })).toBeVisible();
    if (news === "applied") {
      await desk.page.goto("/admin/adjustments/batch");
      await desk.page.locator("#reason").selectOption("goodwill");
      await desk.page.locator("#note").fill("五月系统故障补发，再来一次");
    }
  }
  await desk.close();
  await page.goto("/wallet");
  await expect(page.getByText(say("wallet.adjustedBecause.goodwill"))).toHaveCount(1);
});
