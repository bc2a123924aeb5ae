import "server-only";

import { createTransport } from "nodemailer";

import { mailScene, type MailScene } from "@/components/mail/scene";

import { env } from "./env";
import { chooseLocale } from "./i18n";
import { log } from "./log";
import { pointsNameOf } from "./points-name";
import type { Policy } from "./settings/policy";

/** A message as it leaves: rendered, for one address. */
export type Letter = {
  /** The same for every attempt at one message, so that a receiver can tell a second copy from a second message. */
  messageId: string;
  recipient: string;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
};

/** Where mail goes: to a server; nowhere but into the table, where a page shows it; or nowhere yet. */
export type MailWay = "smtp" | "sink" | "none";

export function mailWay(): MailWay {
  if (env().SMTP_URL) return "smtp";
  return isTryout() ? "sink" : "none";
}

/** Whether what is put into the outbox reaches somebody. */
export const mailIsConfigured = (): boolean => mailWay() !== "none";

/** Development, tests and demos: where there is no mail server, mail may be read by whoever can open the shop. */
const isTryout = (): boolean => env().NODE_ENV !== "production" || env().SHOP_DEMO;

const shared = globalThis as { pointsMallSaidNoMail?: boolean };

/** Says once in the life of a process that mail waits. */
export function warnThatMailWaits(): void {
  if (!shared.pointsMallSaidNoMail) log.warn("SMTP_URL is not set: mail waits in the outbox until it is");
  shared.pointsMallSaidNoMail = true;
}

/** One plain address. Quotes, lists, comments and line breaks are what addresses are forged with, and no person's needs them. */
export const isMailAddress = (text: string): boolean => text.length <= 254 && /^[^\s@<>()[\]\\,;:"\p{Cc}＠]+@[^\s@<>()[\]\\,;:"\p{Cc}＠]+\.[^\s@<>()[\]\\,;:"\p{Cc}＠.]+$/u.test(text);

/** In what a message to somebody who reads `language` is written. */
export function sceneFor(language: string, policy: Policy): MailScene {
  const locale = chooseLocale(language, null);
  return mailScene(locale, locale === "en" ? policy.shopNameEn : policy.shopName, env().NEXTAUTH_URL, { hue: policy.brandHue, logo: policy.logo, points: pointsNameOf(policy) });
}

/** Who the shop writes as. */
export const mailFrom = (): string => env().MAIL_FROM ?? `no-reply@${new URL(env().NEXTAUTH_URL).hostname}`;

export type Post = { /** What the server answered. */ send: (letter: Letter) => Promise<string>; close: () => void };

const CONNECT_MS = 5_000;
const SILENCE_MS = 10_000;
/** A server that keeps dripping is never silent, and yet not one that takes mail. */
const LETTER_MS = 60_000;
export const LETTERS_AT_ONCE = 4;

/** Opens connections to the mail server, as letters need them. */
export function openPost(): Post {
  const { SMTP_URL } = env();
  const transport = createTransport({
    url: SMTP_URL, pool: true, maxConnections: LETTERS_AT_ONCE,
    connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, dnsTimeout: CONNECT_MS, socketTimeout: SILENCE_MS,
    // The pool's own second try may follow a message that the server had taken already: whether to try again is the outbox's to decide.
    maxRequeues: 0,
    disableFileAccess: true, disableUrlAccess: true,
  });
  const from = mailFrom();
  return {
    send: async ({ recipient, ...letter }) => (await within(LETTER_MS, transport.sendMail({ ...letter, from, to: { name: "", address: recipient }, envelope: { from: addressIn(from), to: [recipient] } }))).response,
    close: () => transport.close(),
  };
}

const addressIn = (mailbox: string): string => /<([^>]+)>$/.exec(mailbox)?.[1] ?? mailbox;

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error("the mail server did not finish in time"), { code: "ETIMEDOUT" })), milliseconds);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

const NOBODY_GETS_THROUGH = new Set(["ECONNECTION", "ETIMEDOUT", "ESOCKET", "EDNS", "ETLS", "EAUTH", "ENOAUTH", "EOAUTH2", "ECONFIG", "EPROXY", "EPROTOCOL"]);

/** Why a letter did not leave, without whose it is: a server's words repeat the address. */
export function describePostError(error: unknown): { reason: string; /** The next letter would fare no better now. */ isOutage: boolean } {
  const { code = "", responseCode = "", command = "" } = error as { code?: string; responseCode?: number | string; command?: string };
  const reason = [code, responseCode, command].filter(Boolean).join(" ") || (error instanceof Error ? error.name : "unknown");
  return { reason: reason.slice(0, 200), isOutage: NOBODY_GETS_THROUGH.has(code) };
}
