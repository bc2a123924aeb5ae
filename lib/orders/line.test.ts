import { expect, test } from "vitest";

import { isReceivable, owedOf, stepOf, type Line } from "./line";

const line = (delivery: Line["delivery"], quantity: number, quantityDelivered = 0, quantityRefunded = 0): Line => ({ line: 1, delivery, quantity, quantityDelivered, quantityRefunded });

test("what is taken back is taken from what was not sent yet", () => {
  expect(owedOf(line("shipped", 3, 1, 1))).toBe(1);
  expect(owedOf(line("shipped", 3, 1, 3))).toBe(0);
  expect(owedOf(line("shipped", 3, 3, 2))).toBe(0);
});

test.each([
  ["a paid order waits while a parcel is owed", "paid", [line("shipped", 2, 1)], null],
  ["the last parcel makes it shipped", "paid", [line("shipped", 2, 2)], "shipped"],
  ["so does taking back what was not sent", "paid", [line("shipped", 2, 1, 1)], "shipped"],
  ["an order of codes is completed with the last one", "paid", [line("virtual", 2, 2), line("coupon", 1, 1)], "completed"],
  ["and waits for a piece that is to be picked up", "paid", [line("virtual", 2, 2), line("pickup", 1)], null],
  ["a mixed order is shipped though something waits for pick-up", "paid", [line("shipped", 1, 1), line("pickup", 1)], "shipped"],
  ["a parcel on its way completes nothing by itself", "shipped", [line("shipped", 1, 1), line("pickup", 1, 1)], null],
  ["a parcel that was taken back is waited for no more", "shipped", [line("shipped", 1, 1, 1), line("virtual", 1, 1)], "completed"],
  ["an unpaid order goes nowhere", "pending", [line("virtual", 1)], null],
  ["nor does one that is completed", "completed", [line("virtual", 1, 1)], null],
  ["of an order that was taken back whole nothing follows", "paid", [line("virtual", 1, 0, 1)], null],
] as const)("%s", (_, status, lines, step) => {
  expect(stepOf(status, lines)).toBe(step);
});

test("an order is received when its parcels are out and nothing else is owed", () => {
  expect(isReceivable("shipped", [line("shipped", 2, 2)])).toBe(true);
  expect(isReceivable("shipped", [line("shipped", 2, 2), line("pickup", 1)])).toBe(false);
  expect(isReceivable("paid", [line("shipped", 2, 2)])).toBe(false);
});
