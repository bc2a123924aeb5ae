import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { db } from "@/db/client";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { aProduct, aUser, eventsAbout, refusalOf, theShop, unique } from "@/test/world";

import { deleteCategory, moveCategory, saveCategory } from "./commands";
import { findCategoryForStaff, listCategoriesForStaff } from "./queries";
import { CategoryInput } from "./schema";

const save = (fields: Partial<CategoryInput> = {}) =>
  perform(theShop, (ctx) => saveCategory(ctx, CategoryInput.parse({ requestId: randomUUID(), name: "分类", slug: unique("category"), ...fields })));
const move = (id: number, direction: "up" | "down") => perform(theShop, (ctx) => moveCategory(ctx, { requestId: randomUUID(), id, direction }));
const remove = (id: number) => perform(theShop, (ctx) => deleteCategory(ctx, { requestId: randomUUID(), id }));

/** Those under a category, in their order. */
const under = async (parentId: number | null, ids: readonly number[]): Promise<number[]> =>
  (await listCategoriesForStaff(db())).filter((category) => category.parentId === parentId && ids.includes(category.id)).map(({ id }) => id);

test("categories are made under one another and read as a tree, by whoever made them", async () => {
  const mei = await aUser({ role: "staff" });
  const { id: home } = await perform(mei.actor, (ctx) => saveCategory(ctx, CategoryInput.parse({ requestId: "k", name: "家居", nameEn: "Home", slug: unique("home") })));
  const { id: kitchen } = await save({ name: "厨房", parentId: home });
  const { id: cups } = await save({ name: "杯", parentId: kitchen });
  const tree = await listCategoriesForStaff(db());
  const at = tree.findIndex(({ id }) => id === home);
  expect(tree.slice(at, at + 3)).toMatchObject([{ id: home, depth: 1, products: 0 }, { id: kitchen, depth: 2 }, { id: cups, depth: 3, isFirst: true, isLast: true }]);
  expect(await eventsAbout("category", home)).toMatchObject([{ name: "category.created", actor_id: mei.id, data: { changes: { name: [null, "家居"], nameEn: [null, "Home"] } } }]);
});

test("an address is made from the English name where none is given, and stays when the name changes", async () => {
  const { id } = await save({ slug: undefined, name: "咖啡", nameEn: "Coffee & Tea" });
  const { slug } = (await findCategoryForStaff(db(), id))!;
  expect(slug).toMatch(/^coffee-tea-[0-9a-f]{6}$/);
  await save({ id, slug: undefined, name: "茶", nameEn: "Tea" });
  expect(await findCategoryForStaff(db(), id)).toMatchObject({ slug, name: "茶", nameEn: "Tea" });
  expect((await eventsAbout("category", id)).slice(1)).toMatchObject([{ name: "category.changed", data: { changes: { name: ["咖啡", "茶"], nameEn: ["Coffee & Tea", "Tea"] } } }]);
  await save({ id, slug, name: "茶", nameEn: "Tea" });
  expect(await eventsAbout("category", id)).toHaveLength(2);
});

test("what would make no tree is refused, and nothing is saved", async () => {
  const { id: one } = await save();
  const { id: two } = await save({ parentId: one });
  const { id: three } = await save({ parentId: two });
  const before = await rows("SELECT * FROM categories ORDER BY id");
  expect(await refusalOf(save({ parentId: three }))).toBe("category_too_deep");
  expect(await refusalOf(save({ id: one, parentId: three }))).toBe("category_cycle");
  expect(await refusalOf(save({ id: one, parentId: one }))).toBe("category_cycle");
  const { id: other } = await save();
  expect(await refusalOf(save({ id: one, parentId: other }))).toBe("category_too_deep");
  expect(await refusalOf(save({ parentId: 999_999_999 }))).toBe("not_found");
  expect(await refusalOf(save({ id: 999_999_999 }))).toBe("not_found");
  expect((await rows("SELECT * FROM categories ORDER BY id")).slice(0, before.length)).toEqual(before);
});

test("an address that another category has is refused", async () => {
  const { id } = await save();
  const { slug } = (await findCategoryForStaff(db(), id))!;
  expect(await refusalOf(save({ slug }))).toBe("slug_taken");
  expect(await refusalOf(save({ id: (await save()).id, slug }))).toBe("slug_taken");
});

test("categories change places with their neighbours, and stay at the ends", async () => {
  const { id: parent } = await save();
  const ids: number[] = [];
  for (let made = 0; made < 3; made++) ids.push((await save({ parentId: parent })).id);
  const [a, b, c] = ids as [number, number, number];
  expect(await under(parent, ids)).toEqual([a, b, c]);
  await move(c, "up");
  expect(await under(parent, ids)).toEqual([a, c, b]);
  await move(a, "down");
  expect(await under(parent, ids)).toEqual([c, a, b]);
  const events = (await eventsAbout("category", c)).length;
  await move(c, "up");
  await move(b, "down");
  expect(await under(parent, ids)).toEqual([c, a, b]);
  expect(await eventsAbout("category", c)).toHaveLength(events);
  expect((await eventsAbout("category", a)).at(-1)).toMatchObject({ name: "category.changed", data: { changes: { position: [0, 1] } } });
  expect(await refusalOf(move(999_999_999, "up"))).toBe("not_found");
});

test("a place is given by number; who moves under another parent comes last there", async () => {
  const [{ id: from }, { id: to }] = [await save(), await save()];
  const ids = [(await save({ parentId: to })).id, (await save({ parentId: to })).id, (await save({ parentId: from })).id];
  await save({ id: ids[2], parentId: to });
  expect(await under(to, ids)).toEqual([ids[0], ids[1], ids[2]]);
  await save({ id: ids[2], parentId: to, place: 1 });
  expect(await under(to, ids)).toEqual([ids[2], ids[0], ids[1]]);
  expect((await findCategoryForStaff(db(), ids[0]!))!.place).toBe(2);
  await save({ id: ids[2], parentId: to, name: "again" });
  expect(await under(to, ids)).toEqual([ids[2], ids[0], ids[1]]);
});

test("a category goes only when it is empty", async () => {
  const { id: parent } = await save();
  const { id: child } = await save({ parentId: parent });
  await aProduct({ categoryId: child, status: "archived" });
  expect(await refusalOf(remove(parent))).toBe("category_in_use");
  expect(await refusalOf(remove(child))).toBe("category_in_use");
  await rows("UPDATE products SET category_id = NULL WHERE category_id = ?", [child]);
  await remove(child);
  await remove(parent);
  expect(await findCategoryForStaff(db(), parent)).toBeNull();
  expect((await eventsAbout("category", child)).at(-1)).toMatchObject({ name: "category.deleted", data: { changes: { name: ["分类", null], parentId: [parent, null] } } });
  expect(await refusalOf(remove(child))).toBe("not_found");
});

test("products are counted where they are filed, whatever their status", async () => {
  const { id } = await save();
  for (const status of ["active", "draft", "archived"] as const) await aProduct({ categoryId: id, status });
  expect((await listCategoriesForStaff(db())).find((category) => category.id === id)).toMatchObject({ products: 3 });
});
