import "server-only";

import { perform } from "@/lib/perform";
import { forgetOldSignals, listBursts, raiseBurst } from "@/lib/risk/watching/commands";

import { clockActor, type Job } from "./job";

const NAME = "watch-risk";
const PEOPLE_AT_ONCE = 100;

/** What no single event shows: new accounts that order too much. An order itself is not burdened with the question. */
export const watchRiskJob: Job = {
  everyMinutes: 1,
  async run(now, deadline) {
    let alerts = 0;
    const forgotten = await perform(clockActor(NAME), forgetOldSignals, now);
    while (Date.now() < deadline) {
      const found = await perform(clockActor(NAME), (ctx) => listBursts(ctx, PEOPLE_AT_ONCE), now);
      let raised = 0;
      for (const burst of found) if (Date.now() < deadline && (await perform(clockActor(NAME), (ctx) => raiseBurst(ctx, burst), now))) raised++;
      alerts += raised;
      if (found.length < PEOPLE_AT_ONCE || raised === 0) return { alerts, forgotten, finished: Date.now() < deadline ? 1 : 0 };
    }
    return { alerts, forgotten, finished: 0 };
  },
};
