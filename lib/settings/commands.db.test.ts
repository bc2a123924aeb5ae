import { randomUUID } from "node:crypto";

import { afterEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { parseInput } from "@/lib/outcome";
import { forgetUnusedPictures } from "@/lib/catalog/pictures/commands";
import { publicId } from "@/lib/id";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { atOnce, aUser, refusalOf, theClock, theShop, type TestUser } from "@/test/world";

import { saveSettings } from "./commands";
import { DEFAULT_POLICY, type Policy } from "./policy";
import { forgetPolicy, getPolicy } from "./queries";
import { SECTIONS, SettingsInput, type Section } from "./schema";

afterEach(async () => {
  await rows("DELETE FROM settings");
  await rows("DELETE FROM events WHERE subject_type = 'settings'");
  forgetPolicy();
});

const owner = (): Promise<TestUser> => aUser({ name: "owner", role: "owner" });

/** A section as its form sends it: everything as it is, but for what is changed. */
const inputOf = (section: Section, changes: Partial<Policy> = {}, now: Policy = DEFAULT_POLICY): SettingsInput =>
  SettingsInput.parse({ requestId: randomUUID(), section, ...Object.fromEntries(SECTIONS[section].map((name) => [name, now[name]])), ...changes });

const save = (by: TestUser, section: Section, changes?: Partial<Policy>, now?: Policy) => perform(by.actor, (ctx) => saveSettings(ctx, inputOf(section, changes, now)));

const stored = async (): Promise<Record<string, unknown>> => {
  const found = await rows<{ name: string; value: unknown }>("SELECT name, value FROM settings ORDER BY name");
  return Object.fromEntries(found.map(({ name, value }) => [name, value]));
};
const audit = () => rows<{ actor_id: number; subject_id: string; data: unknown }>("SELECT actor_id, subject_id, data FROM events WHERE name = 'settings.changed' ORDER BY id");

test("what an owner saves is in force at once, and kept only where it differs from the default", async () => {
  const lin = await owner();
  expect(await save(lin, "orders", { paymentMinutes: 40 })).toEqual({ changed: ["paymentMinutes"] });
  expect(await getPolicy(db())).toEqual({ ...DEFAULT_POLICY, paymentMinutes: 40 });
  expect(await stored()).toEqual({ paymentMinutes: 40 });
});

test("a setting that is put back to its default has no row any more", async () => {
  const lin = await owner();
  await save(lin, "levels", { levelBasis: "spend", levelGraceDays: 0 });
  expect(await stored()).toEqual({ levelBasis: "spend", levelGraceDays: 0 });
  await save(lin, "levels", { levelGraceDays: 0 });
  expect(await stored()).toEqual({ levelGraceDays: 0 });
  await save(lin, "levels");
  expect(await stored()).toEqual({});
  expect(await getPolicy(db())).toEqual(DEFAULT_POLICY);
});

test.each([
  ["programme", { shopName: "溪边小铺", shopNameEn: "By the Brook", timeZone: "America/New_York" }],
  ["points", { pointsPerYuan: 20, expiry: { kind: "calendar", dates: ["02-29", "12-31"] }, restoreGraceDays: 7, clawBack: "to_zero", remindDaysBefore: [] }],
  ["points", { expiry: { kind: "none" } }],
  ["points", { expiry: { kind: "sliding", inactiveDays: 90 } }],
  ["checkIn", { makeUpDays: 0, makeUpsPerMonth: 31, makeUpPoints: 0, freezesHeldMax: 10, ownTimeZone: false }],
  ["people", { verifyEmail: false }],
  ["levels", { levelBasis: "spend", levelWindowDays: 90, levelDowngrade: "none", levelGraceDays: 0 }],
  ["orders", { paymentMinutes: 1440, lowStock: 0 }],
  ["brand", { brandHue: 0 }],
  ["brand", { brandHue: 359 }],
  ["pointsName", { pointsName: "星豆", pointsNameEn: "star", pointsNameEnPlural: "stars" }],
  ["payment", { paymentsOff: ["test", "alipay"] }],
  ["control", { adjustmentApprovalPoints: 0, secondFactor: "optional" }],
  ["risk", { risk: { ...DEFAULT_POLICY.risk, velocity: { mode: "hold", pointsPerDay: 1 }, couponGuessing: { mode: "off", times: 1_000 } } }],
] as const satisfies readonly [Section, object][])("the section %s is saved and read as it was sent: %j", async (section, changes) => {
  await save(await owner(), section, changes as unknown as Partial<Policy>);
  expect(await getPolicy(db())).toEqual({ ...DEFAULT_POLICY, ...changes });
});

test("every change is in the audit trail, with what it was and by whom; a save that changes nothing is not", async () => {
  const lin = await owner();
  await save(lin, "points", { clawBack: "keep", pointsPerYuan: 50 });
  await save(lin, "points", {}, await getPolicy(db()));
  await save(lin, "points", { clawBack: "keep", pointsPerYuan: 100 });
  expect(await audit()).toEqual([
    { actor_id: lin.id, subject_id: "points", data: { changes: { clawBack: ["debt", "keep"], pointsPerYuan: [100, 50] } } },
    { actor_id: lin.id, subject_id: "points", data: { changes: { pointsPerYuan: [50, 100] } } },
  ]);
});

test("nobody but an owner changes settings", async () => {
  const [staff, shopper] = [await aUser({ name: "staff", role: "staff" }), await aUser()];
  for (const who of [staff, shopper]) expect(await refusalOf(save(who, "people", { verifyEmail: false }))).toBe("forbidden");
  expect(await refusalOf(perform(theShop, (ctx) => saveSettings(ctx, inputOf("people", { verifyEmail: false }))))).toBe("forbidden");
  expect(await stored()).toEqual({});
  expect(await audit()).toEqual([]);
});

test("of owners who save at once, each sees what the one before has saved", async () => {
  const lin = await owner();
  await atOnce(10, (index) => save(lin, "orders", { lowStock: 10 + index }));
  const trail = (await audit()) as { data: { changes: { lowStock: [number, number] } } }[];
  expect(trail).toHaveLength(10);
  expect(trail.map(({ data }) => data.changes.lowStock[0])).toEqual([5, ...trail.slice(0, -1).map(({ data }) => data.changes.lowStock[1])]);
  expect(await stored()).toEqual({ lowStock: trail.at(-1)!.data.changes.lowStock[1] });
});

test("a row that no longer fits is replaced by what is saved, or goes", async () => {
  await rows("INSERT INTO settings (name, value) VALUES ('lowStock', '\"many\"'), ('paymentMinutes', '0')");
  await save(await owner(), "orders", { lowStock: 9 });
  expect(await stored()).toEqual({ lowStock: 9 });
});

test.each([
  ["an unknown setting", { section: "people", verifyEmail: true, isAdmin: true }, { body: "field_invalid" }],
  ["a setting of another section", { section: "people", verifyEmail: true, lowStock: 3 }, { body: "field_invalid" }],
  ["an unknown section", { section: "secrets" }, { section: "field_invalid" }],
  ["a setting left out", { section: "orders", paymentMinutes: 15 }, { lowStock: "field_invalid" }],
  ["a number out of range", { section: "orders", paymentMinutes: 0, lowStock: 1001 }, { paymentMinutes: "field_out_of_range", lowStock: "field_out_of_range" }],
  ["text where a number belongs", { section: "orders", paymentMinutes: "1e3", lowStock: 1.5 }, { paymentMinutes: "field_invalid", lowStock: "field_invalid" }],
  ["a zone that does not exist", { section: "programme", shopName: " ", shopNameEn: "x".repeat(41), timeZone: "Mars/Olympus" }, { shopName: "field_required", shopNameEn: "field_too_long", timeZone: "field_invalid" }],
  ["a rolling expiry of nothing", { ...inputOf("points"), expiry: { kind: "rolling", every: 0, unit: "month", roundTo: null } }, { "expiry.every": "field_out_of_range" }],
  ["a calendar without dates", { ...inputOf("points"), expiry: { kind: "calendar", dates: [] } }, { "expiry.dates": "field_required" }],
  ["a date of no month", { ...inputOf("points"), expiry: { kind: "calendar", dates: ["12-31", "13-01"] } }, { "expiry.dates.1": "field_invalid" }],
  ["too many reminders", { ...inputOf("points"), remindDaysBefore: [1, 2, 3, 4, 5, 6] }, { remindDaysBefore: "field_out_of_range" }],
  ["a reminder after the fact", { ...inputOf("points"), remindDaysBefore: [7, 0] }, { "remindDaysBefore.1": "field_out_of_range" }],
])("%s is refused, at the field", (_, input, fields) => {
  expect(parseInput(SettingsInput, { requestId: randomUUID(), ...input })).toMatchObject({ ok: false, code: "invalid_input", fields });
});

test.each([
  ["a hue beyond the circle", { ...inputOf("brand"), brandHue: 360 }, { brandHue: "field_out_of_range" }],
  ["a hue between two", { ...inputOf("brand"), brandHue: 12.5 }, { brandHue: "field_invalid" }],
  ["a logo that is no id", { ...inputOf("brand"), logo: "../../etc/passwd" }, { logo: "field_invalid" }],
  ["a name with braces", { ...inputOf("pointsName"), pointsName: "{points}" }, { pointsName: "field_invalid" }],
  ["a name that would be a tag, and one that would quote", { ...inputOf("pointsName"), pointsNameEn: "<b>", pointsNameEnPlural: "it's" }, { pointsNameEn: "field_invalid", pointsNameEnPlural: "field_invalid" }],
  ["no name at all", { ...inputOf("pointsName"), pointsName: "  " }, { pointsName: "field_required" }],
  ["a way to pay that there is not", { ...inputOf("payment"), paymentsOff: ["barter"] }, { "paymentsOff.0": "field_invalid" }],
  ["a threshold below nothing", { ...inputOf("control"), adjustmentApprovalPoints: -1 }, { adjustmentApprovalPoints: "field_out_of_range" }],
])("%s is refused, at the field", (_, input, fields) => {
  const parsed = parseInput(SettingsInput, input);
  expect(parsed).toMatchObject({ ok: false, code: "invalid_input" });
  expect(Object.keys((parsed as { fields: object }).fields)).toEqual(Object.keys(fields));
});

const aPicture = async (): Promise<string> => {
  const id = publicId();
  await rows("INSERT INTO pictures (public_id, width, height, bytes, unused_since) VALUES (?, 320, 320, 100, ?)", [id, new Date(theClock.now().getTime() - 40 * 86_400_000)]);
  return id;
};

test("a logo is a picture of the shop, and is not thrown away while it is the logo", async () => {
  const lin = await owner();
  expect(await refusalOf(save(lin, "brand", { logo: publicId() }))).toBe("not_found");
  const [first, second] = [await aPicture(), await aPicture()];
  await save(lin, "brand", { logo: first });
  const sweep = () => perform(theShop, (ctx) => forgetUnusedPictures(ctx, new Date(ctx.now.getTime() - 30 * 86_400_000), 100));
  expect(await sweep()).toEqual([second]);
  const third = await aPicture();
  await save(lin, "brand", { logo: third });
  expect(await sweep()).toEqual([]);
  theClock.passDays(31);
  expect(await sweep()).toEqual([first]);
  await save(lin, "brand", { logo: null });
  theClock.passDays(31);
  expect(await sweep()).toEqual([third]);
});

test("ways to pay are kept in one order, each once", () => {
  expect(inputOf("payment", { paymentsOff: ["alipay", "test", "alipay"] })).toMatchObject({ paymentsOff: ["test", "alipay"] });
});

test("reminders and dates are kept in order, each once", () => {
  expect(inputOf("points", { remindDaysBefore: [1, 30, 7, 30], expiry: { kind: "calendar", dates: ["12-31", "06-30", "12-31"] } })).toMatchObject({
    remindDaysBefore: [30, 7, 1], expiry: { dates: ["06-30", "12-31"] },
  });
});

test("every setting of the policy has its place in a section", () => {
  expect(Object.values(SECTIONS).flat().sort()).toEqual(Object.keys(DEFAULT_POLICY).sort());
});
