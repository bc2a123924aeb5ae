import { beforeAll, expect, test } from "vitest";

import { emit } from "@/lib/events/commands";
import type { Fact } from "@/lib/events/event";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { aUser, theClock, theShop, ZONE, type TestUser } from "@/test/world";

import { addDays } from "@/lib/day";

import { listTrail, walkTrail, type TrailFilter } from "./queries";

const page = (filter: TrailFilter, more: { before?: number; after?: number; limit?: number } = {}) => listTrail(filter, { limit: 10, zone: ZONE, ...more });
const names = async (filter: TrailFilter) => (await page(filter)).rows.map(({ name }) => name);
const changed = (id: number, day = 0): Fact => ({ name: "rule.changed", subject: { type: "rule", id: String(id) }, data: { version: day + 1, changes: { name: ["a", "b"] } } });

let boss: TestUser;
let mei: TestUser;
beforeAll(async () => {
  boss = await aUser({ name: "boss", role: "staff" });
  mei = await aUser({ name: "mei" });
  const at = (days: number) => new Date(theClock.now().getTime() + days * 86_400_000);
  for (const [day, id] of [[-3, 90_001], [-2, 90_002], [-1, 90_001]] as const) await perform(boss.actor, (ctx) => emit(ctx, changed(id, -day)), at(day));
  await perform(mei.actor, (ctx) => emit(ctx, { name: "account.changed", subject: { type: "user", id: String(mei.id) }, data: { fields: ["birthday"] } }));
  await perform(theShop, (ctx) => emit(ctx, { name: "audit.sealed", subject: { type: "seal", id: "ledger-9" }, data: { chain: "ledger", from: 0, to: 9, rows: 9, digest: "d", ids: "1-9", marks: "m" } }));
});

test("records are found by actor, by what they are about, by what happened and by who does such things", async () => {
  expect(await names({ actor: boss.id })).toEqual(["rule.changed", "rule.changed", "rule.changed"]);
  expect((await page({ type: "rule", subject: "90001" })).rows.map(({ data }) => data.version)).toEqual([2, 4]);
  expect(await names({ name: "rule.changed", actor: boss.id })).toHaveLength(3);
  expect(await names({ name: "account.changed", actor: mei.id })).toEqual(["account.changed"]);
  expect(await names({ who: "staff", type: "rule" })).toEqual(["rule.changed", "rule.changed", "rule.changed"]);
  expect(await names({ who: "clock", type: "user", subject: String(mei.id) })).toEqual(["account.registered"]);
  expect((await page({ actor: boss.id })).rows[0]).toMatchObject({ actorId: boss.id, actorName: boss.username, subjectType: "rule", data: { changes: { name: ["a", "b"] } } });
});

test("a search finds a person by name, and anything by its id; a stranger's name finds nothing", async () => {
  expect(await names({ q: mei.username })).toEqual(["account.changed", "account.registered"]);
  expect(await names({ q: "ledger-9", name: "audit.sealed" })).toEqual(["audit.sealed"]);
  expect(await names({ q: "90002", type: "rule" })).toEqual(["rule.changed"]);
  expect(await names({ q: "没有这个人" })).toEqual([]);
  expect(await names({ q: "' OR 1=1 --" })).toEqual([]);
});

test("days begin where the programme's do, and both ends belong to a range", async () => {
  const day = (days: number) => addDays(theClock.today(), days);
  expect((await page({ type: "rule", from: day(-2), to: day(-2) })).rows.map(({ data }) => data.version)).toEqual([3]);
  expect((await page({ type: "rule", from: day(-3), to: day(-2) })).rows.map(({ data }) => data.version)).toEqual([3, 4]);
  expect(await names({ type: "rule", from: day(1) })).toEqual([]);
});

test("pages lead to older records and back, each record on one of them", async () => {
  const seen: number[] = [];
  let before: number | undefined;
  for (let turn = 0; turn < 50; turn++) {
    const { rows: some, nextBefore } = await page({}, { before, limit: 2 });
    seen.push(...some.map(({ id }) => id));
    if (nextBefore === null) break;
    before = nextBefore;
  }
  const all = (await rows<{ id: number }>("SELECT id FROM events WHERE name <> 'audit.sealed' ORDER BY id DESC")).map(({ id }) => id);
  expect(seen).toEqual(all);
  const back = await page({}, { after: all[4], limit: 2 });
  expect(back.rows.map(({ id }) => id)).toEqual(all.slice(2, 4));
  expect(back).toMatchObject({ nextBefore: all[3], previousAfter: all[2] });
});

test("what the seals keep of rows is not read along, and they are shown when asked for alone", async () => {
  expect(await names({})).not.toContain("audit.sealed");
  expect((await page({ name: "audit.sealed" })).rows[0]!.data).toEqual({ chain: "ledger", from: 0, to: 9, rows: 9, digest: "d" });
});

test("a search that no index leads looks through a bounded stretch, and says where to go on", async () => {
  const [newest] = await rows<{ id: number }>("SELECT MAX(id) AS id FROM events");
  const far = newest!.id + 1_000_000;
  await rows("INSERT INTO events (id, name, subject_type, subject_id, data) VALUES (?, 'order.paid', 'order', 'x', '{}')", [far]);
  try {
    const first = await page({ name: "account.changed" });
    expect(first).toMatchObject({ rows: [], searchedTo: far + 1 - 300_000, nextBefore: far + 2 - 300_000 });
    let found = first;
    for (let turn = 0; turn < 6 && found.rows.length === 0; turn++) found = await page({ name: "account.changed" }, { before: found.nextBefore! });
    expect(found.rows.map(({ name }) => name)).toContain("account.changed");
    const walked: string[] = [];
    for await (const some of walkTrail({ name: "account.changed" }, ZONE, 100)) walked.push(...some.map(({ name }) => name));
    expect(walked).toContain("account.changed");
  } finally {
    await rows("DELETE FROM events WHERE id = ?", [far]);
  }
});
