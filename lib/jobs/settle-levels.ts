import "server-only";

import type { Ctx, UserId } from "@/lib/ctx";
import { listDueReviews, listUnplaced, reviewLevels } from "@/lib/levels/commands";
import { perform } from "@/lib/perform";

import { clockActor, type Job } from "./job";

/** People of one transaction: a larger one holds their accounts for longer than a shopper should wait. */
const PEOPLE_AT_ONCE = 200;

type Total = { people: number; up: number; down: number };

/** Looks at the levels whose time has come, then places people from before the shop had levels. Killed at any point, the next run goes on. */
export const settleLevelsJob: Job = {
  async run(now, deadline) {
    const total: Total = { people: 0, up: 0, down: 0 };
    const review = async (find: (ctx: Ctx) => Promise<UserId[]>): Promise<UserId[]> =>
      perform(clockActor("settle-levels"), async (ctx) => {
        const people = await find(ctx);
        const { up, down } = await reviewLevels(ctx, people);
        total.people += people.length;
        total.up += up;
        total.down += down;
        return people;
      }, now);
    const isThrough = (await inBatches(deadline, () => review((ctx) => listDueReviews(ctx, PEOPLE_AT_ONCE)))) && (await placeAll(deadline, review));
    return { ...total, finished: isThrough ? 1 : 0 };
  },
};

/** Each batch leaves what it saw, so the next begins with others. */
async function inBatches(deadline: number, work: () => Promise<readonly UserId[]>): Promise<boolean> {
  while (Date.now() < deadline) if ((await work()).length < PEOPLE_AT_ONCE) return true;
  return false;
}

function placeAll(deadline: number, review: (find: (ctx: Ctx) => Promise<UserId[]>) => Promise<UserId[]>): Promise<boolean> {
  let last = 0;
  return inBatches(deadline, async () => {
    const people = await review((ctx) => listUnplaced(ctx, last, PEOPLE_AT_ONCE));
    last = people.at(-1) ?? last;
    return people;
  });
}
