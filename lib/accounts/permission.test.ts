import { expect, test } from "vitest";

import { mayChangeRole, mayManageAccount, mayOpenAccount } from "./permission";

const lin = { id: 1, role: "shopper" } as const;
const wei = { id: 2, role: "staff" } as const;
const bo = { id: 3, role: "staff" } as const;
const qiao = { id: 4, role: "owner" } as const;

test("staff open and manage shoppers, and no colleague", () => {
  expect([lin, bo, qiao].map((person) => mayOpenAccount(wei, person))).toEqual([true, false, false]);
  expect([lin, bo, qiao].map((person) => mayManageAccount(wei, person))).toEqual([true, false, false]);
});

test("an owner manages everybody but themselves", () => {
  expect([lin, wei, qiao].map((person) => mayManageAccount(qiao, person))).toEqual([true, true, false]);
  expect(mayOpenAccount(qiao, qiao)).toBe(true);
});

test("only an owner changes roles", () => {
  expect([lin, wei, qiao].map(mayChangeRole)).toEqual([false, false, true]);
});

test("a shopper manages nobody", () => {
  expect(mayManageAccount(lin, { id: 9, role: "shopper" })).toBe(false);
});
