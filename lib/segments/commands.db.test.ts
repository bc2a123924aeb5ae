import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { db } from "@/db/client";
import { checkInAll } from "@/lib/checkin/commands";
import { cancelOrder } from "@/lib/orders/commands";
import { refreshSegmentsJob } from "@/lib/jobs/refresh-segments";
import { perform } from "@/lib/perform";
import { requestKey } from "@/lib/request-key";
import { count, rows } from "@/test/database";
import { aKettle, anOrder, aMug, aUser, eventsAbout, noonIn, pay, refusalOf, theClock, theShop, type TestUser } from "@/test/world";

import { askRefresh, refreshSegment, saveSegment } from "./commands";
import { SegmentInput } from "./schema";
import type { SegmentDefinition } from "./segment";
import { countMatching, listMembers } from "./staff-queries";

const refresh = () => refreshSegmentsJob.run(theClock.now(), Date.now() + 20_000);
const save = (definition: SegmentDefinition, more: { id?: number; isActive?: boolean } = {}) =>
  perform(theShop, (ctx) => saveSegment(ctx, { requestId: "test", name: "some people", nameEn: "", definition, isActive: true, ...more }));
const membersOf = async ({ id }: { id: number }): Promise<number[]> => (await rows<{ user_id: number }>("SELECT user_id FROM segment_members WHERE segment_id = ? ORDER BY user_id", [id])).map(({ user_id }) => user_id);

/** Of these people, whom a definition holds. */
async function heldOf(definition: SegmentDefinition, people: readonly TestUser[]): Promise<string[]> {
  const segment = await save(definition);
  await refresh();
  const members = await membersOf(segment);
  expect(await countMatching(definition, theClock.now(), "Asia/Shanghai"), "the preview counts whom the refresh writes down").toBe(members.length);
  await rows("DELETE FROM segment_members WHERE segment_id = ?", [segment.id]);
  await rows("DELETE FROM segments WHERE id = ?", [segment.id]);
  return people.filter(({ id }) => members.includes(id)).map(({ username }) => username.split("-")[0]!);
}

test("each condition finds its people", async () => {
  const buyer = await aUser({ name: "buyer", points: 5_000 });
  const payer = await aUser({ name: "payer", points: 300 });
  const regret = await aUser({ name: "regret", points: 300 });
  const quiet = await aUser({ name: "quiet", lots: [{ points: 40, expiresInDays: 3 }] });
  const people = [buyer, payer, regret, quiet];
  const mug = await aMug({ initialStock: 10 });
  for (let times = 0; times < 3; times++) await anOrder(buyer, mug);
  const { orderId } = await anOrder(payer, await aKettle());
  await pay(payer, orderId);
  const undone = await anOrder(regret, await aKettle());
  await perform(regret.actor, (ctx) => cancelOrder(ctx, { requestId: randomUUID(), orderId: undone.orderId }));
  await perform(quiet.actor, (ctx) => checkInAll(ctx, [{ userId: quiet.id, request: requestKey(undefined, "check-in", null) }]));

  expect(await heldOf({ ordersMin: 1 }, people)).toEqual(["buyer", "payer"]);
  expect(await heldOf({ ordersMin: 2 }, people)).toEqual(["buyer"]);
  expect(await heldOf({ ordersMax: 0 }, people)).toEqual(["regret", "quiet"]);
  expect(await heldOf({ paidOrdersMin: 1 }, people)).toEqual(["payer"]);
  expect(await heldOf({ orderedWithinDays: 7 }, people)).toEqual(["buyer", "payer"]);
  expect(await heldOf({ noOrderForDays: 7 }, people)).toEqual(["regret", "quiet"]);
  expect(await heldOf({ checkedInWithinDays: 1 }, people)).toEqual(["quiet"]);
  expect(await heldOf({ noCheckInForDays: 1 }, people)).toEqual(["buyer", "payer", "regret"]);
  expect(await heldOf({ pointsMin: 4_000 }, people)).toEqual(["buyer"]);
  expect(await heldOf({ pointsExpiringWithinDays: 7 }, people)).toEqual(["quiet"]);
  expect(await heldOf({ joinedWithinDays: 1 }, people)).toHaveLength(4);
  expect(await heldOf({ joinedBeforeDays: 1 }, people)).toEqual([]);
  expect(await heldOf({ ordersMin: 1, checkedInWithinDays: 1 }, people), "all of them at once").toEqual([]);
  expect(await heldOf({ userIds: [quiet.id] }, people)).toEqual(["quiet"]);
  expect(await heldOf({ ordersMin: 3, userIds: [quiet.id] }, people), "and whoever is chosen by hand").toEqual(["buyer", "quiet"]);
  theClock.passDays(9);
  expect(await heldOf({ orderedWithinDays: 7 }, people)).toEqual([]);
  expect(await heldOf({ noOrderForDays: 7, ordersMin: 1 }, people), "once, and not for a week").toEqual(["buyer", "payer"]);
  expect(await heldOf({ joinedBeforeDays: 7 }, people)).toHaveLength(4);
});

