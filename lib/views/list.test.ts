import { expect, test } from "vitest";

import { keptColumns, keptQuery, mayChangeView, mayShareViews } from "./list";
import { NewViewInput } from "./schema";

const clerk = { id: 1, permissions: new Set(["orders.read"] as const) };
const owner = { id: 2, permissions: new Set(["settings.write"] as const) };

test("a view keeps filters and order, not the page, the columns or another view", () => {
  expect(keptQuery("status=paid&sort=-points&page=7&v=3&cols=number&q=&__proto__=x&a b=1&from=2026-11-01")).toBe("status=paid&sort=-points&from=2026-11-01");
});

test.each([null, 7, "number", {}, [], [1, null, {}], ["no spaces here", "<b>"]])("columns that were stored as %j are the list's own choice", (stored) => {
  expect(keptColumns(stored)).toBeNull();
});

test("columns that look like columns are kept, and not too many of them", () => {
  expect(keptColumns(["number", "createdAt"])).toEqual(["number", "createdAt"]);
  expect(keptColumns(Array.from({ length: 90 }, (_, index) => `c${index}`))).toHaveLength(40);
});

test("everybody changes their own views, a shared one only who may share", () => {
  expect([mayShareViews(clerk), mayShareViews(owner)]).toEqual([false, true]);
  expect([mayChangeView(clerk, { ownerId: 1, isShared: false }), mayChangeView(clerk, { ownerId: 2, isShared: false })]).toEqual([true, false]);
  expect([mayChangeView(clerk, { ownerId: 1, isShared: true }), mayChangeView(owner, { ownerId: 1, isShared: true }), mayChangeView(owner, { ownerId: 1, isShared: false })]).toEqual([false, true, false]);
});

test("a form's view is read strictly", () => {
  const form = { requestId: "k", list: "orders", name: " Large ", query: "size=large&page=2", columns: "number,points", isShared: "on" };
  expect(NewViewInput.parse(form)).toEqual({ requestId: "k", list: "orders", name: "Large", query: "size=large", columns: ["number", "points"], isShared: true });
  for (const wrong of [{ list: "secrets" }, { list: "__proto__" }, { name: "" }, { name: "x".repeat(41) }, { query: `a=${"x".repeat(2_000)}` }, { ownerId: 3 }]) expect(NewViewInput.safeParse({ ...form, ...wrong }).success).toBe(false);
});
