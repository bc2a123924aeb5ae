import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import type { MailTemplate } from "@/lib/events/mail";
import { queueMail, type Mail } from "@/lib/events/commands";
import { perform } from "@/lib/perform";
import { count, rows } from "@/test/database";
import { expectErrors } from "@/test/errors";
import { headerOf, PostOffice } from "@/test/post-office";
import { withSettings } from "@/test/settings";
import { atOnce, aUser, theClock, theShop, unique } from "@/test/world";

import { deliverMailJob } from "./deliver-mail";

let office: PostOffice;
beforeAll(async () => void (office = await PostOffice.open()));
afterAll(() => office.close());
beforeEach(() => rows("DELETE FROM mail_messages"));
afterEach(() => {
  office.received.length = 0;
  office.manner = () => "takes";
});

const run = () => deliverMailJob.run(theClock.now(), Date.now() + 20_000);
const overSmtp = <T>(work: () => Promise<T>, url = office.url) => withSettings({ SMTP_URL: url, MAIL_FROM: "Points Mall <shop@example.com>" }, work);

const reset = (name = "lin"): Mail<"reset_password"> => ({
  userId: null, recipient: `${unique("lin")}@example.com`, template: "reset_password", locale: "en", props: { name, link: "/reset-password?token=abc" }, subject: unique("reset"),
});
const queue = async <Template extends MailTemplate>(...mails: Mail<Template>[]): Promise<void> => perform(theShop, (ctx) => queueMail(ctx, ...mails), theClock.now());

type Row = { status: string; attempts: number; props: object; last_error: string | null; next_attempt_at: Date };
const rowOf = async ({ subject }: { subject: string }): Promise<Row> => (await rows<Row>("SELECT status, attempts, props, last_error, next_attempt_at FROM mail_messages WHERE subject = ?", [subject]))[0]!;

test("mail leaves with its text, its HTML and a link to the shop's own address, and what it said is forgotten", async () => {
  const mail = reset();
  await queue(mail);
  expect(await overSmtp(run)).toMatchObject({ sent: 1, delayed: 0, failed: 0, finished: 1 });
  const [letter] = office.received;
  expect(letter).toMatchObject({ from: "shop@example.com", to: [mail.recipient] });
  expect(headerOf(letter!, "Subject")).toBe("Reset your password");
  expect(headerOf(letter!, "From")).toBe("Points Mall <shop@example.com>");
  expect(letter!.raw).toContain("http://localhost:3000/reset-password?token=3Dabc");
  expect(letter!.raw).toMatch(/Content-Type: text\/plain[\s\S]+Content-Type: text\/html/);
  expect(await rowOf(mail)).toMatchObject({ status: "sent", attempts: 1, props: {} });
});

test("what is rolled back sends no mail", async () => {
  await expect(perform(theShop, async (ctx) => {
    await queueMail(ctx, reset());
    throw new Error("the order failed");
  })).rejects.toThrow("the order failed");
  expect(await overSmtp(run)).toMatchObject({ sent: 0 });
  expect(await count("SELECT COUNT(*) FROM mail_messages")).toBe(0);
});

test("the same subject twice is one message", async () => {
  const mail = reset();
  await queue(mail);
  await queue({ ...mail, recipient: "somebody-else@example.com" });
  await overSmtp(run);
  expect(office.received.map(({ to }) => to)).toEqual([[mail.recipient]]);
});

test("with the mail server down mail waits, and is delivered once when it is up", async () => {
  const mail = reset();
  await queue(mail);
  const nobody = "smtp://127.0.0.1:1";
  expect(await overSmtp(run, nobody)).toMatchObject({ sent: 0, delayed: 1, finished: 0 });
  expect(await rowOf(mail)).toMatchObject({ status: "queued", attempts: 1, last_error: expect.stringContaining("ESOCKET") as string });
  expect(await overSmtp(run)).toMatchObject({ sent: 0 });
  theClock.passMinutes(1);
  expect(await overSmtp(run)).toMatchObject({ sent: 1 });
  theClock.passDays(1);
  expect(await overSmtp(run)).toMatchObject({ sent: 0 });
  expect(office.received).toHaveLength(1);
});

test("a server that answers the call and says nothing holds nobody for longer than five seconds", async () => {
  const silent = createServer(() => undefined).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const mail = reset();
  await queue(mail);
  const startedAt = Date.now();
  expect(await overSmtp(run, `smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`)).toMatchObject({ sent: 0, delayed: 1 });
  expect(Date.now() - startedAt).toBeLessThan(25_000);
  expect(await rowOf(mail)).toMatchObject({ status: "queued", last_error: expect.stringContaining("ETIMEDOUT") as string });
  silent.close();
});

test("an outage costs a try to those few that met it: the others keep all of theirs", async () => {
  await queue(...Array.from({ length: 30 }, () => reset()));
  expect(await overSmtp(run, "smtp://127.0.0.1:1")).toMatchObject({ sent: 0, finished: 0 });
  expect(await count("SELECT COUNT(*) FROM mail_messages WHERE attempts > 0")).toBeLessThanOrEqual(4);
  theClock.passMinutes(1);
  expect(await overSmtp(run)).toMatchObject({ sent: 30 });
});

test("a server that asks for later is asked later each time, and after the twelfth try the message is given up with its reason", async () => {
  const mail = reset();
  await queue(mail);
  office.manner = () => "later";
  const waits: number[] = [];
  for (let tries = 1; tries <= 12; tries++) {
    const before = theClock.now();
    await overSmtp(() => deliverMailJob.run(before, Date.now() + 20_000));
    const row = await rowOf(mail);
    waits.push(Math.round((row.next_attempt_at.getTime() - before.getTime()) / 60_000));
    theClock.set(new Date(Math.max(row.next_attempt_at.getTime(), before.getTime())));
  }
  expect(waits.slice(0, 5)).toEqual([1, 5, 30, 120, 360]);
  expect(await rowOf(mail)).toMatchObject({ status: "failed", attempts: 12, last_error: expect.stringContaining("451") as string, props: {} });
  expect(office.received).toEqual([]);
});

