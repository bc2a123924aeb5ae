import { expect, test } from "vitest";

import { hasWords } from "./words";

test.each<[string, string, boolean]>([
  ["Enamel mug, 350 ml", "mug ENAMEL", true],
  ["Enamel mug, 350 ml", "mug tin", false],
  ["搪瓷杯 350ml", "３５０ 杯", true],
  ["搪瓷杯", "   ", true],
  ["a  b", "a b", true],
])("%j has the words of %j: %s", (name, text, has) => {
  expect(hasWords(name, text)).toBe(has);
});
