import { expect, test } from "vitest";

import { inOrder, type Job } from "./job";

const NOW = new Date("2026-11-21T00:00:00Z");

/** Steps that note when they ran, each with what it reports. */
function steps(plan: Record<string, number | Error>): { run: Job["run"]; ran: string[] } {
  const ran: string[] = [];
  const jobs = Object.entries(plan).map(([name, finished]): [string, Job] => [name, {
    async run() {
      ran.push(name);
      if (finished instanceof Error) throw finished;
      return { finished };
    },
  }]);
  return { run: inOrder(Object.fromEntries(jobs)), ran };
}

test("steps run one after the other, in their order, and each reports", async () => {
  const { run, ran } = steps({ activate: 1, expire: 1, remind: 1 });
  expect(await run(NOW, 0)).toEqual({ activate: { finished: 1 }, expire: { finished: 1 }, remind: { finished: 1 }, finished: 1 });
  expect(ran).toEqual(["activate", "expire", "remind"]);
});

test("a step that runs out of time keeps the later ones waiting for the next run", async () => {
  const { run, ran } = steps({ activate: 1, expire: 0, remind: 1 });
  expect(await run(NOW, 0)).toEqual({ activate: { finished: 1 }, expire: { finished: 0 }, finished: 0 });
  expect(ran).toEqual(["activate", "expire"]);
});

test("a step that fails ends the run", async () => {
  const { run, ran } = steps({ activate: new Error("no database"), expire: 1 });
  await expect(run(NOW, 0)).rejects.toThrow("no database");
  expect(ran).toEqual(["activate"]);
});
