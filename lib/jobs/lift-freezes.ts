import "server-only";

import { endFreeze, listOverFreezes } from "@/lib/accounts/freezing/commands";
import { perform } from "@/lib/perform";

import { clockActor, type Job } from "./job";

const NAME = "lift-freezes";
const PEOPLE_AT_ONCE = 200;

/** Ends freezes whose time is over. Nobody waits for it: whatever asks takes such a freeze for ended; this says so in the books, and tells its owner. */
export const liftFreezesJob: Job = {
  everyMinutes: 1,
  async run(now, deadline) {
    let lifted = 0;
    while (Date.now() < deadline) {
      const due = await perform(clockActor(NAME), (ctx) => listOverFreezes(ctx, PEOPLE_AT_ONCE), now);
      if (due.length === 0) return { lifted, finished: 1 };
      for (const userId of due) {
        if (Date.now() >= deadline) return { lifted, finished: 0 };
        if (await perform(clockActor(NAME), (ctx) => endFreeze(ctx, userId, { isOver: true }), now)) lifted++;
      }
    }
    return { lifted, finished: 0 };
  },
};
