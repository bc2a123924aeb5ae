import "server-only";

import type { z } from "zod";

import { insertRows, sendPacket, statement, type Statement } from "@/db/packet";
import type { NoticeKind } from "@/db/schema/loyalty";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import { invariant } from "@/lib/invariant";

import { preferenceOf, type Notice, type Preference } from "./notice";
import { ADJUSTABLE_KINDS, type PreferencesInput } from "./schema";

/** Somebody who is told something: where, in which language, and which ways they want. */
export type Listener = { userId: UserId; name: string; email: string; locale: string; /** The address is theirs, as far as the shop asks for proof. */ isReachable: boolean; wants: (kind: NoticeKind) => Preference };

/** Who these people are and what they want to hear. Who was erased is not there. */
export async function loadListeners(ctx: Ctx, people: Iterable<UserId>): Promise<Map<UserId, Listener>> {
  const ids = [...new Set(people)].sort((a, b) => a - b);
  if (ids.length === 0) return new Map();
  const [persons = [], choices = []] = await sendPacket(ctx.tx, [
    statement(`SELECT id, username, email, locale, email_verified_at FROM users WHERE erased_at IS NULL AND id IN (${ids.map(() => "?").join(",")})`, ids),
    statement(`SELECT user_id, kind, in_app, by_mail FROM notification_preferences WHERE user_id IN (${ids.map(() => "?").join(",")})`, ids),
  ]);
  const chosen = new Map(choices.map((row) => [`${row.user_id} ${row.kind}`, { inApp: Boolean(row.in_app), byMail: Boolean(row.by_mail) }]));
  return new Map(persons.map((row) => [row.id as UserId, {
    userId: row.id, name: row.username, email: row.email, locale: row.locale,
    isReachable: !ctx.policy.verifyEmail || row.email_verified_at !== null,
    wants: (kind) => preferenceOf(kind, chosen.get(`${row.id} ${kind}`)),
  } satisfies Listener]));
}

/** Tells those who want to hear it in the shop. What was told before is not told again. */
export async function notify(ctx: Ctx, listeners: ReadonlyMap<UserId, Listener>, notices: readonly Notice[]): Promise<void> {
  const wanted = notices.filter(({ userId, kind }) => listeners.get(userId)?.wants(kind).inApp);
  if (wanted.length > 0) await sendPacket(ctx.tx, [noticeRows(wanted, ctx.now)]);
}

function noticeRows(notices: readonly Notice[], now: Date): Statement {
  const rows = notices.map(({ userId, kind, subject, data, link }) => [userId, kind, subject, JSON.stringify(data), link, now]);
  const insert = insertRows("notifications", ["user_id", "kind", "subject", "data", "link", "created_at"], rows);
  return { ...insert, sql: `${insert.sql} ON DUPLICATE KEY UPDATE id = id` };
}

/** The person has seen one notice of theirs. Anybody else's is left alone, without a word. */
export async function markRead(ctx: Ctx, { id }: { id: number }): Promise<void> {
  await sendPacket(ctx.tx, [statement("UPDATE notifications SET read_at = ? WHERE id = ? AND user_id = ? AND read_at IS NULL", [ctx.now, id, reader(ctx)])]);
}

/** The person has seen all of theirs. */
export async function markAllRead(ctx: Ctx): Promise<void> {
  await sendPacket(ctx.tx, [statement("UPDATE notifications SET read_at = ? WHERE user_id = ? AND read_at IS NULL", [ctx.now, reader(ctx)])]);
}

/** Keeps what the person wants to hear. What is about the safety of their account is always told. */
export async function setPreferences(ctx: Ctx, { preferences }: z.infer<typeof PreferencesInput>): Promise<void> {
  const userId = reader(ctx);
  const rows = ADJUSTABLE_KINDS.flatMap((kind) => {
    const choice = preferences[kind];
    return choice ? [[userId, kind, choice.inApp, choice.byMail]] : [];
  });
  if (rows.length === 0) return;
  const insert = insertRows("notification_preferences", ["user_id", "kind", "in_app", "by_mail"], rows);
  await sendPacket(ctx.tx, [{ ...insert, sql: `${insert.sql} AS v ON DUPLICATE KEY UPDATE in_app = v.in_app, by_mail = v.by_mail` }]);
}

function reader(ctx: Ctx): UserId {
  const userId = actorId(ctx.actor);
  invariant(userId !== null, "notices are read by a person");
  return userId;
}
