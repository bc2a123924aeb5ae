import { afterEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { addDays, dayOf, endOfDay } from "@/lib/day";
import { perform } from "@/lib/perform";
import { earnPoints } from "@/lib/rules/commands";
import { rows } from "@/test/database";
import { withSettings } from "@/test/settings";
import { anOrder, aSpeaker, aUser, lotsOf, theClock, theShop } from "@/test/world";

import { DEFAULT_POLICY } from "./policy";
import { forgetPolicy, getPolicy } from "./queries";

const set = async (name: string, value: unknown): Promise<void> => {
  await rows("INSERT INTO settings (name, value) VALUES (?, ?)", [name, JSON.stringify(value)]);
  forgetPolicy();
};

afterEach(async () => {
  await rows("DELETE FROM settings");
  forgetPolicy();
});

test("a setting takes the default's place in every command", async () => {
  await set("pointsPerYuan", 50);
  await set("timeZone", "America/New_York");
  await set("expiry", { kind: "rolling", every: 10, unit: "day", roundTo: null });
  const lin = await aUser({ points: 5_000 });
  expect(await anOrder(lin, await aSpeaker(), { pointsToUse: 1_000 })).toMatchObject({ cashDueCents: 17_900 });
  const mei = await aUser();
  await perform(theShop, (ctx) => earnPoints(ctx, { userId: mei.id, action: "register", source: { type: "register", id: String(mei.id) } }));
  const day = dayOf(theClock.now(), "America/New_York");
  expect((await lotsOf(mei)).map((lot) => lot.expires_at)).toEqual([endOfDay(addDays(day, 10), "America/New_York")]);
});

test("a setting that no longer fits leaves the default in force", async () => {
  await set("pointsPerYuan", 0);
  await set("constructor", 1);
  expect(await getPolicy(db())).toEqual(DEFAULT_POLICY);
});

test("a read that failed is not believed: the next one reads again", async () => {
  await withSettings({ DATABASE_URL: "mysql://nobody@127.0.0.1:1/none" }, async () => {
    await expect(getPolicy(db())).rejects.toThrow();
  });
  expect(await getPolicy(db())).toEqual(DEFAULT_POLICY);
});
