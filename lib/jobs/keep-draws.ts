import "server-only";

import { listActiveDraws } from "@/lib/draws/queries";
import { openRounds, revealRounds } from "@/lib/draws/rounds/commands";
import { log } from "@/lib/log";
import { perform } from "@/lib/perform";

import { clockActor, type Job } from "./job";

const JOB = "keep-draws";

/** Opens the rounds of today and tomorrow, so that each day's commitment is published before the day, and tells the seeds of days that are over. */
export const keepDrawsJob: Job = {
  everyMinutes: 5,
  async run(now, deadline) {
    const failures: string[] = [];
    let opened = 0;
    for (const draw of await perform(clockActor(JOB), (ctx) => listActiveDraws(ctx.tx), now)) {
      try {
        opened += await perform(clockActor(JOB), (ctx) => openRounds(ctx, draw), now);
      } catch (error) {
        // Other draws and the seeds that are to be told do not wait for it.
        log.error({ err: error, draw: draw.slug }, "the rounds of a draw were not opened");
        failures.push(draw.slug);
      }
    }
    let revealed = 0;
    for (let some = 1; some > 0 && Date.now() < deadline; revealed += some) some = await perform(clockActor(JOB), revealRounds, now);
    return { opened, revealed, failures };
  },
};
