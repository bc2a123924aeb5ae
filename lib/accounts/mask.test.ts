import { expect, test } from "vitest";

import { maskEmail } from "./mask";

test("a masked address keeps two letters and the domain", () => {
  expect(maskEmail("marcus@mail.com")).toBe("ma***@mail.com");
});

test("a short name is never shown whole", () => {
  expect(maskEmail("li@mail.com")).toBe("l***@mail.com");
  expect(maskEmail("abc@mail.com")).toBe("ab***@mail.com");
});

test("the length of the mask does not tell the length of the name", () => {
  expect(maskEmail("marcus.aurelius@mail.com").length).toBe(maskEmail("mar@mail.com").length);
});
