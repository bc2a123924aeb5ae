import fc from "fast-check";
import { expect, test } from "vitest";

import type { UserId } from "@/lib/ctx";
import { parseDay } from "@/lib/day";

import { batchNeedsSecond, batchRows, contentOf, isGood, judgeRows, personKey, sumRows, type BatchPerson, type BatchRow, type JudgedRow } from "./batch-file";

const person = (id: number, pointsAvailable = 1_000, isHeld = false): BatchPerson => ({ userId: id as UserId, pointsAvailable, isHeld });
const lin = person(7);
const people = { byId: new Map([[7, lin], [8, person(8, 50)], [9, person(9, 50, true)]]), byEmail: new Map([["lin@example.com", lin]]) };
const context = { makerId: 1, today: parseDay("2026-11-21") };
const row = (changed: Partial<BatchRow>): BatchRow => ({ line: 2, who: "7", points: "10", expiresOn: "", note: "", ...changed });
const problemOf = (changed: Partial<BatchRow>): string | null => judgeRows([row(changed)], people, context)[0]!.problem;

test("a file may name its columns in either language, in any order, or not at all", () => {
  const expected = [{ line: 2, who: "lin@example.com", points: "10", expiresOn: "2027-01-01", note: "sorry" }];
  expect(batchRows([{ line: 1, cells: ["note", "points", "email", "expires_on"] }, { line: 2, cells: ["sorry", "10", "lin@example.com", "2027-01-01"] }])).toEqual(expected);
  expect(batchRows([{ line: 1, cells: ["用户", "积分", "到期日", "备注"] }, { line: 2, cells: ["lin@example.com", "10", "2027-01-01", "sorry"] }])).toEqual(expected);
  expect(batchRows([{ line: 2, cells: ["lin@example.com", "'10", "2027-01-01", "sorry"] }])).toEqual(expected);
});

test("a row keeps the number of its line, empty lines counted", () => {
  expect(batchRows([{ line: 1, cells: ["user", "points"] }, { line: 5, cells: ["7", "10"] }])).toMatchObject([{ line: 5, who: "7" }]);
});

test("a person is named by id or by address, however it is written", () => {
  expect([personKey("7"), personKey("#7"), personKey(" ＬIN@Example.com"), personKey("")]).toEqual([{ id: 7 }, { id: 7 }, { email: "lin@example.com" }, null]);
});

test.each([
  ["no_person", { who: "" }], ["unknown", { who: "nobody@example.com" }], ["unknown", { who: "999" }], ["no_points", { points: "" }], ["not_whole", { points: "1.5" }], ["not_whole", { points: "1,000" }],
  ["not_whole", { points: "1e3" }], ["not_whole", { points: "ten" }], ["zero", { points: "0" }], ["zero", { points: "-0" }], ["too_many", { points: "100000001" }], ["too_many", { points: "-100000001" }],
  ["bad_day", { expiresOn: "2026-02-30" }], ["bad_day", { expiresOn: "soon" }], ["past_day", { expiresOn: "2026-11-20" }], ["day_not_wanted", { points: "-5", expiresOn: "2027-01-01" }],
  ["note_too_long", { note: "长".repeat(201) }], ["too_much", { who: "8", points: "-51" }], ["held", { who: "9" }],
] as const)("a row with %s is told: %j", (problem, changed) => {
  expect(problemOf(changed)).toBe(problem);
});

test.each([[{ points: "+10" }], [{ points: "−10" }], [{ points: "100000000" }], [{ who: "8", points: "-50" }], [{ expiresOn: "2026-11-21" }], [{ expiresOn: "2027/3/1" }], [{ note: "长".repeat(200) }]])("a row like %j is good", (changed) => {
  expect(problemOf(changed)).toBeNull();
});

test("who makes the file is in no row of it", () => {
  expect(judgeRows([row({})], people, { ...context, makerId: 7 })[0]!.problem).toBe("oneself");
});

test("one person in two rows is told in both, by whatever name", () => {
  const judged = judgeRows([row({ line: 2 }), row({ line: 3, who: "lin@example.com" }), row({ line: 4, who: "8" })], people, context);
  expect(judged.map(({ line, problem }) => [line, problem])).toEqual([[2, "repeated"], [3, "repeated"], [4, null]]);
});

const judgedRow = fc.record({ userId: fc.integer({ min: 1, max: 1e6 }), points: fc.integer({ min: -10_000, max: 10_000 }).filter((points) => points !== 0), isBad: fc.boolean() })
  .map(({ userId, points, isBad }, index = 0): JudgedRow => ({ line: index, who: String(userId), note: "", expiresOn: null, points, userId: userId as UserId, problem: isBad ? "too_much" : null }));

test("what goes in less what goes out is the sum of the good rows, and every row is counted once", () => {
  fc.assert(fc.property(fc.array(judgedRow, { maxLength: 60 }), (rows) => {
    const { people: many, pointsIn, pointsOut, problems } = sumRows(rows);
    expect(pointsIn - pointsOut).toBe(rows.filter(isGood).reduce((sum, { points }) => sum + points, 0));
    expect([many + problems, pointsIn >= 0, pointsOut >= 0]).toEqual([rows.length, true, true]);
  }));
});

test("a batch needs a second person for one large row, for many small ones, and for what was done alone before", () => {
  const good = (points: number, userId = 7) => ({ line: 2, who: "7", note: "", expiresOn: null, userId: userId as UserId, problem: null, points });
  const none = { in: 0, out: 0 };
  expect(batchNeedsSecond([good(1_000)], none, 1_000)).toBe(false);
  expect(batchNeedsSecond([good(1_001)], none, 1_000)).toBe(true);
  expect(batchNeedsSecond([good(500), good(501, 8)], none, 1_000)).toBe(true);
  expect(batchNeedsSecond([good(-500), good(-501, 8)], none, 1_000)).toBe(true);
  // In and out do not make up for each other, nor do they add up.
  expect(batchNeedsSecond([good(1_000), good(-1_000, 8)], none, 1_000)).toBe(false);
  expect(batchNeedsSecond([good(600)], { in: 401, out: 0 }, 1_000)).toBe(true);
  expect(batchNeedsSecond([good(600)], { in: 0, out: 401 }, 1_000)).toBe(false);
});

test("the same file is the same however it is written, and another when anything of it differs", () => {
  const read = (rows: BatchRow[]) => contentOf(judgeRows(rows, people, context).filter(isGood));
  const file = read([row({}), row({ line: 3, who: "8" })]);
  expect(read([row({ line: 9, who: "#8" }), row({ line: 1, who: "LIN@example.com", points: "+10" })])).toBe(file);
  for (const changed of [{ points: "11" }, { note: "x" }, { expiresOn: "2027-01-01" }]) expect(read([row(changed), row({ line: 3, who: "8" })])).not.toBe(file);
});
