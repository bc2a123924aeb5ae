import type { APIRequestContext } from "@playwright/test";
import mysql from "mysql2/promise";

import { expect, phone, test, wordsIn } from "./fixtures";

const say = wordsIn("zh-CN");

test.use({ viewport: phone, locale: "zh-CN" });

const DAY_MS = 86_400_000;

/** Lets all that somebody holds expire at noon, so many days from now: nobody earns points for a week only. */
async function expireIn(days: number, email: string): Promise<void> {
  const connection = await mysql.createConnection({ uri: process.env.DATABASE_URL, timezone: "Z" });
  const noon = new Date(Math.floor((Date.now() + days * DAY_MS + 8 * 3_600_000) / DAY_MS) * DAY_MS + 4 * 3_600_000);
  await connection.query("UPDATE point_lots SET expires_at = ? WHERE user_id = (SELECT id FROM users WHERE email = ?)", [noon, email]);
  await connection.end();
}

/** What the scheduler does on its minute. */
async function runJob(request: APIRequestContext, job: string): Promise<void> {
  const reply = await request.get(`/api/cron/${job}`, { headers: { authorization: `Bearer ${process.env.CRON_SECRET}` } });
  expect(reply.ok(), `${job}: ${reply.status()}`).toBe(true);
}

test("who is about to lose points is told by the bell and by mail, and both lead to the wallet", async ({ page, shop, request }) => {
  const person = shop.aPerson();
  await shop.signUp(person);
  await expireIn(7, person.email);
  await runJob(request, "remind-expiring");
  await runJob(request, "remind-expiring");

  await page.goto("/");
  await page.getByRole("link", { name: say("notifications.bell", { unread: 1 }), exact: true }).click();
  await expect(page.getByRole("heading", { name: say("notifications.title"), exact: true })).toBeVisible();
  const notices = page.getByRole("main").getByRole("listitem");
  await expect(notices).toHaveCount(1);
  await expect(notices).toContainText(say("notifications.unread"));
  await notices.getByRole("link").click();
  await page.waitForURL("**/wallet");
  await expect(page.getByRole("link", { name: say("notifications.title"), exact: true })).toBeVisible();

  const reply = await request.get(`/dev/mail/json?to=${encodeURIComponent(person.email)}`);
  const sent = (await reply.json()) as { template: string; subject: string; links: string[] }[];
  const reminders = sent.filter(({ template }) => template === "points_expiring");
  expect(reminders).toHaveLength(1);
  expect(reminders[0]!.subject).toContain("110");
  await page.goto(new URL(reminders[0]!.links[0]!).pathname);
  await expect(page.getByRole("region", { name: say("wallet.region") })).toContainText("110");
});

test("who wants no mail of it is told in the shop alone", async ({ page, shop, request }) => {
  const person = shop.aPerson();
  await shop.signUp(person);
  await page.goto("/notifications/settings");
  await page.getByRole("group", { name: say("notifications.preferences.kinds.points_expiring"), exact: true }).getByRole("checkbox", { name: say("notifications.preferences.byMail") }).uncheck();
  await page.getByRole("button", { name: say("notifications.preferences.save") }).click();
  await expect(page.getByText(say("notifications.preferences.saved"))).toBeVisible();
  await expireIn(7, person.email);
  await runJob(request, "remind-expiring");

  await page.goto("/notifications");
  await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: say("notifications.markAll") }).click();
  await expect(page.getByRole("main").getByText(say("notifications.unread"))).toHaveCount(0);
  await expect(page.getByRole("button", { name: say("notifications.markAll") })).toHaveCount(0);
  const reply = await request.get(`/dev/mail/json?to=${encodeURIComponent(person.email)}`);
  expect(((await reply.json()) as { template: string }[]).map(({ template }) => template)).not.toContain("points_expiring");
});
