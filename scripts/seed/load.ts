import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";

import { insertRows, keepFirstId, sendPacket, statement } from "@/db/packet";
import { newSessionToken, SESSION_DAYS, tokenDigest } from "@/lib/accounts/session-token";
import type { Ctx, UserId } from "@/lib/ctx";
import { eventRows } from "@/lib/events/commands";
import { addDays, dayOf, endOfDay } from "@/lib/day";
import { perform } from "@/lib/perform";
import { grantPoints } from "@/lib/points/keeping/commands";

const LOTS = 10;
const POINTS_PER_LOT = 1_000;
const USERS_AT_ONCE = 200;
const DAY_MS = 86_400_000;

/** Adds users with 10,000 points in ten lots that expire on ten days, each with a living session. */
export async function seedLoad(count: number, tokensFile: string | null): Promise<void> {
  const tokens: string[] = [];
  for (let done = 0; done < count; done += USERS_AT_ONCE) {
    tokens.push(...(await perform({ kind: "system", name: "seed" }, (ctx) => addUsers(ctx, Math.min(USERS_AT_ONCE, count - done)))));
  }
  if (tokensFile) await writeFile(tokensFile, `${tokens.join("\n")}\n`, { mode: 0o600 });
  console.error(`${count} users with ${LOTS * POINTS_PER_LOT} points in ${LOTS} lots each${tokensFile ? `, tokens in ${tokensFile}` : ""}`);
}

async function addUsers(ctx: Ctx, count: number): Promise<string[]> {
  const batch = randomBytes(6).toString("hex");
  const names = Array.from({ length: count }, (_, index) => `load-${batch}-${index}`);
  const results = await sendPacket(ctx.tx, [
    // Nobody signs in with a password here: the hash is of none.
    insertRows("users", ["username", "email", "password_hash", "created_at", "updated_at"], names.map((name) => [name, `${name}@load.points`, "!", ctx.now, ctx.now])),
    keepFirstId("user"),
    statement("SELECT @user AS id"),
  ]);
  const first = results[2]![0]!.id as number;
  const people = names.map((_, index) => (first + index) as UserId);
  const tokens = people.map(() => newSessionToken());
  await sendPacket(ctx.tx, [
    insertRows("point_accounts", ["user_id", "created_at"], people.map((id) => [id, ctx.now])),
    insertRows("sessions", ["token_digest", "user_id", "session_version", "created_at", "expires_at"],
      people.map((id, index) => [tokenDigest(tokens[index]!), id, 1, ctx.now, new Date(ctx.now.getTime() + SESSION_DAYS * DAY_MS)])),
    eventRows(people.map((id) => ({ by: null, fact: { name: "account.registered", subject: { type: "user", id: String(id) }, data: {} } })), ctx.now),
  ]);
  await grantPoints(ctx, people.flatMap((userId) => lotsFor(ctx, userId, batch)));
  return tokens;
}

function lotsFor(ctx: Ctx, userId: UserId, batch: string) {
  const { timeZone } = ctx.policy;
  const today = dayOf(ctx.now, timeZone);
  return Array.from({ length: LOTS }, (_, lot) => ({
    userId, points: POINTS_PER_LOT, expiresAt: endOfDay(addDays(today, 30 * (lot + 1)), timeZone), sourceId: `load-${batch}-${userId}-${lot}`, reason: "load test",
  }));
}
