/** Pages that are there only once somebody has done something: who does it, and how. Each gives the page's address. */
import { demoAccounts } from "../lib/demo-accounts.mjs";

const emailOf = (wanted) => demoAccounts.find(({ role }) => role === wanted).email;

/**
 * @typedef {"payment" | "mail" | "invitation" | "batch" | "run"} Made
 * @typedef {import("@playwright/test").Page} Page
 * @type {Readonly<Record<Made, { by: "guest" | "shopper" | "owner", make: (page: Page) => Promise<string | null> }>>}
 */
export const MADE = {
  payment: { by: "shopper", make: aPayment },
  mail: { by: "guest", make: aMail },
  invitation: { by: "owner", make: anInvitation },
  batch: { by: "owner", make: aBatch },
  run: { by: "owner", make: aRun },
};

/** Redeems something that costs cash too, and goes to the cashier. */
async function aPayment(page) {
  await page.goto("/products/pour-over-kettle?redeem=1");
  await page.locator("dialog[open] button[type=submit]").first().click();
  await page.waitForURL(/\/orders\/[\w-]{22}/);
  await page.locator("main form button[type=submit]").first().click();
  await page.waitForURL(/\/cashier\//);
  return pathOf(page.url());
}

/** Asks for a link by mail, and looks where mail of the demo arrives. */
async function aMail(page) {
  await page.goto("/forgot-password");
  await page.locator("#email").fill(emailOf("shopper"));
  await page.locator("main form button[type=submit]").first().click();
  await page.locator("main [role=status]").first().waitFor();
  await page.goto("/dev/mail");
  return page.locator("main a[href^='/dev/mail/']").first().getAttribute("href", { timeout: 5_000 });
}

/** Invites somebody who is not here yet, and reads the link in their mail. */
async function anInvitation(page) {
  const email = "invited@demo.points";
  await page.goto("/admin/team");
  await page.locator("#email").fill(email);
  await page.locator("#roleId").selectOption({ index: 1 });
  await page.locator("form:has(#email) button[type=submit]").click();
  await page.getByRole("cell", { name: email, exact: true }).waitFor();
  const mails = await (await page.request.get(`/dev/mail/json?to=${encodeURIComponent(email)}`)).json();
  return pathOf(mails.flatMap(({ links }) => links).find((link) => link.includes("token=")));
}

/** Two people's points by a file. */
async function aBatch(page) {
  await page.goto("/admin/adjustments/batch");
  await page.locator("#file").setInputFiles({ name: "may.csv", mimeType: "text/csv", buffer: Buffer.from(`user,points\n${emailOf("shopper")},20\nneighbour1@demo.points,30`) });
  await page.locator("#reason").selectOption("goodwill");
  await page.locator("#note").fill("五月系统故障补发");
  await page.locator("main form button[type=submit]").click();
  await page.locator("section[aria-labelledby=result-title] button").click();
  await page.waitForURL(/\/admin\/adjustments\/batch\/[\w-]+/);
  return pathOf(page.url());
}

/** Cancels orders that are long complete: nothing changes, and the run's page says why for each. */
async function aRun(page) {
  await page.goto("/admin/orders?status=completed");
  await page.locator("input[data-all]").check();
  await page.locator("[role=group].entering button:not([aria-label])").last().click();
  await page.locator("dialog[open] #bulk-reason").fill("two of the same");
  await page.locator("dialog[open] form button[type=submit]").click();
  await page.waitForURL(/\/admin\/bulk\/[\w-]{22}/);
  return pathOf(page.url());
}

const pathOf = (url) => {
  const { pathname, search } = new URL(url);
  return pathname + search;
};
