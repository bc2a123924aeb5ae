import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { atOnce, aUser, refusalOf, theShop, unique, type TestUser } from "@/test/world";

import { listRulesInForce } from "../queries";
import { RuleInput, RuleStatusInput } from "../schema";
import { restoreVersion, saveRule, setRuleStatus, type SavedRule } from "./commands";

const aRule = (more: object = {}) =>
  RuleInput.parse({ requestId: randomUUID(), actionType: "custom", name: unique("rule"), status: "active", definition: { effect: { kind: "fixed", points: 10 } }, ...more });

const save = (who: TestUser, more: object = {}): Promise<SavedRule> => perform(who.actor, (ctx) => saveRule(ctx, aRule(more)));
const isInForce = async ({ id }: { id: number }): Promise<boolean> => (await perform(theShop, (ctx) => listRulesInForce(ctx.tx, ["custom"], ctx.now))).some((rule) => rule.id === id);

const ruleRow = async (id: number) => (await rows<{ name: string; status: string; version: number; definition: { effect: object } }>("SELECT name, status, version, definition FROM points_rules WHERE id = ?", [id]))[0]!;
const versionsOf = (id: number) => rows<{ version: number; actor_id: number | null; snapshot: { name: string; status: string } }>("SELECT version, actor_id, snapshot FROM points_rule_versions WHERE rule_id = ? ORDER BY version", [id]);
const eventsOf = (id: number) => rows<{ name: string; actor_id: number; data: { version: number; changes: Record<string, [unknown, unknown]> } }>("SELECT name, actor_id, data FROM events WHERE subject_type = 'rule' AND subject_id = ? ORDER BY id", [String(id)]);

test("a rule that is saved is in force, with its first version and who made it", async () => {
  const mei = await aUser({ role: "staff" });
  const saved = await save(mei, { name: "Welcome" });
  expect(saved.version).toBe(1);
  expect(await isInForce(saved)).toBe(true);
  expect(await versionsOf(saved.id)).toMatchObject([{ version: 1, actor_id: mei.id, snapshot: { name: "Welcome", status: "active" } }]);
  const [event] = await eventsOf(saved.id);
  expect(event).toMatchObject({ name: "rule.created", actor_id: mei.id, data: { version: 1 } });
  expect(event!.data.changes).toMatchObject({ name: [null, "Welcome"], effect: [null, { kind: "fixed", points: 10 }] });
});

test("a change makes a version and says what was and what is; saving the same again makes none", async () => {
  const mei = await aUser({ role: "staff" });
  const { id } = await save(mei, { name: "Steps" });
  const changed = { id, name: "Steps", definition: { effect: { kind: "fixed", points: 25 }, caps: { timesPerDay: 3 } } };
  expect(await save(mei, { ...changed, version: 1 })).toEqual({ id, version: 2 });
  expect(await save(mei, { ...changed, version: 2 })).toEqual({ id, version: 2 });
  expect(await ruleRow(id)).toMatchObject({ version: 2, definition: { effect: { points: 25 } } });
  expect((await versionsOf(id)).map(({ version }) => version)).toEqual([1, 2]);
  const events = await eventsOf(id);
  expect(events.map(({ name }) => name)).toEqual(["rule.created", "rule.changed"]);
  expect(events[1]!.data).toEqual({ version: 2, changes: { effect: [{ kind: "fixed", points: 10 }, { kind: "fixed", points: 25 }], "caps.timesPerDay": [null, 3] } });
});

test("of ten editors who save the same version at once, one does; the others are told", async () => {
  const editors = await atOnce(10, () => aUser({ role: "staff" }));
  const { id } = await save(editors[0]!);
  const answers = await Promise.all(editors.map((editor, index) =>
    save(editor, { id, version: 1, name: `by editor ${index}` }).then(() => "saved", (error: { code?: string }) => error.code)));
  expect(answers.filter((answer) => answer === "saved")).toHaveLength(1);
  expect(answers.filter((answer) => answer === "already_settled")).toHaveLength(9);
  expect(await ruleRow(id)).toMatchObject({ version: 2, name: `by editor ${answers.indexOf("saved")}` });
  expect(await versionsOf(id)).toHaveLength(2);
});

test("an archived rule is not in force, and its versions stay", async () => {
  const mei = await aUser({ role: "owner" });
  const { id } = await save(mei);
  const archive = RuleStatusInput.parse({ requestId: "k", id, version: 1, status: "archived" });
  expect(await perform(mei.actor, (ctx) => setRuleStatus(ctx, archive))).toEqual({ id, version: 2 });
  expect(await isInForce({ id })).toBe(false);
  expect(await refusalOf(perform(mei.actor, (ctx) => setRuleStatus(ctx, archive)))).toBe("already_settled");
  expect((await versionsOf(id)).map(({ snapshot }) => snapshot.status)).toEqual(["active", "archived"]);
});

test("a version is restored as a new one, and does not switch on what was switched off", async () => {
  const mei = await aUser({ role: "staff" });
  const { id } = await save(mei, { name: "First" });
  await save(mei, { id, version: 1, name: "Second", definition: { effect: { kind: "fixed", points: 99 } }, status: "draft" });
  const restored = await perform(mei.actor, (ctx) => restoreVersion(ctx, { requestId: "k", id, version: 2, restored: 1 }));
  expect(restored).toEqual({ id, version: 3 });
  expect(await ruleRow(id)).toMatchObject({ name: "First", status: "draft", definition: { effect: { kind: "fixed", points: 10 } } });
  expect(await refusalOf(perform(mei.actor, (ctx) => restoreVersion(ctx, { requestId: "k", id, version: 3, restored: 9 })))).toBe("not_found");
  expect(await refusalOf(perform(mei.actor, (ctx) => restoreVersion(ctx, { requestId: "k", id, version: 2, restored: 1 })))).toBe("already_settled");
});

test("a version that today's language does not take is not restored", async () => {
  const mei = await aUser({ role: "staff" });
  const { id } = await save(mei);
  await rows("UPDATE points_rule_versions SET snapshot = JSON_SET(snapshot, '$.definition.effect.kind', 'raffle') WHERE rule_id = ?", [id]);
  expect(await refusalOf(perform(mei.actor, (ctx) => restoreVersion(ctx, { requestId: "k", id, version: 1, restored: 1 })))).toBe("rule_conflict");
});

test("a rule that is not there cannot be changed", async () => {
  const mei = await aUser({ role: "staff" });
  expect(await refusalOf(save(mei, { id: 4_000_000_000, version: 1 }))).toBe("not_found");
});
