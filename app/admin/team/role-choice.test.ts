import { expect, test } from "vitest";

import { PERMISSIONS } from "@/lib/accounts/permission";

import { roleFields, TOPICS } from "./role-choice";

test("every permission stands under one topic", () => {
  expect(TOPICS.flatMap(([, permissions]) => [...permissions]).sort()).toEqual([...PERMISSIONS].sort());
});

test("a number is a staff role, a word is what it says", () => {
  expect([roleFields("7"), roleFields("owner"), roleFields("shopper"), roleFields("")]).toEqual([{ role: "staff", staffRoleId: "7" }, { role: "owner" }, { role: "shopper" }, { role: "" }]);
});
