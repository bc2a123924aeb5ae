import { expect, test } from "vitest";

import { relativeTime } from "./relative-time";

const now = new Date("2026-11-21T12:00:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

test("a time reads as its distance, in the largest unit that fits", () => {
  expect(relativeTime("en", ago(20), now)).toBe("now");
  expect(relativeTime("en", ago(185), now)).toBe("3 minutes ago");
  expect(relativeTime("zh-CN", ago(7_300), now)).toBe("2小时前");
  expect(relativeTime("en", ago(86_400), now)).toBe("yesterday");
});

test("after a week the date is shown instead", () => {
  expect(relativeTime("en", ago(7 * 86_400), now)).toBeNull();
});

test("a clock that runs ahead does not write into the future", () => {
  expect(relativeTime("en", ago(-90), now)).toBe("now");
});
