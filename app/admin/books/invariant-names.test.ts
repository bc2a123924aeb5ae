import { expect, test } from "vitest";

import { invariants } from "@/lib/audit/invariants";
import en from "@/messages/en/adminBooks.json";
import zh from "@/messages/zh-CN/adminBooks.json";

test.each([["English", en], ["Chinese", zh]])("every invariant has a name in %s, and no name is left of one that is gone", (_, words) => {
  expect(Object.keys(words.invariants).sort()).toEqual(invariants.map(({ name }) => name).sort());
});