test("who was never placed stands on the lowest level", async () => {
  const [lin, mei] = [await aUser(), await aUser()];
  await rows("INSERT INTO levels (`rank`, name, threshold, is_active) VALUES (71, 'low', 0, 1), (72, 'high', 1000072, 1)");
  const others = await rows<{ id: number }>("SELECT id FROM levels WHERE is_active AND `rank` < 71");
  const [low = 0, high = 0] = await Promise.all([71, 72].map((rank) => count("SELECT id FROM levels WHERE `rank` = ?", [rank])));
  try {
    for (const { id } of others) await rows("UPDATE levels SET is_active = 0 WHERE id = ?", [id]);
    await rows("DELETE FROM member_levels WHERE user_id = ?", [lin.id]);
    await rows("INSERT INTO member_levels (user_id, level_id, since, review_at) VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE level_id = VALUES(level_id)", [mei.id, high, theClock.now(), noonIn(9)]);
    expect(await heldOf({ levelIds: [low], joinedWithinDays: 1 }, [lin, mei])).toHaveLength(1);
    expect(await heldOf({ levelIds: [high] }, [lin, mei])).toHaveLength(1);
    expect(await heldOf({ levelIds: [low, high] }, [lin, mei])).toHaveLength(2);
  } finally {
    await rows("DELETE FROM member_levels WHERE user_id = ?", [mei.id]);
    await rows("DELETE FROM levels WHERE `rank` IN (71, 72)");
    for (const { id } of others) await rows("UPDATE levels SET is_active = 1 WHERE id = ?", [id]);
  }
});

test("a refresh writes what changed and nothing else, and says so once", async () => {
  const [lin, mei] = [await aUser({ points: 10 }), await aUser()];
  const segment = await save({ userIds: [lin.id] });
  await refresh();
  const since = await rows<{ created_at: Date }>("SELECT created_at FROM segment_members WHERE segment_id = ?", [segment.id]);
  theClock.passDays(1);
  await refresh();
  expect(await rows("SELECT created_at FROM segment_members WHERE segment_id = ?", [segment.id]), "who stays, stays since then").toEqual(since);
  await save({ userIds: [mei.id] }, segment);
  expect(await membersOf(segment), "until it is written down it holds whom it held").toEqual([lin.id]);
  await refresh();
  expect(await membersOf(segment)).toEqual([mei.id]);
  await save({ userIds: [mei.id] }, { ...segment, isActive: false });
  await refresh();
  expect(await membersOf(segment), "one that is switched off holds nobody").toEqual([]);
  const told = await eventsAbout("segment", segment.id);
  expect(told.map(({ name }) => name)).toEqual(["segment.created", "segment.refreshed", "segment.changed", "segment.refreshed", "segment.changed", "segment.refreshed"]);
  expect(told[3]!.data).toEqual({ members: 1, joined: 1, left: 1 });
});

test("two refreshes at once write the same, and one that is asked for comes soon", async () => {
  const people = [await aUser(), await aUser(), await aUser()];
  const segment = await save({ userIds: people.map(({ id }) => id) });
  await Promise.all([refresh(), refresh(), refresh()]);
  expect(await membersOf(segment)).toEqual(people.map(({ id }) => id));
  await rows("DELETE FROM segment_members WHERE segment_id = ?", [segment.id]);
  await refresh();
  expect(await membersOf(segment), "not before its time").toEqual([]);
  await perform(theShop, (ctx) => askRefresh(ctx, segment));
  await refresh();
  expect(await membersOf(segment)).toHaveLength(3);
  expect(await refusalOf(perform(theShop, (ctx) => askRefresh(ctx, { id: 99_999_999 })))).toBe("not_found");
});

test("a part that is being written down holds nobody's account", async () => {
  const people = [await aUser({ points: 500 }), await aUser({ points: 500 })];
  const segment = await save({ pointsMin: 400 });
  await refresh();
  await perform(theShop, async (ctx) => {
    await refreshSegment(ctx, segment, people[0]!.id - 1);
    for (const { id } of people) expect(await rows("SELECT user_id FROM point_accounts WHERE user_id = ? FOR UPDATE NOWAIT", [id])).toHaveLength(1);
  });
});

test("its people are listed in pages", async () => {
  const people = [await aUser(), await aUser(), await aUser()];
  const segment = await save({ userIds: people.map(({ id }) => id) });
  await refresh();
  const first = await listMembers(db(), segment.id, {}, 2);
  expect(first.rows.map(({ id }) => id)).toEqual([people[2]!.id, people[1]!.id]);
  const second = await listMembers(db(), segment.id, { before: first.nextBefore! }, 2);
  expect([second.rows.map(({ email }) => email), second.nextBefore]).toEqual([[people[0]!.email], null]);
});

test.each<[unknown, boolean]>([
  [{}, false], [{ ordersMin: 3, ordersMax: 2 }, false], [{ joinedWithinDays: 7, joinedBeforeDays: 7 }, false], [{ orderedWithinDays: 7, noOrderForDays: 30 }, false], [{ checkedInWithinDays: 3, noCheckInForDays: 3 }, false],
  [{ levelIds: [] }, false], [{ pointsMin: 0.5 }, false], [{ pointsMin: "1; DROP TABLE users" }, false], [{ sql: "1=1" }, false], [{ ordersMin: 2, ordersMax: 2 }, true], [{ joinedWithinDays: 30, joinedBeforeDays: 7 }, true],
])("a segment of %j can be asked for: %s", (definition, isFine) => {
  expect(SegmentInput.safeParse({ requestId: "k", name: "some", definition }).success).toBe(isFine);
});
