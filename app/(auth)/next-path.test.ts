import { expect, test } from "vitest";

import { nextPath } from "./next-path";

test.each(["/", "/wallet", "/wallet?filter=out", "/products/a-b?redeem=1#top"])("%j is a place in the shop", (path) => {
  expect(nextPath(path)).toBe(path);
});

test.each(["", "//evil.com", "/..//evil.com", "/.//evil.com", "/a//evil.com", "/\\evil.com", "\\/evil.com", "https:evil.com", "https://evil.com", "javascript:alert(1)", "/a\u0000b", "/\t/evil.com", "/\n/evil.com", `/${"a".repeat(300)}`, "wallet"])("%j leads home", (path) => {
  expect(nextPath(path)).toBe("/");
});
