import "server-only";

import { affectedRows, sendPacket, statement } from "@/db/packet";
import type { Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { isSafeToKeep } from "@/lib/events/mail";

import { nextTry } from "./backoff";

/** A message that waits in the outbox. `dueAt` names the try: whoever changes it first has the message. */
export type DueMail = { id: number; recipient: string; template: string; locale: string; props: unknown; attempts: number; dueAt: Date; createdAt: Date };

/** What is due, the longest waiting first. */
export async function listDueMail(ctx: Ctx, max: number): Promise<DueMail[]> {
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT id, recipient, template, locale, props, attempts, next_attempt_at, created_at FROM mail_messages FORCE INDEX (mail_messages_due_idx)
       WHERE status = 'queued' AND next_attempt_at <= ? ORDER BY next_attempt_at, id LIMIT ?`,
      [ctx.now, max],
    ),
  ]);
  return rows.map((row) => ({
    id: row.id, recipient: row.recipient, template: row.template, locale: row.locale, props: row.props, attempts: row.attempts, dueAt: row.next_attempt_at, createdAt: row.created_at,
  }));
}

/** Longer than any try takes. A process that dies with a message leaves it to others after this. */
const HELD_MS = 600_000;

/** Takes a message for one try; null when somebody else has it. */
export async function claimMail(ctx: Ctx, mail: DueMail): Promise<DueMail | null> {
  const heldUntil = new Date(ctx.now.getTime() + HELD_MS);
  const [header] = await sendPacket(ctx.tx, [
    statement("UPDATE mail_messages SET next_attempt_at = ?, attempts = attempts + 1 WHERE id = ? AND status = 'queued' AND next_attempt_at = ?", [heldUntil, mail.id, mail.dueAt]),
  ]);
  return affectedRows(header) === 1 ? { ...mail, attempts: mail.attempts + 1, dueAt: heldUntil } : null;
}

/** The message has left. What it said is forgotten, unless it is kept for the page that shows it: it may hold a link that signs in. */
export async function markSent(ctx: Ctx, mail: DueMail, { keepProps }: { keepProps: boolean }): Promise<void> {
  await sendPacket(ctx.tx, [
    statement(`UPDATE mail_messages SET status = 'sent', sent_at = ?, last_error = NULL${keepProps ? "" : ", props = JSON_OBJECT()"} WHERE id = ? AND next_attempt_at = ?`, [ctx.now, mail.id, mail.dueAt]),
  ]);
}

/** The try failed: the message waits for the next, or is given up after the last, or at once when no try can succeed. Given up, only what nobody could misuse is kept of it. */
export async function markTried(ctx: Ctx, mail: DueMail, reason: string, isHopeless = false): Promise<"waits" | "failed"> {
  const again = isHopeless ? null : nextTry(mail.attempts, ctx.now);
  const outcome = again
    ? statement("UPDATE mail_messages SET next_attempt_at = ?, last_error = ? WHERE id = ? AND next_attempt_at = ?", [again, reason, mail.id, mail.dueAt])
    : statement(`UPDATE mail_messages SET status = 'failed', last_error = ?${isSafeToKeep(mail.template) ? "" : ", props = JSON_OBJECT()"} WHERE id = ? AND next_attempt_at = ?`, [reason, mail.id, mail.dueAt]);
  await sendPacket(ctx.tx, [outcome]);
  return again ? "waits" : "failed";
}

/** Sends what was given up once more, from its first try, and what waits for long at once. What was thrown away with its failure stays. Refuses nothing: says how many. */
export async function retryMail(ctx: Ctx, { ids }: { ids: readonly number[] }): Promise<{ again: number; left: number }> {
  const wanted = [...new Set(ids)].sort((one, other) => one - other);
  const [rows = []] = await sendPacket(ctx.tx, [
    // Somebody may be sending what is due within the time of a hold: taken out of their hands it would leave twice.
    statement(
      `SELECT id FROM mail_messages WHERE id IN (${wanted.map(() => "?").join(",")}) AND ((status = 'failed' AND JSON_LENGTH(props) > 0) OR (status = 'queued' AND next_attempt_at > ?)) FOR UPDATE`,
      [...wanted, new Date(ctx.now.getTime() + HELD_MS)],
    ),
  ]);
  const found = rows.map((row) => row.id as number);
  for (const id of found) {
    await sendPacket(ctx.tx, [statement("UPDATE mail_messages SET status = 'queued', attempts = 0, next_attempt_at = ? WHERE id = ?", [ctx.now, id])]);
    await emit(ctx, { name: "mail.retried", subject: { type: "mail", id: String(id) }, data: {} });
  }
  return { again: found.length, left: wanted.length - found.length };
}
