import "server-only";

import type { Ctx } from "@/lib/ctx";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { describePostError, isMailAddress, LETTERS_AT_ONCE, mailWay, openPost, sceneFor, warnThatMailWaits, type Letter, type Post } from "@/lib/mail";
import { claimMail, listDueMail, markSent, markTried, type DueMail } from "@/lib/notifications/outbox/commands";
import { perform } from "@/lib/perform";
import type { Policy } from "@/lib/settings/policy";

import { clockActor, type Job } from "./job";

const MAILS_AT_ONCE = 40;

/** Sends what is in the outbox. No transaction is open while a mail server thinks; an order never waits for one. */
export const deliverMailJob: Job = {
  everyMinutes: 1,
  async run(now, deadline) {
    const counts: Counts = { sent: 0, delayed: 0, failed: 0 };
    const way = mailWay();
    if (way === "none") {
      warnThatMailWaits();
      return { ...counts, finished: 1 };
    }
    const post = way === "smtp" ? openPost() : null;
    try {
      while (Date.now() < deadline) {
        const due = await inTransaction(now, (ctx) => listDueMail(ctx, MAILS_AT_ONCE));
        if (due.length === 0) return { ...counts, finished: 1 };
        const isOutage = await deliverAll(due, post, now, deadline, counts);
        // Whoever was not tried keeps their place and all of their tries.
        if (isOutage) return { ...counts, finished: 0 };
      }
      return { ...counts, finished: 0 };
    } finally {
      post?.close();
    }
  },
};

type Counts = { sent: number; delayed: number; failed: number };

const inTransaction = <T>(now: Date, work: (ctx: Ctx) => Promise<T>): Promise<T> => perform(clockActor("deliver-mail"), work, now);

/** Delivers a few at a time; true when the mail server takes nothing at all. */
async function deliverAll(due: readonly DueMail[], post: Post | null, now: Date, deadline: number, counts: Counts): Promise<boolean> {
  const waiting = [...due];
  let isOutage = false;
  await Promise.all(Array.from({ length: LETTERS_AT_ONCE }, async () => {
    for (let mail = waiting.shift(); mail && !isOutage && Date.now() < deadline; mail = waiting.shift()) {
      const fate = await deliver(mail, post, now);
      if (fate) counts[fate.counted]++;
      isOutage ||= fate?.isOutage ?? false;
    }
  }));
  return isOutage;
}

type Fate = { counted: keyof Counts; isOutage: boolean };

/** One message: taken, sent, marked. Dying between the last two sends it once more, under the same Message-ID. */
async function deliver(mail: DueMail, post: Post | null, now: Date): Promise<Fate | null> {
  const { held, policy } = await inTransaction(now, async (ctx) => ({ held: await claimMail(ctx, mail), policy: ctx.policy }));
  if (!held) return null;
  const letter = await write(held, policy);
  if (!letter) return given(await inTransaction(now, (ctx) => markTried(ctx, held, "it cannot be written, or its address is none", true)));
  try {
    await post?.send(letter);
  } catch (error) {
    const { reason, isOutage } = describePostError(error);
    log.warn({ mailId: mail.id, template: mail.template, tries: held.attempts, reason }, "mail was not taken");
    return given(await inTransaction(now, (ctx) => markTried(ctx, held, reason)), isOutage);
  }
  await inTransaction(now, (ctx) => markSent(ctx, held, { keepProps: post === null }));
  return { counted: "sent", isOutage: false };
}

const given = (outcome: "waits" | "failed", isOutage = false): Fate => ({ counted: outcome === "waits" ? "delayed" : "failed", isOutage });

/** The message as it leaves; null when it can never leave, which somebody should look at. */
async function write(mail: DueMail, policy: Policy): Promise<Letter | null> {
  try {
    // Fetched with the first letter: the templates cost a server more at its start than all the rest.
    const { composeMail, isMailTemplate } = await import("@/components/mail/compose");
    if (!isMailTemplate(mail.template) || !isMailAddress(mail.recipient)) throw new TypeError("no such template, or an address that is none");
    const { subject, html, text, headers } = await composeMail(mail.template, sceneFor(mail.locale, policy), mail.props);
    return { messageId: messageIdOf(mail), recipient: mail.recipient, subject, html, text, headers };
  } catch (error) {
    log.error({ err: error, mailId: mail.id, template: mail.template }, "mail cannot be written");
    return null;
  }
}

const messageIdOf = ({ id, createdAt }: DueMail): string => `<mail-${id}-${createdAt.getTime().toString(36)}@${new URL(env().NEXTAUTH_URL).hostname}>`;
