import "server-only";

import type { RowDataPacket } from "mysql2";

import { insertRows, statement, type Statement } from "@/db/packet";
import type { Perk } from "@/db/schema/points";
import type { UserId } from "@/lib/ctx";

import type { Source } from "../ledger";

import { NO_PERKS, type PerksHeld } from "./perk";

/** Cards given (positive) or used (negative) for one cause; a cause moves each kind once. */
export type PerkMove = { userId: UserId; perk: Perk; quantity: number; source: Source };

/** What people hold. Under the lock of their accounts the answer stays true. */
export const readPerks = (people: readonly UserId[]): Statement =>
  statement(`SELECT user_id, perk, SUM(quantity) AS quantity FROM perk_moves WHERE user_id IN (${people.map(() => "?").join(",")}) GROUP BY user_id, perk`, people);

export function perksFrom(rows: readonly RowDataPacket[]): (userId: UserId) => PerksHeld {
  const held = new Map<UserId, PerksHeld>();
  for (const row of rows) held.set(row.user_id, { ...(held.get(row.user_id) ?? NO_PERKS), [row.perk as Perk]: Number(row.quantity) });
  return (userId) => held.get(userId) ?? NO_PERKS;
}

/** Writes moves of cards; the person's account is locked by whoever sends it. */
export const perkRows = (moves: readonly PerkMove[], now: Date): Statement[] =>
  moves.length === 0 ? [] : [
    insertRows("perk_moves", ["user_id", "perk", "quantity", "source_type", "source_id", "created_at"],
      moves.map(({ userId, perk, quantity, source }) => [userId, perk, quantity, source.type, source.id, now])),
  ];
