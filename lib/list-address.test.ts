import fc from "fast-check";
import { expect, test } from "vitest";

import { chosenColumns, dayIn, defineList, idIn, isFiltered, listAddress, listParams, oneOf, pageWindow, readList, searchRows, sortRows, storedQuery, usualColumns, withoutSearch, wordIn } from "./list-address";

const TEAS = defineList({
  key: "teas", path: "/admin/teas", filters: { status: oneOf(["open", "closed"]), maker: idIn, from: dayIn, code: wordIn },
  columns: ["name", "status", "price", "made"], hidden: ["made"], sorts: ["price", "made"], sort: "-made",
});
const read = (query: string) => readList(TEAS, new URLSearchParams(query));

test("an address says what is shown, and reads the same when written again", () => {
  const state = read("q=green&status=open&maker=7&from=2026-11-01&sort=price&cols=name,made&page=3&v=12");
  expect(state).toEqual({ q: "green", filters: { status: "open", maker: 7, from: "2026-11-01" }, sort: { by: "price", down: false }, columns: ["name", "made"], page: 3, view: 12 });
  expect(listAddress(TEAS, state, { page: 3 })).toBe("/admin/teas?q=green&status=open&maker=7&from=2026-11-01&sort=price&cols=name%2Cmade&v=12&page=3");
  expect(read(listParams(TEAS, state, { page: 3 }).toString())).toEqual(state);
});

test("an address that says nothing is the list itself", () => {
  const state = read("");
  expect(state).toEqual({ q: "", filters: {}, sort: { by: "made", down: true }, columns: ["name", "status", "price"], page: 1, view: null });
  expect([listAddress(TEAS, state), storedQuery(TEAS, state), chosenColumns(TEAS, state), isFiltered(state)]).toEqual(["/admin/teas", "", null, false]);
});

test.each([
  "status=gone&maker=-1&from=2026-02-30&code=a%20b&sort=secret&cols=secret&page=0&v=x", "maker=1e3&page=9007199254740993999&sort=-&v=-4", "status[]=open&__proto__=1&constructor=2&toString=3",
  "from=2026-13-01&maker=%27%20or%201%3D1&page=1.5&sort=--made", "cols=,,,&cols=__proto__&q=%20%20",
])("what makes no sense is not heard: %s", (query) => {
  expect(read(query)).toEqual(read(""));
});

test("a value that is given twice is the first of them, and one that is long is cut", () => {
  expect(readList(TEAS, { status: ["closed", "open"], q: "x".repeat(5_000) })).toMatchObject({ filters: { status: "closed" }, q: "x".repeat(100) });
});

test("whatever an address says, reading it is calm and writing it settles", () => {
  fc.assert(fc.property(fc.dictionary(fc.oneof(fc.constantFrom("q", "sort", "cols", "page", "v", "status", "maker", "from", "code"), fc.string()), fc.oneof(fc.string(), fc.array(fc.string()))), (params) => {
    const state = readList(TEAS, params);
    const address = listAddress(TEAS, state, { page: state.page });
    expect(read(address.split("?")[1] ?? "")).toEqual({ ...state, q: state.q.trim() });
    expect(state.page).toBeLessThanOrEqual(5_000);
    expect(state.columns[0]).toBe("name");
  }));
});

test("another filter, order or search begins at the first page again; a filter can be taken off", () => {
  const state = read("status=open&page=4&v=9");
  expect(listAddress(TEAS, state, { filters: { status: undefined } })).toBe("/admin/teas?v=9");
  expect(listAddress(TEAS, state, { sort: { by: "price", down: true } })).toBe("/admin/teas?status=open&sort=-price&v=9");
  expect(listAddress(TEAS, state, { q: "black", view: null })).toBe("/admin/teas?q=black&status=open");
});

test("the first column is always there, and no column at all is the list's own choice", () => {
  expect(read("cols=price").columns).toEqual(["name", "price"]);
  expect(readList(TEAS, { cols: ["name", "made", "price"] }).columns).toEqual(["name", "price", "made"]);
  expect(read("cols=name").columns).toEqual(usualColumns(TEAS));
});

test("a list without an order has none", () => {
  const plain = defineList({ key: "plain", path: "/admin/plain", filters: {}, columns: ["name"], sorts: [], sort: "" });
  expect(readList(plain, { sort: "name" }).sort).toBeNull();
  expect(listAddress(plain, readList(plain, { sort: "-name" }))).toBe("/admin/plain");
});

test("a page is a window on the rows", () => {
  expect([pageWindow({ page: 1 }), pageWindow({ page: 3 }, 50)]).toEqual([{ limit: 20, offset: 0 }, { limit: 50, offset: 100 }]);
});

test("what was searched does not stay in the trail", () => {
  expect(withoutSearch(new URLSearchParams("q=lin%40demo.points&status=open&ids=1,2"))).toBe("status=open");
});

const leaves = [{ name: "Green", maker: "Ho", grams: 50, soldAt: null }, { name: "black", maker: "", grams: 20, soldAt: new Date(2) }, { name: "Oolong", maker: "Hollis", grams: 50, soldAt: new Date(1) }];
const namesOf = (rows: readonly { name: string }[]) => rows.map(({ name }) => name);

test.each([["", ["Green", "black", "Oolong"]], ["  BLACK ", ["black"]], ["ho", ["Green", "Oolong"]], ["%", []], ["green ho", []]])("a short list is searched for “%s” in all of its texts", (q, found) => {
  expect(namesOf(searchRows(leaves, q, ({ name, maker }) => [name, maker]))).toEqual(found);
});

test("a short list is sorted either way: rows that are alike keep their places, and what has no value comes last", () => {
  const keys = { usual: () => 0, grams: ({ grams }: (typeof leaves)[number]) => grams, soldAt: ({ soldAt }: (typeof leaves)[number]) => soldAt };
  const sorted = (by: keyof typeof keys, down: boolean) => namesOf(sortRows(leaves, { by, down }, keys));
  expect([sorted("usual", false), sorted("usual", true)]).toEqual([namesOf(leaves), namesOf(leaves)]);
  expect([sorted("grams", false), sorted("grams", true)]).toEqual([["black", "Green", "Oolong"], ["Green", "Oolong", "black"]]);
  expect([sorted("soldAt", false), sorted("soldAt", true)]).toEqual([["Oolong", "black", "Green"], ["black", "Oolong", "Green"]]);
});
