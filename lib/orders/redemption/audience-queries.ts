import "server-only";

import type { RowDataPacket } from "mysql2";

import { statement } from "@/db/packet";
import { GUEST, type Audience, type OwnPrice, type Standing } from "@/lib/catalog/audience";
import type { UserId } from "@/lib/ctx";
import { readLevels } from "@/lib/levels/queries";

import type { ShelfReader } from "./shelf-queries";

const marks = (values: readonly unknown[]): string => values.map(() => "?").join(",");

/** The doors and prices of some SKUs, and where the people stand who ask. */
export type AudienceFacts = { gates: ReadonlyMap<number, readonly Audience[]>; prices: ReadonlyMap<number, readonly OwnPrice[]>; standings: ReadonlyMap<UserId, Standing> };

export const NOBODY: AudienceFacts = { gates: new Map(), prices: new Map(), standings: new Map() };

/** Read only for offers that ask: most are open to everybody at one price. */
export async function readAudience({ read }: ShelfReader, people: readonly UserId[], productIds: readonly number[], skuIds: readonly number[]): Promise<AudienceFacts> {
  const [gates = [], prices = [], levels = [], segments = []] = await read([
    statement(
      `SELECT g.product_id AS owner, g.kind, g.audience_id AS audienceId, l.\`rank\` AS levelRank FROM product_gates g
       LEFT JOIN levels l ON g.kind = 'level' AND l.id = g.audience_id WHERE g.product_id IN (${marks(productIds)})`,
      productIds,
    ),
    statement(
      `SELECT s.sku_id AS owner, s.kind, s.audience_id AS audienceId, l.\`rank\` AS levelRank, s.points_price AS pointsPrice, s.cash_price_cents AS cashPriceCents FROM sku_prices s
       LEFT JOIN levels l ON s.kind = 'level' AND l.id = s.audience_id WHERE s.sku_id IN (${marks(skuIds)})`,
      skuIds,
    ),
    readLevels(people),
    statement(`SELECT user_id, segment_id FROM segment_members FORCE INDEX (segment_members_user_idx) WHERE user_id IN (${marks(people)})`, people),
  ]);
  return {
    gates: grouped<Audience>(gates), prices: grouped<OwnPrice>(prices),
    standings: new Map(levels.map((row) => [row.user_id as UserId, {
      levelRank: row.level_rank as number, segmentIds: segments.filter(({ user_id }) => user_id === row.user_id).map(({ segment_id }) => segment_id as number),
    }])),
  };
}

function grouped<Row>(rows: readonly RowDataPacket[]): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const { owner, ...row } of rows) groups.set(owner, [...(groups.get(owner) ?? []), row as Row]);
  return groups;
}

export const standingIn = ({ standings }: AudienceFacts, userId: UserId): Standing => standings.get(userId) ?? GUEST;
