import fc from "fast-check";
import { expect, test } from "vitest";

import { faultOf } from "./chain";
import { decideClaim, hasFallen, shownProgress, stateOf, type Standing } from "./progress";
import { TaskInput } from "./schema";
import type { Task } from "./task";

const NOW = new Date("2026-03-10T08:00:00.000Z");
const task = (more: Partial<Task> = {}): Task => ({
  id: 1, metric: "redemptions", eventName: null, target: 3, windowDays: null, period: "once", afterTaskId: null, rewardPoints: 10, rewardPerk: null, rewardPerkQuantity: 0,
  rollsBack: true, startsAt: null, endsAt: null, status: "active", ...more,
});

const someStanding: fc.Arbitrary<Standing> = fc.record({
  count: fc.integer({ min: 0, max: 20_000 }), claim: fc.option(fc.record({ isUndone: fc.boolean() })), isUnlocked: fc.boolean(),
});
const aTarget = fc.integer({ min: 1, max: 10_000 });

test("a claim passes exactly where the page offers it, and a bar is full exactly where nothing is missing", () => {
  fc.assert(fc.property(aTarget, someStanding, (target, standing) => {
    const subject = task({ target });
    const state = stateOf(subject, standing);
    const shown = shownProgress(subject, state, standing.count);
    expect(decideClaim(subject, standing, NOW).ok).toBe(state === "claimable");
    expect(shown).toBeGreaterThanOrEqual(0);
    expect(shown).toBeLessThanOrEqual(target);
    expect(shown === target).toBe(state === "claimed" || standing.count >= target);
  }));
});

test("what is missing and what is there make the target; one more of it is one less to go", () => {
  fc.assert(fc.property(aTarget, fc.nat({ max: 10_000 }), (target, count) => {
    const answer = decideClaim(task({ target }), { count, claim: null, isUnlocked: true }, NOW);
    expect(answer).toEqual(count >= target ? { ok: true, value: null } : { ok: false, code: "task_not_done", detail: { missing: target - count } });
  }));
});

test("a claim falls only when no span reaches what it was claimed for, and stays fallen when more is undone", () => {
  fc.assert(fc.property(aTarget, fc.array(fc.nat({ max: 10_000 }), { minLength: 1, maxLength: 3 }), fc.nat({ max: 50 }), (claimedFor, counts, undone) => {
    expect(hasFallen(claimedFor, counts)).toBe(counts.every((count) => count < claimedFor));
    if (hasFallen(claimedFor, counts)) expect(hasFallen(claimedFor, counts.map((count) => count - undone))).toBe(true);
  }));
  expect(hasFallen(3, [])).toBe(false);
});

test.each([
  ["a draft", { status: "draft" }], ["an archived one", { status: "archived" }],
  ["one that begins in a second", { startsAt: new Date(NOW.getTime() + 1_000) }], ["one that ended this instant", { endsAt: NOW }], ["one that ended a second ago", { endsAt: new Date(NOW.getTime() - 1_000) }],
] as const)("%s is not open", (_, more) => {
  expect(decideClaim(task(more), { count: 9, claim: null, isUnlocked: true }, NOW)).toMatchObject({ ok: false, code: "task_not_open" });
});

test("one that began this instant, and one that ends in a millisecond, are open", () => {
  for (const more of [{ startsAt: NOW }, { endsAt: new Date(NOW.getTime() + 1) }]) expect(decideClaim(task(more), { count: 3, claim: null, isUnlocked: true }, NOW).ok).toBe(true);
});

const link = (id: number, afterTaskId: number | null, status: Task["status"] = "active") => ({ id, afterTaskId, status });

test("a chain never leads back to itself, however long it is", () => {
  expect(faultOf(link(1, 1), [])).toBe("cycle");
  expect(faultOf(link(1, 2), [link(1, null), link(2, 1)])).toBe("cycle");
  expect(faultOf(link(1, 4), [link(1, null), link(2, 1), link(3, 2), link(4, 3)])).toBe("cycle");
  expect(faultOf(link(4, 3), [link(1, null), link(2, 1), link(3, 2)])).toBeNull();
});

test("an active task follows an active one, and is not left without it", () => {
  expect(faultOf(link(2, 1), [link(1, null, "draft")])).toBe("inactive");
  expect(faultOf(link(2, 1, "draft"), [link(1, null, "draft")])).toBeNull();
  expect(faultOf(link(2, 9), [])).toBe("missing");
  expect(faultOf(link(1, null, "archived"), [link(1, null), link(2, 1)])).toBe("followed");
  expect(faultOf(link(1, null, "archived"), [link(1, null), link(2, 1, "archived")])).toBeNull();
});

const plain = { requestId: "r", name: "n", metric: "redemptions", target: 1, period: "once", rewardPoints: 10 };
test.each([
  ["a custom task without its event", { metric: "custom" }, "eventName"],
  ["a profile every week", { metric: "profile", period: "weekly" }, "period"],
  ["five parts of a profile", { metric: "profile", target: 5 }, "target"],
  ["eight check-ins in a week", { metric: "check_ins", period: "weekly", target: 8 }, "target"],
  ["two check-ins on a day", { metric: "check_ins", period: "daily", target: 2 }, "target"],
  ["a window in a week", { period: "weekly", windowDays: 3 }, "windowDays"],
  ["a campaign without an end", { period: "campaign", startsAt: "2026-03-01" }, "endsAt"],
  ["an end before the start", { startsAt: "2026-03-02", endsAt: "2026-03-01" }, "endsAt"],
  ["no reward", { rewardPoints: 0 }, "rewardPoints"],
  ["cards without a number", { rewardPerk: "make_up_card" }, "rewardPerkQuantity"],
  ["a target of nothing", { target: 0 }, "target"], ["half a target", { target: 0.5 }, "target"], ["a number that is none", { rewardPoints: "1e9" }, "rewardPoints"], ["a field nobody knows", { isFree: true }, ""],
])("%s is refused at its field", (_, more, field) => {
  const parsed = TaskInput.safeParse({ ...plain, ...more });
  expect(parsed.success).toBe(false);
  expect(parsed.error!.issues.map(({ path }) => path.join("."))).toContain(field);
});
