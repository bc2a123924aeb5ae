import "server-only";

import { insertRows, sendPacket, type Statement } from "@/db/packet";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";

import type { Fact } from "./event";
import { MAIL_PROPS, type MailProps, type MailTemplate } from "./mail";

/** Appends a fact in the transaction in which it became true: the audit trail and the outbox are this row. */
export async function emit(ctx: Ctx, ...facts: readonly Fact[]): Promise<void> {
  await sendPacket(ctx.tx, [eventRows(facts.map((fact) => ({ fact, by: actorId(ctx.actor) })), ctx.now)]);
}

/** The same, as a statement for a command that sends its writes together. */
export function eventRows(facts: readonly { fact: Fact; by: UserId | null }[], now: Date): Statement {
  const rows = facts.map(({ fact, by }) => [fact.name, by, fact.subject.type, fact.subject.id, JSON.stringify(fact.data), now]);
  return insertRows("events", ["name", "actor_id", "subject_type", "subject_id", "data", "created_at"], rows);
}

export type Mail<Template extends MailTemplate = MailTemplate> = {
  userId: UserId | null;
  recipient: string;
  template: Template;
  locale: string;
  props: MailProps<Template>;
  /** Names what it is about, at most 80 ASCII characters: the same is sent once. */
  subject: string;
  sendAfter?: Date;
};

/** Puts mail into the outbox in the transaction that causes it: rolled back, it is never sent. A repeat of a subject is left out. */
export async function queueMail<Template extends MailTemplate>(ctx: Ctx, ...mails: readonly Mail<Template>[]): Promise<void> {
  if (mails.length === 0) return;
  const rows = mails.map((mail) => [
    mail.userId, mail.recipient, mail.template, mail.locale, JSON.stringify(MAIL_PROPS[mail.template].parse(mail.props)), mail.subject, mail.sendAfter ?? ctx.now, ctx.now,
  ]);
  const insert = insertRows("mail_messages", ["user_id", "recipient", "template", "locale", "props", "subject", "next_attempt_at", "created_at"], rows);
  await sendPacket(ctx.tx, [{ ...insert, sql: `${insert.sql} ON DUPLICATE KEY UPDATE id = id` }]);
}
