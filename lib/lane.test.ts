import { expect, test } from "vitest";

import { Lane, LaneFullError, sharedLane, type LaneOptions } from "./lane";

type Batch = { requests: readonly number[]; answer: () => void; fail: (error: Error) => void };

/** A lane whose batches wait until the test lets them go. */
function heldLane(options: Partial<LaneOptions> = {}) {
  const batches: Batch[] = [];
  const lane = new Lane<number, string>((requests) => new Promise((resolve, reject) => {
    batches.push({ requests, answer: () => resolve(requests.map((request) => `done ${request}`)), fail: reject });
  }), { batchMax: 4, widthMax: 1, besideMin: 4, waitingMax: 10, ...options });
  return { lane, batches };
}

const tick = () => new Promise((done) => setImmediate(done));
const submitAll = (lane: Lane<number, string>, from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => lane.submit(from + index));
const requestsOf = (batches: readonly Batch[]) => batches.map(({ requests }) => requests);

test("alone, a request runs at once", async () => {
  const { lane, batches } = heldLane();
  const answer = lane.submit(1);
  await tick();
  expect(requestsOf(batches)).toEqual([[1]]);
  batches[0]!.answer();
  expect(await answer).toBe("done 1");
});

test("requests of one tick are one batch, and each gets its own answer", async () => {
  const { lane, batches } = heldLane();
  const answers = Promise.all(submitAll(lane, 1, 3));
  await tick();
  expect(requestsOf(batches)).toEqual([[1, 2, 3]]);
  batches[0]!.answer();
  expect(await answers).toEqual(["done 1", "done 2", "done 3"]);
});

test("what arrives while a batch is under way waits, and goes together, in order, no more than a batch at once", async () => {
  const { lane, batches } = heldLane();
  const answers = Promise.all([lane.submit(0)]);
  await tick();
  const later = Promise.all(submitAll(lane, 1, 6));
  await tick();
  expect(requestsOf(batches)).toEqual([[0]]);
  batches[0]!.answer();
  await answers;
  await tick();
  expect(requestsOf(batches)).toEqual([[0], [1, 2, 3, 4]]);
  batches[1]!.answer();
  await tick();
  await tick();
  expect(requestsOf(batches)).toEqual([[0], [1, 2, 3, 4], [5, 6]]);
  batches[2]!.answer();
  expect(await later).toEqual([1, 2, 3, 4, 5, 6].map((request) => `done ${request}`));
});

test("another batch starts beside a running one only for enough requests, and never beyond the width", async () => {
  const { lane, batches } = heldLane({ widthMax: 2, batchMax: 4, besideMin: 3 });
  const all = [lane.submit(0)];
  await tick();
  all.push(...submitAll(lane, 1, 2));
  await tick();
  expect(requestsOf(batches)).toEqual([[0]]);
  all.push(lane.submit(3));
  await tick();
  expect(requestsOf(batches)).toEqual([[0], [1, 2, 3]]);
  all.push(...submitAll(lane, 4, 9));
  await tick();
  expect(batches).toHaveLength(2);
  for (let next = 0; next < batches.length; next++) {
    batches[next]!.answer();
    await tick();
    await tick();
  }
  expect(await Promise.all(all)).toHaveLength(10);
  expect(requestsOf(batches).flat().sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(Math.max(...requestsOf(batches).map((requests) => requests.length))).toBeLessThanOrEqual(4);
});

test("a request that fails fails alone: its neighbours are run again, each by itself, and get their answers", async () => {
  const seen: number[][] = [];
  const lane = new Lane<number, string>(async (requests) => {
    seen.push([...requests]);
    if (requests.includes(2)) throw new Error("two is bad");
    return requests.map((request) => `done ${request}`);
  });
  const answers = await Promise.allSettled([1, 2, 3].map((request) => lane.submit(request)));
  expect(answers).toMatchObject([{ value: "done 1" }, { reason: new Error("two is bad") }, { value: "done 3" }]);
  expect(seen).toEqual([[1, 2, 3], [1], [2], [3]]);
});

test("a lone request that fails is not run again", async () => {
  let runs = 0;
  const lane = new Lane<number, string>(async () => {
    runs++;
    throw new Error("no");
  });
  await expect(lane.submit(1)).rejects.toThrow("no");
  expect(runs).toBe(1);
});

test("after a batch that failed the lane goes on", async () => {
  const { lane, batches } = heldLane();
  const bad = lane.submit(1);
  await tick();
  batches[0]!.fail(new Error("no"));
  await expect(bad).rejects.toThrow("no");
  const good = lane.submit(2);
  await tick();
  batches[1]!.answer();
  expect(await good).toBe("done 2");
});

test("work that throws before it promises anything fails its request, and the lane goes on", async () => {
  let isBroken = true;
  const lane = new Lane<number, string>((requests) => {
    if (isBroken) throw new TypeError("thrown, not rejected");
    return Promise.resolve(requests.map(String));
  });
  await expect(lane.submit(1)).rejects.toThrow("thrown, not rejected");
  isBroken = false;
  expect(await lane.submit(2)).toBe("2");
});

test("more than may wait are turned away at once, and those who wait are served", async () => {
  const { lane, batches } = heldLane({ waitingMax: 5 });
  const first = lane.submit(0);
  await tick();
  const waiting = submitAll(lane, 1, 5);
  await expect(lane.submit(6)).rejects.toBeInstanceOf(LaneFullError);
  for (let next = 0; next < 3; next++) {
    batches[next]!.answer();
    await tick();
    await tick();
  }
  expect(await Promise.all([first, ...waiting])).toHaveLength(6);
  expect(lane.submit(7)).toBeInstanceOf(Promise);
  await tick();
  batches[3]!.answer();
});

test("a storm of ten thousand is answered, each with its own answer", async () => {
  const sizes: number[] = [];
  const lane = new Lane<number, number>(async (requests) => {
    sizes.push(requests.length);
    await tick();
    return requests.map((request) => request * 2);
  }, { batchMax: 128, widthMax: 3, besideMin: 32, waitingMax: 20_000 });
  const answers = await Promise.all(Array.from({ length: 10_000 }, (_, request) => lane.submit(request)));
  expect(answers.every((answer, request) => answer === request * 2)).toBe(true);
  expect(Math.max(...sizes)).toBe(128);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(10_000);
});

test("a lane of one name is one lane", () => {
  const make = () => new Lane<number, number>(async (requests) => [...requests]);
  expect(sharedLane("a test's own", make)).toBe(sharedLane("a test's own", make));
  expect(sharedLane("a test's own", make)).not.toBe(sharedLane("another", make));
});
