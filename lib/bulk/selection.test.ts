import { expect, test } from "vitest";

import { isOfColleagues, queryAsRead } from "./selection";

test("an address is kept as the list reads it, without what chooses no rows", () => {
  expect(queryAsRead("users", "view=frozen&q=lin&sort=-balance&cols=name&page=4&v=7")).toBe("q=lin&view=frozen&sort=-balance");
  expect(queryAsRead("orders", "")).toBe("");
  expect(queryAsRead("products", "q=%20tea%20&status=active")).toBe("q=tea&status=active");
});

test.each([
  ["users", "status=gone"], ["users", "view=everybody"], ["users", "level=x"], ["orders", "status=open"], ["orders", "from=2026-02-30"], ["orders", "unheard=1"], ["products", "category=0"], ["orders", "status=paid&status=shipped"], ["reviews", "rating=6"], ["tasks", "status=gone"], ["rules", "trigger=never"], ["coupons", "status=void"],
] as const)("an address of %s that is not read whole is none: %s", (list, query) => {
  expect(queryAsRead(list, query)).toBeNull();
});

test("colleagues are meant however the address writes it", () => {
  expect(["view=team", "view=%20team", "view=team%20&q=x", "view=frozen", "q=team", ""].map((query) => isOfColleagues("users", query))).toEqual([true, true, true, false, false, false]);
  expect(isOfColleagues("orders", "view=team")).toBe(false);
});
