import { expect, test } from "vitest";

import { queueMail } from "@/lib/events/commands";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { withSettings } from "@/test/settings";
import { theShop, unique } from "@/test/world";

import { GET as frameOf } from "./[id]/html/route";
import { GET as listOf } from "./json/route";

const ask = (to: string): Promise<Response> => listOf(new Request(`http://evil.example/dev/mail/json?to=${encodeURIComponent(to)}`));
const frame = (id: string | number): Promise<Response> => frameOf(new Request("http://shop/"), { params: Promise.resolve({ id: String(id) }) });

async function aMail(): Promise<{ id: number; recipient: string }> {
  const recipient = `${unique("lin")}@example.com`;
  await perform(theShop, (ctx) => queueMail(ctx, { userId: null, recipient, template: "verify_email", locale: "en", subject: unique("verify"), props: { name: "<b>lin</b>", link: "/verify-email?token=abc" } }));
  const [row] = await rows<{ id: number }>("SELECT id FROM mail_messages WHERE recipient = ?", [recipient]);
  return { id: row!.id, recipient };
}

test("mail to one address is listed with its links, which lead to the configured address whatever the Host", async () => {
  const { recipient } = await aMail();
  await aMail();
  expect(await (await ask(recipient)).json()).toMatchObject([{ to: recipient, template: "verify_email", subject: "Confirm your e-mail address", links: ["http://localhost:3000/verify-email?token=abc"] }]);
});

test("a message is shown in a frame that runs and loads nothing", async () => {
  const { id } = await aMail();
  const reply = await frame(id);
  expect(reply.headers.get("content-security-policy")).toMatch(/default-src 'none';.*sandbox(?!.*allow-scripts)/);
  const html = await reply.text();
  expect(html).toContain("&lt;b&gt;lin&lt;/b&gt;");
  expect(html).not.toContain("<b>lin");
});

test("what has left by a mail server is no longer to be read", async () => {
  const { id, recipient } = await aMail();
  await rows("UPDATE mail_messages SET status = 'sent', props = JSON_OBJECT() WHERE id = ?", [id]);
  expect((await frame(id)).status).toBe(404);
  expect(await (await ask(recipient)).json()).toMatchObject([{ status: "sent", subject: null, links: [] }]);
});

test.each(["0", "-1", "1e3", "abc", "99999999999999999999"])("there is no message %s", async (id) => {
  expect((await frame(id)).status).toBe(404);
});

test("in production the page is not there, unless the shop is a demo", async () => {
  const { id, recipient } = await aMail();
  await withSettings({ NODE_ENV: "production", SHOP_DEMO: false }, async () => expect([(await ask(recipient)).status, (await frame(id)).status]).toEqual([404, 404]));
  await withSettings({ NODE_ENV: "production", SHOP_DEMO: true }, async () => expect([(await ask(recipient)).status, (await frame(id)).status]).toEqual([200, 200]));
});

test("in a demo with a mail server nobody reads what waits to leave by it", async () => {
  const { id, recipient } = await aMail();
  const settings = { NODE_ENV: "production", SHOP_DEMO: true, SMTP_URL: "smtp://127.0.0.1:1" } as const;
  await withSettings(settings, async () => expect([(await ask(recipient)).status, (await frame(id)).status]).toEqual([404, 404]));
});
