import { mkdtemp } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { readHealth } from "@/lib/health";
import { withSettings } from "@/test/settings";

import { listPaymentStates } from "./payment-states";
import { DEFAULT_POLICY } from "./settings/policy";
import { diskStorage, type Storage } from "./storage";
import { tryMail, tryStorage } from "./try-out";

const lin = { email: "lin@example.com", username: "lin", locale: "en" };

/** A mail server of a few lines, which answers each message so. */
async function anOffice(verdict: string): Promise<{ url: string; close: () => void; letters: string[] }> {
  const letters: string[] = [];
  const server = createServer((socket) => {
    let letter: string | null = null;
    socket.write("220 office\r\n");
    socket.on("error", () => undefined).on("data", (data) => {
      const text = data.toString();
      if (letter !== null) {
        letter += text;
        if (!letter.endsWith("\r\n.\r\n")) return;
        letters.push(letter);
        letter = null;
        return void socket.write(`${verdict}\r\n`);
      }
      for (const line of text.split("\r\n").filter(Boolean)) {
        if (line === "DATA") letter = "";
        socket.write(line === "DATA" ? "354 go on\r\n" : line.startsWith("QUIT") ? "221 bye\r\n" : "250 office\r\n");
      }
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as { port: number };
  return { url: `smtp://127.0.0.1:${port}`, close: () => server.close(), letters };
}

test("a test mail goes past the outbox and brings the server's own answer, yes or no", async () => {
  const [yes, no] = [await anOffice("250 2.0.0 queued as 4711"), await anOffice("554 5.7.1 not\tfrom you")];
  expect(await withSettings({ SMTP_URL: yes.url }, () => tryMail(lin, DEFAULT_POLICY))).toEqual({ isOk: true, answer: "250 2.0.0 queued as 4711" });
  expect(yes.letters).toHaveLength(1);
  expect(await withSettings({ SMTP_URL: no.url }, () => tryMail(lin, DEFAULT_POLICY))).toEqual({ isOk: false, answer: "554 5.7.1 not from you" });
  yes.close();
  no.close();
});

test("a server that is not there is said, and without one there is no answer", async () => {
  expect(await withSettings({ SMTP_URL: "smtp://127.0.0.1:1" }, () => tryMail(lin, DEFAULT_POLICY))).toMatchObject({ isOk: false, answer: expect.stringContaining("ECONNREFUSED") as string });
  expect(await withSettings({ SMTP_URL: undefined }, () => tryMail(lin, DEFAULT_POLICY))).toBeNull();
});

test("a storage that works passes, and leaves no file", async () => {
  const store = diskStorage(await mkdtemp(join(tmpdir(), "try-")));
  expect(await tryStorage(store)).toEqual({ step: "done", answer: "" });
  for await (const { key } of store.list("checks/")) expect(key).toBe("no file is left");
});

const fine: Storage = { put: async () => undefined, get: async () => null, delete: async () => undefined, list: async function* () {} };
const fails = (message: string) => () => Promise.reject(Object.assign(new Error(message), { code: "EACCES" }));
function remembering(): Storage {
  let kept: Uint8Array<ArrayBuffer> | null = null;
  return { ...fine, put: async (_, bytes) => void (kept = new Uint8Array(bytes)), get: async () => kept };
}

test.each([
  ["write", { ...fine, put: fails("no room") }, "EACCES: no room"],
  ["read", { ...fine, get: fails("EACCES: locked") }, "EACCES: locked"],
  ["compare", fine, ""],
  ["delete", { ...remembering(), delete: fails("kept") }, "EACCES: kept"],
  ["delete", remembering(), ""],
] as const)("a storage that fails to %s says so", async (step, store, answer) => {
  expect(await tryStorage(store)).toEqual({ step, answer });
});

test("what a way to pay lacks is said by name, and nothing of what it has", async () => {
  const states = await withSettings({ STRIPE_SECRET_KEY: "sk_test_secret", STRIPE_WEBHOOK_SECRET: undefined, PAYMENT_TEST_CASHIER: true, NEXTAUTH_URL: "https://shop.example.com" }, async () => listPaymentStates());
  expect(states.find(({ name }) => name === "stripe")).toEqual({ name: "stripe", missing: ["STRIPE_WEBHOOK_SECRET"], lacks: [], mode: "test", callback: "https://shop.example.com/api/webhooks/stripe" });
  expect(states.find(({ name }) => name === "test")).toMatchObject({ missing: [], mode: "test", callback: null });
  expect(JSON.stringify(states)).not.toContain("secret");
  const live = await withSettings({ STRIPE_SECRET_KEY: "rk_live_1", STRIPE_API_URL: undefined }, async () => listPaymentStates());
  expect(live.find(({ name }) => name === "stripe")).toMatchObject({ mode: "live" });
});

test("what would make paying by WeChat easier is said until it is set", async () => {
  const lacks = (settings: Parameters<typeof withSettings>[0]) => withSettings(settings, async () => listPaymentStates().find(({ name }) => name === "wechat")!.lacks);
  expect(await lacks({ WECHAT_APP_SECRET: undefined, WECHAT_PAY_H5: false })).toEqual(["wechatInside", "wechatOnPhone"]);
  expect(await lacks({ WECHAT_APP_SECRET: "only-for-the-tests", WECHAT_PAY_H5: true })).toEqual([]);
});

test("a healthy shop says so of each part", async () => {
  expect(await readHealth()).toMatchObject({ database: "up", storage: "up", migrations: "current" });
});

test("a database that does not answer makes no other part ill", async () => {
  expect(await withSettings({ DATABASE_URL: "mysql://nobody@127.0.0.1:1/none" }, () => readHealth())).toMatchObject({ database: "down", migrations: "unknown", storage: "up" });
});
