import fc from "fast-check";
import { expect, test } from "vitest";

import { anchorFrom, betterAnchor, clockText, phaseAt, pollDelay, secondsLeft, serverNow, untilNextSecond } from "./flash-clock";

const sight = { startsAt: 100_000, endsAt: 200_000, stock: 5, pieces: 5, isOver: false };

test("whatever the way there and back took, the server's time is known to half of it", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 1e9 }), (there, back, asked) => {
    const trueServer = 1_000_000 + asked;
    const anchor = anchorFrom(asked, asked + there + back, trueServer + there);
    expect(Math.abs(serverNow(anchor, asked + there + back) - (trueServer + there + back))).toBeLessThanOrEqual(anchor.errorMs);
  }));
});

test("a surer reading is kept, until a newer one shows that the server's clock was set", () => {
  const sure = anchorFrom(1_000, 1_020, 500_000);
  expect(betterAnchor(sure, anchorFrom(2_000, 2_400, 501_150))).toBe(sure);
  const surer = anchorFrom(2_000, 2_010, 501_000);
  expect(betterAnchor(sure, surer)).toBe(surer);
  const moved = anchorFrom(2_000, 2_400, 900_000);
  expect(betterAnchor(sure, moved)).toBe(moved);
});

test("after a long time a rough new reading is better than a sharp old one", () => {
  const fresh = anchorFrom(3_600_000, 3_600_600, 4_000_000);
  expect(betterAnchor(anchorFrom(0, 20, 400_000), fresh)).toBe(fresh);
});

test("what is shown says 1 until the last second is over, and the next look is exactly then", () => {
  expect([2_001, 2_000, 1_001, 1_000, 1, 0, -5].map(secondsLeft)).toEqual([3, 2, 2, 1, 1, 0, 0]);
  fc.assert(fc.property(fc.integer({ min: 1, max: 1e8 }), (ms) => {
    const wait = untilNextSecond(ms);
    expect(secondsLeft(ms - wait + 1)).toBe(secondsLeft(ms));
    expect(secondsLeft(ms - wait)).toBe(secondsLeft(ms) - 1);
  }));
});

test.each([[0, "00:00:00"], [59, "00:00:59"], [3_661, "01:01:01"], [86_399, "23:59:59"], [86_400, "1 天 00:00:00"], [200_000, "2 天 07:33:20"]])("%i seconds are %s", (seconds, text) => {
  expect(clockText(seconds, "{days} 天")).toBe(text);
});

test("it begins and ends by the server's time, and a sale that was closed is over", () => {
  expect([99_999, 100_000, 199_999, 200_000].map((now) => phaseAt(sight, now))).toEqual(["soon", "on", "on", "over"]);
  expect(phaseAt({ ...sight, isOver: true }, 150_000)).toBe("over");
});

test("a page asks more often the nearer the start, and no more when it is over; two pages do not ask together", () => {
  const delays = [-1_000_000, 0, 70_000, 150_000].map((now) => pollDelay(sight, now, 0.5)!);
  expect(delays).toEqual([30_000, 15_000, 5_000, 2_500]);
  expect(pollDelay(sight, 200_000, 0.5)).toBeNull();
  expect(pollDelay(sight, 150_000, 0)).not.toBe(pollDelay(sight, 150_000, 1));
});
