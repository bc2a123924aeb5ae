import { expect, test } from "vitest";

import { db } from "@/db/client";
import { sendPacket, statement } from "@/db/packet";
import { perform } from "@/lib/perform";
import { aUser, eventsAbout, staffWith, theShop } from "@/test/world";

import { deleteView, overwriteView, renameView, saveView } from "./commands";
import { VIEWS_MAX } from "./list";
import { listViews } from "./queries";

const LARGE = { list: "orders" as const, name: "Large", query: "size=large&sort=-points", columns: ["number", "points"], isShared: false };

async function aColleague(role: "manager" | "support" | "fulfilment" | "analyst" | "owner") {
  const { id } = await aUser({ role: role === "owner" ? "owner" : "staff" });
  return { id, actor: role === "owner" ? await staffWith(id, "owner") : await staffWith(id, "staff", role) };
}
const namesFor = async (id: number, list: "orders" | "users" = "orders") => (await listViews(db(), list, id)).map(({ name }) => name);

test("a view is kept for whoever saved it, and comes back as it was", async () => {
  const [clerk, other] = [await aColleague("fulfilment"), await aColleague("support")];
  const { viewId } = await perform(clerk.actor, (ctx) => saveView(ctx, LARGE));
  expect((await listViews(db(), "orders", clerk.id)).filter(({ id }) => id === viewId)).toMatchObject([{ name: "Large", query: LARGE.query, columns: LARGE.columns, isShared: false, ownerId: clerk.id }]);
  expect(await namesFor(other.id)).not.toContain("Large");
  await perform(clerk.actor, (ctx) => renameView(ctx, { viewId, name: "Big" }));
  await perform(clerk.actor, (ctx) => overwriteView(ctx, { viewId, query: "status=paid", columns: null }));
  expect((await listViews(db(), "orders", clerk.id)).find(({ id }) => id === viewId)).toMatchObject({ name: "Big", query: "status=paid", columns: null });
  await perform(clerk.actor, (ctx) => deleteView(ctx, { viewId }));
  expect(await namesFor(clerk.id)).not.toContain("Big");
});

test("what a view searches for stays in the view: the event that it was changed, which nobody can erase, does not say it", async () => {
  const clerk = await aColleague("manager");
  const { viewId } = await perform(clerk.actor, (ctx) => saveView(ctx, { ...LARGE, query: "q=mei%40example.com&status=paid" }));
  await perform(clerk.actor, (ctx) => overwriteView(ctx, { viewId, query: "status=shipped&q=Li+Wei", columns: null }));
  expect((await eventsAbout("view", viewId)).at(-1)!.data).toMatchObject({ changes: { query: ["status=paid", "status=shipped"] } });
});

test("a name is taken once by a person for a list, and another person or list may have it", async () => {
  const [clerk, other] = [await aColleague("manager"), await aColleague("manager")];
  await perform(clerk.actor, (ctx) => saveView(ctx, LARGE));
  await expect(perform(clerk.actor, (ctx) => saveView(ctx, LARGE))).rejects.toMatchObject({ code: "view_name_taken" });
  await perform(clerk.actor, (ctx) => saveView(ctx, { ...LARGE, list: "users" }));
  await perform(other.actor, (ctx) => saveView(ctx, LARGE));
  expect([await namesFor(clerk.id), await namesFor(clerk.id, "users"), await namesFor(other.id)].every((names) => names.filter((name) => name === "Large").length === 1)).toBe(true);
});

test("only who may change settings shares, and changes what is shared; others see it", async () => {
  const [owner, clerk] = [await aColleague("owner"), await aColleague("manager")];
  await expect(perform(clerk.actor, (ctx) => saveView(ctx, { ...LARGE, isShared: true }))).rejects.toMatchObject({ code: "forbidden" });
  const { viewId } = await perform(owner.actor, (ctx) => saveView(ctx, { ...LARGE, name: `shared ${owner.id}`, isShared: true }));
  expect(await namesFor(clerk.id)).toContain(`shared ${owner.id}`);
  await expect(perform(clerk.actor, (ctx) => renameView(ctx, { viewId, name: "Mine" }))).rejects.toMatchObject({ code: "forbidden" });
  await expect(perform(clerk.actor, (ctx) => overwriteView(ctx, { viewId, query: "", columns: null }))).rejects.toMatchObject({ code: "forbidden" });
  await expect(perform(clerk.actor, (ctx) => deleteView(ctx, { viewId }))).rejects.toMatchObject({ code: "forbidden" });
  const second = await aColleague("owner");
  await perform(second.actor, (ctx) => deleteView(ctx, { viewId }));
  expect(await namesFor(owner.id)).not.toContain(`shared ${owner.id}`);
});

test("another's own view is not there, and neither is a list that somebody may not see", async () => {
  const [clerk, owner] = [await aColleague("fulfilment"), await aColleague("owner")];
  const { viewId } = await perform(clerk.actor, (ctx) => saveView(ctx, LARGE));
  await expect(perform(owner.actor, (ctx) => deleteView(ctx, { viewId }))).rejects.toMatchObject({ code: "not_found" });
  await expect(perform(clerk.actor, (ctx) => saveView(ctx, { ...LARGE, list: "audit" }))).rejects.toMatchObject({ code: "forbidden" });
  await expect(perform((await aUser()).actor, (ctx) => saveView(ctx, LARGE))).rejects.toMatchObject({ code: "forbidden" });
});

test("somebody keeps so many views of a list and no more", async () => {
  const clerk = await aColleague("manager");
  for (let made = 0; made < VIEWS_MAX; made++) await perform(clerk.actor, (ctx) => saveView(ctx, { ...LARGE, name: `view ${made}` }));
  await expect(perform(clerk.actor, (ctx) => saveView(ctx, { ...LARGE, name: "one more" }))).rejects.toMatchObject({ code: "views_full", detail: { max: VIEWS_MAX } });
});

test("what was stored wrong breaks nothing", async () => {
  const clerk = await aColleague("manager");
  const { viewId } = await perform(clerk.actor, (ctx) => saveView(ctx, LARGE));
  await perform(theShop, (ctx) => sendPacket(ctx.tx, [statement("UPDATE saved_views SET query = ?, `columns` = ? WHERE id = ?", ["%E0%A4%A&&&=1&sort=drop table&<b>=2&page=9", JSON.stringify({ a: 1 }), viewId])]));
  expect((await listViews(db(), "orders", clerk.id)).find(({ id }) => id === viewId)).toMatchObject({ query: "sort=drop+table", columns: null });
});
