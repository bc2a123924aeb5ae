import { expect, test } from "vitest";

import { db } from "@/db/client";
import { aMug, anOrder, aUser, endOfDayIn, lin, theClock } from "@/test/world";

import { getBalance, listEntries, listLots, readPointsAvailable } from "./queries";

test("another person's expired points take nothing from mine", async () => {
  const mei = await aUser({ name: "mei", points: 50 });
  await aUser({ lots: [{ points: 400, expiresInDays: 1 }] });
  theClock.set(endOfDayIn(2));
  expect((await getBalance(db(), mei.id, theClock.now())).pointsAvailable).toBe(50);
  expect(await readPointsAvailable(mei.id)).toBe(50);
});

test("at the instant at which points expire they are not shown any more, though no sweep has come by", async () => {
  const who = await lin();
  const end = endOfDayIn(1);
  expect((await getBalance(db(), who.id, new Date(end.getTime() - 1))).pointsAvailable).toBe(120);
  expect((await getBalance(db(), who.id, end)).pointsAvailable).toBe(100);
  theClock.set(end);
  expect(await readPointsAvailable(who.id)).toBe(100);
});
