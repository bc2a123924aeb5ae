import { generateSync } from "otplib";
import type { Page } from "@playwright/test";
import { openDevice, signIn, signInAs } from "./admin-desk";
import { expect, test } from "./fixtures";
import { tabTo } from "./keyboard";
import { wordsIn } from "./words";

const say = wordsIn("en");

/** Types where the focus is put by Tab alone. */
async function typeInto(page: Page, selector: string, text: string): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.type(text);
}

async function press(page: Page, selector: string, key = "Enter"): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.press(key);
}

const codeFor = (secret: string): string => generateSync({ secret: secret.replace(/\s/g, "") });

test("by keyboard alone: an owner invites somebody, who makes an account, sets up a second factor and sees what the role allows", async ({ page, shop, browser, baseURL }) => {
  test.setTimeout(120_000);
  const guest = shop.aPerson();
  await shop.speak("en");
  await signInAs(page, "owner", "/admin/team");
  await typeInto(page, "#email", guest.email);
  await tabTo(page, "#roleId");
  await page.keyboard.type(say("adminAccess.roleNames.support"));
  await expect(page.locator("#roleId option:checked")).toHaveText(say("adminAccess.roleNames.support"));
  await press(page, "form:has(#email) button[type=submit]");
  await expect(page.getByText(say("adminAccess.invitations.sent"))).toBeVisible();
  await expect(page.getByRole("cell", { name: guest.email, exact: true })).toBeVisible();

  const link = await shop.linkTo(guest.email, "staff_invited");
  const { page: theirs, close } = await openDevice(browser, baseURL!, "en");
  await theirs.goto(link);
  await typeInto(theirs, "#username", guest.name);
  await typeInto(theirs, "#password", guest.password);
  await theirs.keyboard.press("Enter");
  await theirs.waitForURL(/\/second-factor/);
  await typeInto(theirs, "#current", guest.password);
  await theirs.keyboard.press("Enter");
  const secret = await theirs.locator("#secret").textContent();
  await typeInto(theirs, "#code", "000000");
  await theirs.keyboard.press("Enter");
  await expect(theirs.locator("#code-error")).toBeVisible();
  await expect(theirs.locator("#code")).toBeFocused();
  await theirs.keyboard.press("ControlOrMeta+A");
  await theirs.keyboard.type(codeFor(secret!));
  await theirs.keyboard.press("Enter");
  await expect(theirs.getByRole("heading", { name: say("auth.factor.codesTitle") })).toBeFocused();
  await expect(theirs.locator("main li")).toHaveCount(10);
  const [recovery, second] = await theirs.locator("main li").allTextContents();
  await press(theirs, 'main a[href="/admin"]');

  await theirs.waitForURL((url) => url.pathname === "/admin");
  const nav = theirs.getByRole("complementary");
  await expect(nav.getByRole("link", { name: say("nav.adminPages.orders") })).toBeVisible();
  await expect(nav.getByRole("link", { name: say("nav.adminPages.team") })).toHaveCount(0);
  await expect(nav.getByRole("link", { name: say("nav.adminPages.settings") })).toHaveCount(0);
  await theirs.goto("/admin/team");
  await expect(theirs.getByText(say("admin.list.noPermission"))).toBeVisible();
  await close();

  // Another device asks for the second factor; a code from paper opens it, once.
  for (const opens of [true, false]) {
    const other = await openDevice(browser, baseURL!, "en");
    await other.page.goto("/sign-in?next=%2Fadmin%2Forders");
    await typeInto(other.page, "#email", guest.email);
    await typeInto(other.page, "#password", guest.password);
    await other.page.keyboard.press("Enter");
    await other.page.waitForURL(/\/second-factor/);
    await typeInto(other.page, "#code", recovery!);
    await other.page.keyboard.press("Enter");
    if (opens) await other.page.waitForURL((url) => url.pathname.startsWith("/admin"));
    else await expect(other.page.locator("#code-error")).toBeVisible();
    await other.close();
  }

  // With the phone gone, a code from paper brings ten others: they are shown once, and those of before are dead.
  const again = await openDevice(browser, baseURL!, "en");
  await signIn(again.page, guest, "/profile/security");
  await again.page.getByText(say("account.factor.change")).click();
  await again.page.locator("#factor-current").fill(guest.password);
  await again.page.locator("#factor-code").fill(recovery!);
  await again.page.getByRole("button", { name: say("account.factor.renew") }).click();
  await expect(again.page.locator("#factor-code-error")).toBeVisible();
  await again.page.locator("#factor-current").fill(guest.password);
  await again.page.locator("#factor-code").fill(second!);
  await again.page.getByRole("button", { name: say("account.factor.renew") }).click();
  await expect(again.page.getByRole("heading", { name: say("auth.factor.codesTitle") })).toBeFocused();
  const codes = again.page.getByRole("region", { name: say("auth.factor.codesTitle") }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  expect(await codes.allTextContents()).not.toContain(second);
  await again.close();

  // The link worked once; the owner sees who has come.
  const late = await openDevice(browser, baseURL!, "en");
  await late.page.goto(link);
  await expect(late.page.getByText(say("auth.invitation.dead"))).toBeVisible();
  await late.close();
  await page.reload();
  await expect(page.getByRole("row", { name: new RegExp(guest.name) })).toContainText(say("adminAccess.members.on"));
});
