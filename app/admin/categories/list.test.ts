import { expect, test } from "vitest";

import type { StaffCategory } from "@/lib/catalog/categories/queries";
import { readList } from "@/lib/list-address";

import { CATEGORIES, categoriesIn, isTree, wayTo } from "./list";

const category = (id: number, name: string, nameEn: string, parentId: number | null, products: number): StaffCategory =>
  ({ id, slug: nameEn.toLowerCase(), name, nameEn, parentId, depth: parentId === null ? 1 : 2, products, place: 1, isFirst: true, isLast: true });
const tree = [category(1, "家居", "Home", null, 4), category(2, "杯具", "Cups", 1, 9), category(3, "数码", "Digital", null, 4)];

const asked = (query: string) => readList(CATEGORIES, new URLSearchParams(query));
const idsOf = (query: string) => categoriesIn(tree, asked(query)).map(({ id }) => id);

test.each([["", true], ["cols=name,order", true], ["sort=usual", true], ["q=cup", false], ["sort=name", false], ["sort=-products", false]])("the list that is asked for with “%s” is the tree: %s", (query, is) => {
  expect(isTree(asked(query))).toBe(is);
});

test("categories come in the shop's order, and are found by their names and their address", () => {
  expect(idsOf("")).toEqual([1, 2, 3]);
  expect([idsOf("q=杯"), idsOf("q=CUPS"), idsOf("q=digital"), idsOf("q=shoe")]).toEqual([[2], [2], [3], []]);
  expect([idsOf("sort=-products"), idsOf("sort=products&q=o")]).toEqual([[2, 1, 3], [1]]);
});

test("out of the tree, a category says where it is", () => {
  expect([wayTo(tree, 2, "zh-CN"), wayTo(tree, 2, "en"), wayTo(tree, null, "en")]).toEqual(["家居 › 杯具", "Home › Cups", ""]);
});