test("one message that is refused stops none of the others, and its address is not in the reason", async () => {
  const [bad, good] = [reset(), reset()];
  await queue(bad, good);
  office.manner = ({ to }) => (to[0] === bad.recipient ? "refuses" : "takes");
  expect(await overSmtp(run)).toMatchObject({ sent: 1, delayed: 1 });
  const { last_error } = await rowOf(bad);
  expect(last_error).toContain("550");
  expect(last_error).not.toContain("@");
});

test("a message that was taken before the line broke comes once more, under the same Message-ID", async () => {
  const mail = reset();
  await queue(mail);
  office.manner = () => (office.received.length === 0 ? "takes-and-cuts" : "takes");
  expect(await overSmtp(run)).toMatchObject({ sent: 0, delayed: 1 });
  theClock.passMinutes(1);
  expect(await overSmtp(run)).toMatchObject({ sent: 1 });
  expect(office.received).toHaveLength(2);
  expect(new Set(office.received.map((letter) => headerOf(letter, "Message-ID"))).size).toBe(1);
});

test("four runs at once send each message once", async () => {
  await queue(...Array.from({ length: 60 }, () => reset()));
  await overSmtp(() => atOnce(4, run));
  expect(office.received).toHaveLength(60);
  expect(new Set(office.received.map(({ to }) => to[0])).size).toBe(60);
});

test("a message that a run died with is taken up by another after ten minutes", async () => {
  const mail = reset();
  await queue(mail);
  await rows("UPDATE mail_messages SET attempts = 1, next_attempt_at = ? WHERE subject = ?", [new Date(theClock.now().getTime() + 600_000), mail.subject]);
  expect(await overSmtp(run)).toMatchObject({ sent: 0 });
  theClock.passMinutes(10);
  expect(await overSmtp(run)).toMatchObject({ sent: 1 });
});

test.each([
  "lin@example.com\r\nBcc: all@example.com", "a@example.com,b@example.com", '"a@evil"@victim.com', "lin＠example.com", "lin@example.com>", "lin", "",
])("nothing is sent to %j, which is not one address", async (recipient) => {
  expectErrors();
  const mail = { ...reset(), recipient };
  await queue(mail);
  expect(await overSmtp(run)).toMatchObject({ sent: 0, failed: 1 });
  expect(await rowOf(mail)).toMatchObject({ status: "failed" });
  expect(office.received).toEqual([]);
});

test("a line break in a name begins no header, and markup in it stays text", async () => {
  const up: Mail<"level_changed"> = {
    userId: null, recipient: "lin@example.com", template: "level_changed", locale: "en", subject: unique("level"),
    props: { name: "<img src=x onerror=alert(1)>", level: "Gold\r\nBcc: all@example.com", isUp: true, link: "/levels" },
  };
  await queue(up);
  await overSmtp(run);
  const [letter] = office.received;
  expect(letter!.to).toEqual(["lin@example.com"]);
  expect(headerOf(letter!, "Bcc")).toBeUndefined();
  expect(headerOf(letter!, "Subject")).toBe("You reached Gold Bcc: all@example.com");
  const html = letter!.raw.slice(letter!.raw.indexOf("Content-Type: text/html"));
  expect(html).toContain("&lt;img src");
  expect(html).not.toContain("<img");
});

test("mail that people may switch off says where, mail about the account does not", async () => {
  const name = "lin";
  await queue<MailTemplate>(
    { userId: null, recipient: "a@example.com", template: "points_expiring", locale: "zh-CN", subject: unique("x"), props: { name, points: 20, day: "2026-11-22", daysLeft: 1, link: "/wallet" } },
    { userId: null, recipient: "b@example.com", template: "password_changed", locale: "zh-CN", subject: unique("x"), props: { name } },
  );
  await overSmtp(run);
  const [reminder, security] = ["a@example.com", "b@example.com"].map((to) => office.received.find((letter) => letter.to[0] === to)!);
  expect(headerOf(reminder!, "List-Unsubscribe")).toBe("<http://localhost:3000/notifications/settings>");
  expect(headerOf(reminder!, "Subject")).toBe("20 积分将在 11月22日到期");
  expect(headerOf(security!, "List-Unsubscribe")).toBeUndefined();
});

test("in a demo mail goes nowhere and is kept whole for the page that shows it", async () => {
  const mail = reset();
  await queue(mail);
  expect(await withSettings({ SMTP_URL: undefined }, run)).toMatchObject({ sent: 1 });
  expect(await rowOf(mail)).toMatchObject({ status: "sent", props: mail.props });
});

test("in production without a mail server mail waits", async () => {
  const mail = reset();
  await queue(mail);
  expect(await withSettings({ SMTP_URL: undefined, NODE_ENV: "production", SHOP_DEMO: false }, run)).toMatchObject({ sent: 0 });
  expect(await rowOf(mail)).toMatchObject({ status: "queued", attempts: 0 });
});

test("mail for later leaves later", async () => {
  const who = await aUser();
  const mail = { ...reset(), userId: who.id, sendAfter: new Date(theClock.now().getTime() + 3_600_000) };
  await queue(mail);
  expect(await overSmtp(run)).toMatchObject({ sent: 0 });
  theClock.passMinutes(60);
  expect(await overSmtp(run)).toMatchObject({ sent: 1 });
});
