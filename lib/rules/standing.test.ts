import { expect, test } from "vitest";

import { standingOf } from "./standing";

const now = new Date("2026-11-21T04:00:00Z");
const before = new Date("2026-11-20T04:00:00Z");
const after = new Date("2026-11-22T04:00:00Z");

test.each([
  ["active", null, null, "active"], ["active", before, after, "active"], ["active", now, after, "active"], ["active", after, null, "planned"],
  ["active", null, before, "over"], ["active", before, now, "over"], ["draft", after, null, "draft"], ["archived", before, before, "archived"],
] as const)("a rule that is %s, from %j to %j, stands as %s", (status, startsAt, endsAt, standing) => {
  expect(standingOf({ status, startsAt, endsAt }, now)).toBe(standing);
});
