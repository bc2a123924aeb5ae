import { afterEach, expect, test } from "vitest";

import { db } from "@/db/client";
import type { StaffId } from "@/lib/ctx";
import { perform } from "@/lib/perform";
import { saveSettings } from "@/lib/settings/commands";
import { DEFAULT_POLICY, type Policy } from "@/lib/settings/policy";
import { forgetPolicy, getPolicy } from "@/lib/settings/queries";
import { rows } from "@/test/database";
import { aUser, theClock, type TestUser } from "@/test/world";

import type { SetupStep } from "./checklist";
import { getSetup, type Surroundings } from "./queries";

const nothing: Surroundings = { paymentProviders: ["test"], sendsMail: false };
const doneBy = async ({ id }: TestUser, policy: Policy = DEFAULT_POLICY, around: Surroundings = nothing): Promise<SetupStep[]> =>
  (await getSetup(db(), policy, id as unknown as StaffId, around)).steps.flatMap(({ step, isDone }) => (isDone ? [step] : []));

afterEach(async () => {
  await rows("DELETE FROM settings");
  await rows("DELETE FROM events WHERE subject_type = 'settings'");
  forgetPolicy();
});

const happens = (name: string, subject: string, actorId: number | null) => rows("INSERT INTO events (name, actor_id, subject_type, subject_id, data, created_at) VALUES (?, ?, ?, '1', '{}', ?)", [name, actorId, subject, theClock.now()]);

test("what the shop came with is nobody's work; what a person made is", async () => {
  const owner = await aUser({ role: "owner" });
  await rows("DELETE FROM events WHERE subject_type IN ('product', 'rule')");
  await happens("product.created", "product", null);
  await happens("rule.created", "rule", null);
  expect(await doneBy(owner)).not.toEqual(expect.arrayContaining(["product"]));
  expect(await doneBy(owner)).not.toEqual(expect.arrayContaining(["rule"]));
  await happens("product.changed", "product", owner.id);
  expect(await doneBy(owner)).not.toContain("product");
  await happens("product.created", "product", owner.id);
  await happens("rule.changed", "rule", owner.id);
  expect(await doneBy(owner)).toEqual(expect.arrayContaining(["product", "rule"]));
});

test("payment, mail and brand follow from the surroundings and the settings", async () => {
  const owner = await aUser({ role: "owner" });
  const own = { ...DEFAULT_POLICY, brandHue: 210 };
  expect(await doneBy(owner)).not.toEqual(expect.arrayContaining(["payment"]));
  expect(await doneBy(owner, own, { paymentProviders: ["stripe"], sendsMail: true })).toEqual(expect.arrayContaining(["brand", "payment", "mail"]));
  expect(await doneBy(owner, { ...own, paymentsOff: ["stripe"] }, { paymentProviders: ["stripe"], sendsMail: true })).not.toContain("payment");
});

test("the second factor is each person's own, and counts once it is confirmed", async () => {
  const [owner, colleague] = [await aUser({ role: "owner" }), await aUser({ role: "staff" })];
  await rows("INSERT INTO second_factors (user_id, secret, recovery_digests) VALUES (?, 'x', '[]')", [owner.id]);
  expect(await doneBy(owner)).not.toContain("secondFactor");
  await rows("UPDATE second_factors SET confirmed_at = ? WHERE user_id = ?", [theClock.now(), owner.id]);
  expect(await doneBy(owner)).toContain("secondFactor");
  expect(await doneBy(colleague)).not.toContain("secondFactor");
  expect(await doneBy(colleague)).toContain("team");
});

test("the checklist is put away by whoever may change settings, and found again", async () => {
  const owner = await aUser({ role: "owner" });
  const put = (setupHidden: boolean) => perform(owner.actor, (ctx) => saveSettings(ctx, { requestId: "k", section: "setup", setupHidden }));
  expect((await getPolicy(db())).setupHidden).toBe(false);
  await put(true);
  expect((await getPolicy(db())).setupHidden).toBe(true);
  await put(false);
  expect((await getPolicy(db())).setupHidden).toBe(false);
});
