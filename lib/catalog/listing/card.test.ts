import { expect, test } from "vitest";

import { GUEST, type Standing } from "../audience";

import { isListedFor, lockOn, personal, type Gate, type NamedPrice } from "./card";

const level = (levelRank: number, name: string): Gate => ({ kind: "level", audienceId: levelRank, levelRank, name, nameEn: name });
const segment = (audienceId: number): Gate => ({ kind: "segment", audienceId, levelRank: null, name: "", nameEn: "" });
const own = (group: Gate, pointsPrice: number, cashPriceCents = 0): NamedPrice => ({ ...group, pointsPrice, cashPriceCents });
const at = (levelRank: number, ...segmentIds: number[]): Standing => ({ levelRank, segmentIds });
const card = (ownPrices: readonly NamedPrice[] = [], gates: readonly Gate[] | null = null) => ({ pointsPrice: 500, cashPriceCents: 0, isGated: gates !== null, gates: gates ?? [], ownPrices });

test("a person pays the best of the prices that are theirs, beside the one for everybody and with the name of whose it is", () => {
  const priced = card([own(level(3, "Gold"), 400), own(level(2, "Silver"), 450), own(segment(7), 300)]);
  expect(personal(priced, at(3), 100)).toMatchObject({ pointsPrice: 400, base: { pointsPrice: 500, cashPriceCents: 0 }, pricedFor: { kind: "level", name: "Gold" } });
  expect(personal(priced, at(2), 100)).toMatchObject({ pointsPrice: 450, pricedFor: { name: "Silver" } });
  expect(personal(priced, at(2, 7), 100)).toMatchObject({ pointsPrice: 300, pricedFor: { kind: "segment", name: "" } });
});

test("who has no price of their own, or a worse one, sees the one for everybody and nothing beside it", () => {
  const plain = { pointsPrice: 500, base: null, pricedFor: null };
  expect(personal(card([own(level(3, "Gold"), 400)]), GUEST, 100)).toMatchObject(plain);
  expect(personal(card([own(level(3, "Gold"), 400)]), at(2), 100)).toMatchObject(plain);
  expect(personal(card([own(level(1, "Bronze"), 600)]), at(2), 100)).toMatchObject(plain);
});

test("a door that is shut names the lowest level that opens it, and a segment is never named", () => {
  const gates = [level(4, "Diamond"), level(3, "Gold"), segment(7)];
  expect(lockOn({ isGated: true, gates }, at(2))).toEqual({ name: "Gold", nameEn: "Gold" });
  expect(lockOn({ isGated: true, gates }, GUEST)).toEqual({ name: "Gold", nameEn: "Gold" });
  expect([lockOn({ isGated: true, gates }, at(3)), lockOn({ isGated: true, gates }, at(0, 7)), lockOn({ isGated: false, gates: [] }, GUEST)]).toEqual([null, null, null]);
  expect(lockOn({ isGated: true, gates: [segment(7)] }, GUEST)).toBeNull();
});

test("what a level opens is listed for all, what only a segment opens for its people, and what nothing opens for nobody", () => {
  expect([isListedFor(false, [], GUEST), isListedFor(true, [level(9, "Top")], GUEST), isListedFor(true, [segment(7)], GUEST), isListedFor(true, [segment(7)], at(9, 7)), isListedFor(true, [], at(9, 7))])
    .toEqual([true, true, false, true, false]);
});
