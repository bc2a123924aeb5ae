import { expect, test } from "vitest";

import { readRows } from "@/db/packet";
import { readLevels } from "@/lib/levels/queries";
import { rows } from "@/test/database";
import { aUser, theClock, unique } from "@/test/world";

import { readStandings, standingOf, standingsFrom } from "./queries";

async function aSegment(): Promise<number> {
  const slug = unique("segment");
  await rows("INSERT INTO segments (slug, name, definition) VALUES (?, 'a segment', '{}')", [slug]);
  return (await rows<{ id: number }>("SELECT id FROM segments WHERE slug = ?", [slug]))[0]!.id;
}

const place = (userId: number, levelId: number) =>
  rows("INSERT INTO member_levels (user_id, level_id, since, review_at) VALUES (?, ?, ?, ?)", [userId, levelId, theClock.now(), theClock.now()]);

test("a guest stands nowhere", async () => {
  expect(await standingOf(null)).toEqual({ levelRank: null, segmentIds: [] });
});

test("a person stands on the level that rules go by, whether they have one, none yet, or one that was switched off", async () => {
  await rows("INSERT INTO levels (`rank`, name, threshold, is_active) VALUES (901, 'low', 0, TRUE), (903, 'high', 9000, TRUE), (905, 'switched off', 900000, FALSE)");
  const ladder = await rows<{ id: number; rank: number }>("SELECT id, `rank` FROM levels WHERE is_active ORDER BY `rank`");
  const [off] = await rows<{ id: number }>("SELECT id FROM levels WHERE `rank` = 905");
  const [fresh, top, formerly] = [await aUser(), await aUser(), await aUser()];
  await place(top.id, ladder.at(-1)!.id);
  await place(formerly.id, off!.id);
  const people = [fresh.id, top.id, formerly.id];
  const standings = standingsFrom(await readRows(readStandings(people)));
  expect(people.map((id) => standings.get(id)!.levelRank)).toEqual([ladder[0]!.rank, ladder.at(-1)!.rank, ladder.at(-1)!.rank]);
  const byRules = await readRows(readLevels(people));
  for (const { user_id, level_rank } of byRules) expect(standings.get(user_id)!.levelRank).toBe(level_rank);
});

test("a person stands in the segments they are in now, and in nobody else's", async () => {
  const [who, other, first, second] = [await aUser(), await aUser(), await aSegment(), await aSegment()];
  await rows("INSERT INTO segment_members (segment_id, user_id) VALUES (?, ?), (?, ?), (?, ?)", [second, who.id, first, who.id, first, other.id]);
  expect((await standingOf(who.id)).segmentIds).toEqual([first, second]);
  await rows("DELETE FROM segment_members WHERE user_id = ? AND segment_id = ?", [who.id, first]);
  expect((await standingOf(who.id)).segmentIds).toEqual([second]);
  expect((await standingOf(other.id)).segmentIds).toEqual([first]);
});
