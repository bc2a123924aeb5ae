import "server-only";

import { createHash, randomUUID } from "node:crypto";

import type { RowDataPacket } from "mysql2";

import { affectedRows, insertRows, sendPacket, statement, type Statement } from "@/db/packet";

import { actorId, type Ctx, type UserId } from "./ctx";
import { invariant } from "./invariant";
import { allow, orRefuse, refuse, type Decision } from "./refusal";

/** A client's name for one intention, and a digest of what it asked: the same intention takes effect once. */
export type RequestKey = { key: string; bodyDigest: Buffer; /** Made here, because the client sent none: it cannot be a repeat. */ isFresh: boolean };

/** Visible ASCII, at most 255 characters: the Idempotency-Key of the IETF draft. */
export const REQUEST_KEY = /^[\x21-\x7e]{1,255}$/;

/** The key that the client sent, or a fresh one when it sent none. */
export const requestKey = (key: string | undefined, operation: string, body: unknown): RequestKey => ({
  key: key ?? randomUUID(),
  isFresh: key === undefined,
  bodyDigest: createHash("sha256").update(operation).update("\n").update(canonical(body)).digest(),
});

/** JSON with sorted keys, so that a client may send its fields in any order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner);
}

export type KeyOwner = { userId: UserId; request: RequestKey };
/** Replies that were given, by person and key. */
export type KnownReplies = Map<string, { bodyDigest: Buffer; reply: unknown }>;

const placeOf = (userId: UserId, key: string): string => `${userId} ${key}`;

/** Reads which keys have taken effect. Under the lock of the person's account the answer stays true. */
export const readKeys = (owners: readonly KeyOwner[]): Statement =>
  statement(
    `SELECT actor_id, request_key, body_digest, reply FROM idempotency_keys WHERE (actor_id, request_key) IN (${owners.map(() => "(?,?)").join(",")})`,
    owners.flatMap(({ userId, request }) => [userId, request.key]),
  );

export const knownReplies = (rows: readonly { userId: number; key: string; bodyDigest: Buffer; reply: unknown }[]): KnownReplies =>
  new Map(rows.map(({ userId, key, ...known }) => [placeOf(userId as UserId, key), known]));

export const repliesFrom = (rows: readonly RowDataPacket[]): KnownReplies =>
  knownReplies(rows.map((row) => ({ userId: row.actor_id, key: row.request_key, bodyDigest: row.body_digest, reply: row.reply })));

/** The stored reply of a repeat, null for a new intention; refuses `request_key_reused` for another body under the same key. */
export function findReply<Reply>(known: KnownReplies, { userId, request }: KeyOwner): Decision<Reply | null> {
  const found = known.get(placeOf(userId, request.key));
  if (!found) return allow(null);
  if (!found.bodyDigest.equals(request.bodyDigest)) return refuse("request_key_reused");
  return allow(found.reply as Reply);
}

/** Adds a reply that this set has just given: a repeat may be in the same set. */
export function keepReply(known: KnownReplies, { userId, request }: KeyOwner, reply: unknown): void {
  known.set(placeOf(userId, request.key), { bodyDigest: request.bodyDigest, reply });
}

export const insertKeys = (rows: readonly (KeyOwner & { reply: unknown })[], now: Date): Statement =>
  insertRows(
    "idempotency_keys",
    ["actor_id", "request_key", "body_digest", "reply", "created_at"],
    rows.map(({ userId, request, reply }) => [userId, request.key, request.bodyDigest, JSON.stringify(reply), now]),
  );

/**
 * Runs a command once per key: a repeat gets the first reply and changes nothing.
 * Only effects are kept; a refusal changed nothing, so the same key may try again.
 */
export async function once<Reply>(ctx: Ctx, request: RequestKey, work: () => Promise<Reply>): Promise<Reply> {
  const userId = actorId(ctx.actor);
  invariant(userId !== null, "a request key belongs to a person");
  // The key is taken first: a concurrent repeat waits here until this transaction ends.
  const [header] = await sendPacket(ctx.tx, [
    statement("INSERT IGNORE INTO idempotency_keys (actor_id, request_key, body_digest, created_at) VALUES (?, ?, ?, ?)", [userId, request.key, request.bodyDigest, ctx.now]),
  ]);
  if (affectedRows(header) === 0) {
    const [rows = []] = await sendPacket(ctx.tx, [readKeys([{ userId, request }])]);
    return orRefuse(findReply<Reply>(repliesFrom(rows), { userId, request })) as Reply;
  }
  const reply = await work();
  await sendPacket(ctx.tx, [
    statement("UPDATE idempotency_keys SET reply = ? WHERE actor_id = ? AND request_key = ?", [JSON.stringify(reply ?? null), userId, request.key]),
  ]);
  return reply;
}
