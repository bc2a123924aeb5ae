import { expect, test } from "vitest";

import { keyOf, matchPlaces, recentFrom, sectionsOf, stepTo, withRecent, type PaletteItem, type PalettePlace } from "./palette-search";

const place = (id: string, label: string, other: string, kind: "page" | "action" = "page"): PalettePlace => ({ kind, id, label, hint: "", href: `/admin/${id}`, names: `${label}\n${other}` });
const places = [place("orders", "订单", "Orders"), place("reports", "报表", "Reports"), place("newProduct", "新建商品", "New product", "action"), place("products", "商品", "Products")];
const order: PaletteItem = { kind: "order", id: "abc", label: "P2611210081", hint: "林溪", href: "/admin/orders/abc" };
const ids = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);

test("a place is found by its name in both languages, whatever the case and the width of the letters", () => {
  expect(ids(matchPlaces(places, "报"))).toEqual(["reports"]);
  expect(ids(matchPlaces(places, "REPO"))).toEqual(["reports"]);
  expect(ids(matchPlaces(places, "ｏｒｄ"))).toEqual(["orders"]);
  expect(ids(matchPlaces(places, "product new"))).toEqual(["newProduct"]);
  expect(matchPlaces(places, "P2611210081")).toEqual([]);
});

test("a name that begins with the text comes before one that only has it", () => {
  expect(ids(matchPlaces(places, "prod"))).toEqual(["products", "newProduct"]);
  expect(ids(matchPlaces(places, "商品"))).toEqual(["products", "newProduct"]);
});

test("without a text there is what was opened last, and every other place once", () => {
  const sections = sectionsOf("  ", places, [order, places[0]!], []);
  expect(sections.map(({ kind, items }) => [kind, ids(items)])).toEqual([["recent", ["abc", "orders"]], ["page", ["reports", "products"]], ["action", ["newProduct"]]]);
});

test("an answer that comes late stands below what was there before", () => {
  expect(sectionsOf("ord", places, [], [order]).map(({ kind }) => kind)).toEqual(["page", "order"]);
  expect(sectionsOf("nothing", places, [order], [])).toEqual([]);
});

test("arrows go around the ends, and from nowhere to the first or the last", () => {
  const keys = ["a", "b", "c"];
  expect([stepTo(keys, "c", 1), stepTo(keys, "a", -1), stepTo(keys, "a", 1), stepTo(keys, null, 1), stepTo(keys, "gone", -1), stepTo([], "a", 1)]).toEqual(["a", "c", "b", "a", "c", null]);
});

test("of what was opened the last few are kept, each once", () => {
  const opened = [1, 2, 3, 2, 4, 5, 6, 7].map((id): PaletteItem => ({ ...order, id: String(id) }));
  expect(ids(opened.reduce(withRecent, [] as PaletteItem[]))).toEqual(["7", "6", "5", "4", "2", "3"]);
});

test("what a device kept is believed only where it is still open to the role, and never leads out of the back office", () => {
  const kept = [order, { ...order, kind: "user", id: "3" }, { ...places[0]!, label: "old name" }, { ...places[0]!, id: "team" }, { ...order, id: "x", href: "https://evil.example" }, { ...order, id: "y", href: "/administrator" }, null, 7];
  expect(recentFrom(kept, { places, kinds: ["order"] }).map((item) => [keyOf(item), item.label])).toEqual([["order-abc", "P2611210081"], ["page-orders", "订单"]]);
  expect(recentFrom("nonsense", { places, kinds: [] })).toEqual([]);
});
