import "server-only";

import type { RowDataPacket } from "mysql2";

import { readRows, statement, type Statement } from "@/db/packet";
import { GUEST, type Standing } from "@/lib/catalog/audience";
import type { UserId } from "@/lib/ctx";

/**
 * Where these people stand, one row for each: user_id, level_rank, segment_ids. The rank is the one that rules ask for (`readLevels`):
 * who has no level yet, or one that was switched off since, stands on the highest one in force that is not above it.
 */
export function readStandings(people: readonly UserId[]): Statement {
  return statement(
    `SELECT p.user_id, COALESCE(
         (SELECT MAX(below.\`rank\`) FROM levels below WHERE below.is_active AND below.\`rank\` <= held.\`rank\`),
         (SELECT MIN(lowest.\`rank\`) FROM levels lowest WHERE lowest.is_active), 0) AS level_rank,
       (SELECT JSON_ARRAYAGG(g.segment_id) FROM segment_members g WHERE g.user_id = p.user_id) AS segment_ids
     FROM (VALUES ${people.map(() => "ROW(?)").join(",")}) p (user_id)
     LEFT JOIN member_levels m ON m.user_id = p.user_id
     LEFT JOIN levels held ON held.id = m.level_id`,
    people,
  );
}

export const standingsFrom = (rows: readonly RowDataPacket[]): Map<UserId, Standing> =>
  new Map(rows.map((row) => [row.user_id, { levelRank: row.level_rank, segmentIds: idsIn(row.segment_ids) }]));

/** Ids of one person's segments, smallest first. */
const idsIn = (segmentIds: number[] | null): number[] => (segmentIds ?? []).map(Number).sort((a, b) => a - b);

/** Where one person stands before doors and prices of some people; nobody in particular is a guest. */
export async function standingOf(userId: UserId | null): Promise<Standing> {
  if (userId === null) return GUEST;
  return standingsFrom(await readRows(readStandings([userId]))).get(userId) ?? GUEST;
}
