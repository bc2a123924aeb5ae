import { expect, test } from "vitest";

import { PERMISSIONS } from "@/lib/accounts/permission";
import { LISTS, type ListKey } from "@/lib/views/list";

import { actions, gatesElsewhere, isAsked, lists, pages, routes } from "./permission-map";

// Nothing of the back office is reached without a gate that knows what it takes. `e2e/permissions.spec.ts` asks each of them in every role.

/** Pages that only lead to another one. */
const LEADS_ON = ["app/admin/settings/page.tsx"];

test("every page begins with the gate", () => {
  const places = pages();
  expect(places.length).toBeGreaterThan(50);
  expect(places.filter(({ file, needs }) => needs.length !== 1 && !LEADS_ON.includes(file)).map(({ file }) => file)).toEqual([]);
});

test("every file that is taken out goes through the gate", () => {
  const places = routes();
  expect(places.length).toBeGreaterThan(8);
  expect(places.filter(({ needs }) => needs.length === 0).map(({ file }) => file)).toEqual([]);
});

test("who may see a list may keep views of it, and who may not, may not", () => {
  expect(lists().length).toBeGreaterThan(15);
  expect(lists().filter(({ key, path }) => pages().find((page) => page.path === path)?.needs[0] !== LISTS[key as ListKey])).toEqual([]);
});

test("every action goes through the gate", () => {
  const places = actions();
  expect(places.length).toBeGreaterThan(70);
  expect(places.filter(({ needs }) => needs.length === 0).map(({ file, name }) => `${file} ${name}`)).toEqual([]);
});

test("what the API does for staff asks for a permission", () => {
  expect(gatesElsewhere().map(({ needs }) => needs)).toEqual([["programme.write"], ["products.write"], ["products.write"], ["adjustments.request"]]);
});

test("every permission opens something", () => {
  expect(PERMISSIONS.filter((permission) => !isAsked(permission))).toEqual([]);
});
