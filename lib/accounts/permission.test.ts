import fc from "fast-check";
import { expect, test } from "vitest";

import { BUILT_IN_ROLES } from "@/db/schema/people";

import { mayChangeRole, mayGive, mayManageAccount, mayOpenAccount, PERMISSIONS, permissionsOf, type Permission } from "./permission";

const shopper = { id: 1, role: "shopper", permissions: permissionsOf("shopper", null) } as const;
const inRole = (id: number, builtIn: (typeof BUILT_IN_ROLES)[number]) => ({ id, role: "staff", permissions: permissionsOf("staff", { builtIn, permissions: [] }) }) as const;
const support = inRole(2, "support");
const manager = inRole(3, "manager");
const owner = { id: 4, role: "owner", permissions: permissionsOf("owner", null) } as const;
const hr = { id: 5, role: "staff", permissions: permissionsOf("staff", { builtIn: null, permissions: ["staff.read", "staff.manage", "orders.read"] }) } as const;
const all = [shopper, support, manager, owner];

test("who looks after people opens shoppers, who may see the staff opens colleagues, and everybody opens themselves", () => {
  expect(all.map((person) => mayOpenAccount(support, person))).toEqual([true, true, false, false]);
  expect(all.map((person) => mayOpenAccount(manager, person))).toEqual([true, true, true, true]);
  expect(all.map((person) => mayOpenAccount(hr, person))).toEqual([false, true, true, true]);
});

test("nobody manages themselves, nobody but an owner an owner, and nobody a colleague without the permission for it or with more than they have", () => {
  expect(all.map((person) => mayManageAccount(support, person))).toEqual([true, false, false, false]);
  expect(all.map((person) => mayManageAccount(manager, person))).toEqual([true, false, false, false]);
  expect(all.map((person) => mayManageAccount(hr, person))).toEqual([false, false, false, false]);
  expect(mayManageAccount(hr, { ...hr, id: 6 })).toBe(true);
  expect(all.map((person) => mayManageAccount(owner, person))).toEqual([true, true, true, false]);
  expect(mayManageAccount({ ...owner, id: 9 }, owner)).toBe(true);
  expect(all.map((person) => mayManageAccount(shopper, person))).toEqual([false, false, false, false]);
});

test("roles are changed by whoever manages the staff and has all that the other may do", () => {
  const people = [shopper, support, manager, hr, owner];
  expect(people.map((by) => mayChangeRole(by, shopper))).toEqual([false, false, false, true, true]);
  expect(people.map((whose) => mayChangeRole(hr, whose))).toEqual([true, false, false, true, false]);
  expect(people.map((whose) => mayChangeRole(owner, whose))).toEqual([true, true, true, true, true]);
});

const subset = fc.subarray([...PERMISSIONS]);

test("nobody but an owner gives what they do not have, and nobody but an owner makes an owner", () => {
  fc.assert(
    fc.property(subset, subset, (mine, given) => {
      const giver = { role: "staff", permissions: new Set<Permission>(mine) } as const;
      expect(mayGive(giver, { role: "staff", permissions: new Set(given) })).toBe(given.every((permission) => mine.includes(permission)));
      expect(mayGive(giver, { role: "owner", permissions: new Set(given) })).toBe(false);
      expect(mayGive({ role: "owner", permissions: new Set(mine) }, { role: "owner", permissions: new Set(given) })).toBe(true);
    }),
  );
});

test("a custom role is its list and nothing that this version does not know; a built-in one is what the shop says it is", () => {
  expect([...permissionsOf("staff", { builtIn: null, permissions: ["orders.read", "gone.read"] })]).toEqual(["orders.read"]);
  for (const builtIn of BUILT_IN_ROLES) expect([...permissionsOf("staff", { builtIn, permissions: ["staff.manage"] })]).not.toContain("staff.manage");
  expect(permissionsOf("staff", null).size + permissionsOf("shopper", { builtIn: "manager", permissions: [] }).size).toBe(0);
  expect(permissionsOf("owner", null).size).toBe(PERMISSIONS.length);
});

test("an analyst only reads", () => {
  expect([...permissionsOf("staff", { builtIn: "analyst", permissions: [] })].filter((permission) => !/\.(read|export)$/.test(permission))).toEqual([]);
});
