import { readFile } from "node:fs/promises";

import { openDevice, saveButton, signInAs } from "./admin-desk";
import { desktop, expect, phone, test, wordsIn } from "./fixtures";

const say = wordsIn("zh-CN");

// One shop is shared by all journeys: what is changed here is put back.
test.use({ viewport: desktop, locale: "zh-CN" });

test("a setting that an owner changes is in the audit log with what it was, found by who did it, and leaves as a file", async ({ page, browser, baseURL }) => {
  await signInAs(page, "owner", "/admin/settings/orders");
  const before = await page.locator("#lowStock").inputValue();
  const after = String(Number(before) + 3);
  await page.locator("#lowStock").fill(after);
  await page.keyboard.press("Control+s");
  await expect(saveButton(page)).toBeHidden();

  // The merchant, another person, asks what the owner did.
  const auditor = await openDevice(browser, baseURL!);
  await signInAs(auditor.page, "staff", "/admin/audit");
  const log = auditor.page.getByRole("table", { name: say("adminAudit.list") });
  const record = log.getByRole("row").filter({ hasText: say("adminAudit.facts.settings.changed") }).first();
  await expect(record).toContainText(say("adminAudit.fields.lowStock"));
  await record.getByRole("cell").nth(1).getByRole("link").click();
  await auditor.page.waitForURL(/actor=\d+/);
  const found = log.getByRole("row").filter({ hasText: say("adminAudit.facts.settings.changed") }).first();
  await expect(found.locator("dd").first()).toContainText(before);
  await expect(found.locator("dd").first()).toContainText(after);

  const [file] = await Promise.all([auditor.page.waitForEvent("download"), auditor.page.getByRole("link", { name: say("admin.list.export") }).click()]);
  const text = await readFile(await file.path(), "utf8");
  expect(text).toContain("settings.changed");
  expect(text).toContain(`${before} → ${after}`);
  // To take the log along is in the log.
  await auditor.page.goto("/admin/audit?name=audit.exported");
  await expect(log.getByRole("row").filter({ hasText: say("adminAudit.facts.audit.exported") }).first()).toContainText("actor=");
  await auditor.close();

  await page.locator("#lowStock").fill(before);
  await page.keyboard.press("Control+s");
  await expect(saveButton(page)).toBeHidden();
});

test("the chain of the demo shop is whole, the database keeps it, and who looks can have it verified", async ({ page }) => {
  await signInAs(page, "staff", "/admin/audit");
  const chain = page.getByRole("region", { name: say("adminAudit.chain.title") });
  await expect(chain.getByText(say("adminAudit.chain.kept"), { exact: true })).toBeVisible();
  await chain.getByRole("button", { name: say("adminAudit.chain.verify") }).click();
  await expect(chain.getByText(say("adminAudit.chain.whole"), { exact: true })).toBeVisible();
  const [file] = await Promise.all([page.waitForEvent("download"), chain.getByRole("link", { name: say("adminAudit.chain.download") }).click()]);
  const { heads } = JSON.parse(await readFile(await file.path(), "utf8")) as { heads: { chain: string; digest: string }[] };
  for (const { digest } of heads) await expect(chain.getByText(digest)).toBeVisible();
  await page.goto("/admin/audit?name=audit.checked");
  await expect(page.getByRole("table", { name: say("adminAudit.list") })).toContainText(say("adminAudit.facts.audit.checked"));
});

test("a person's page leads to all that was done about them, also on a phone", async ({ page }) => {
  await page.setViewportSize(phone);
  await signInAs(page, "staff", "/admin/users");
  await page.goto("/admin/users/1");
  await page.getByRole("link", { name: say("adminAudit.toTrail"), exact: true }).last().click();
  await page.waitForURL(/type=user&subject=1$/);
  await expect(page.getByRole("table", { name: say("adminAudit.list") }).getByText(say("adminAudit.facts.account.registered"), { exact: true })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
  await page.goto("/admin/audit?q=nobody-is-called-this");
  await expect(page.getByText(say("admin.list.noResults"))).toBeVisible();
});
