import { randomUUID } from "node:crypto";

import { afterEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { atOnce, aUser, staffWith, theClock } from "@/test/world";

import { claimMail, listDueMail, markTried, retryMail } from "./commands";
import { countMail, listMailLog } from "./queries";

afterEach(async () => void (await rows("DELETE FROM mail_messages")));

const staff = async () => staffWith((await aUser({ role: "staff" })).id, "staff", "manager");
const PROPS = '{"name":"lin","level":"Gold","isUp":true,"link":"/levels"}';

async function aMail(of: { status?: string; template?: string; props?: string; attempts?: number; dueInMinutes?: number; error?: string | null } = {}): Promise<number> {
  const { status = "failed", template = "level_changed", props = PROPS, attempts = 12, dueInMinutes = 0, error = "550 RCPT TO" } = of;
  const subject = randomUUID();
  await rows(
    "INSERT INTO mail_messages (recipient, template, locale, props, subject, status, attempts, last_error, next_attempt_at, created_at) VALUES ('lin@example.com', ?, 'en', ?, ?, ?, ?, ?, ?, ?)",
    [template, props, subject, status, attempts, error, new Date(theClock.now().getTime() + dueInMinutes * 60_000), theClock.now()],
  );
  return (await rows<{ id: number }>("SELECT id FROM mail_messages WHERE subject = ?", [subject]))[0]!.id;
}

const stateOf = async (id: number) => (await rows<{ status: string; attempts: number; next_attempt_at: Date }>("SELECT status, attempts, next_attempt_at FROM mail_messages WHERE id = ?", [id]))[0]!;
const isDueNow = async (id: number): Promise<boolean> => (await stateOf(id)).next_attempt_at <= theClock.now();
const again = async (...ids: number[]) => {
  const actor = await staff();
  return perform(actor, (ctx) => retryMail(ctx, { ids }));
};

test("a message that was given up is due again from its first try, and the audit trail says who wanted it", async () => {
  const id = await aMail();
  const actor = await staff();
  expect(await perform(actor, (ctx) => retryMail(ctx, { ids: [id, id] }))).toEqual({ again: 1, left: 0 });
  expect(await stateOf(id)).toMatchObject({ status: "queued", attempts: 0 });
  expect(await isDueNow(id)).toBe(true);
  expect(await rows("SELECT actor_id, subject_type FROM events WHERE name = 'mail.retried' AND subject_id = ?", [String(id)])).toEqual([{ actor_id: (actor as { id: number }).id, subject_type: "mail" }]);
});

test("what was thrown away with its failure, has left, or may be in somebody's hands stays as it is", async () => {
  const ids = [await aMail({ template: "reset_password", props: "{}" }), await aMail({ status: "sent" }), await aMail({ status: "queued", attempts: 1, dueInMinutes: 10 }), await aMail({ status: "queued", attempts: 0 })];
  const before = await Promise.all(ids.map(stateOf));
  expect(await again(...ids, 999_999_999)).toEqual({ again: 0, left: 5 });
  expect(await Promise.all(ids.map(stateOf))).toEqual(before);
});

test("what waits for hours is due at once", async () => {
  const id = await aMail({ status: "queued", attempts: 5, dueInMinutes: 300 });
  expect(await again(id)).toEqual({ again: 1, left: 0 });
  expect(await isDueNow(id)).toBe(true);
});

test("of several who retry one message at once, one does", async () => {
  const id = await aMail();
  const outcomes = await atOnce(4, () => again(id));
  expect(outcomes.reduce((sum, outcome) => sum + outcome.again, 0)).toBe(1);
});

test("what nobody could misuse is kept when it is given up, and what holds a link that signs in is not", async () => {
  const ids = [await aMail({ status: "queued", attempts: 12 }), await aMail({ status: "queued", attempts: 12, template: "reset_password", props: '{"name":"lin","link":"/reset-password?token=abc"}' })];
  const actor = await staff();
  for (const mail of await perform(actor, (ctx) => listDueMail(ctx, 10))) {
    await perform(actor, async (ctx) => markTried(ctx, (await claimMail(ctx, mail))!, "550", true));
  }
  const { mails } = await listMailLog(db(), { status: "failed", limit: 10 });
  expect(mails.map(({ id, isKept, lastError }) => ({ id, isKept, lastError }))).toEqual([{ id: ids[1], isKept: false, lastError: "550" }, { id: ids[0], isKept: true, lastError: "550" }]);
  expect(await again(...ids)).toEqual({ again: 1, left: 1 });
});

test("the log counts by status, goes on page by page, finds one address, and never says what a message said", async () => {
  for (let index = 0; index < 3; index++) await aMail();
  await aMail({ status: "sent" });
  expect(await countMail(db())).toEqual({ queued: 0, sent: 1, failed: 3 });
  const first = await listMailLog(db(), { status: "failed", limit: 2 });
  const second = await listMailLog(db(), { status: "failed", limit: 2, before: first.nextBefore! });
  expect([first.mails.length, second.mails.length, second.nextBefore]).toEqual([2, 1, null]);
  expect((await listMailLog(db(), { status: "failed", limit: 9, recipient: "nobody@example.com" })).mails).toEqual([]);
  expect(JSON.stringify(first)).not.toContain("Gold");
});
