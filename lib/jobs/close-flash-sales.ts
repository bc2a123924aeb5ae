import "server-only";

import { db } from "@/db/client";
import { closeFlashSale, returnFlashPieces } from "@/lib/flash/commands";
import { listSalesToClose } from "@/lib/flash/queries";
import { log } from "@/lib/log";
import { perform } from "@/lib/perform";

import { clockActor, type Job } from "./job";

const NAME = "close-flash-sales";
const SALES_AT_ONCE = 50;

/**
 * Closes sales whose time is over and gives back to the shop's shelves what is left of them, and again whatever comes back to them later
 * from orders that were not paid: it looks at what is there, so that nothing is stranded however often it failed before.
 */
export const closeFlashSalesJob: Job = {
  everyMinutes: 1,
  async run(now, deadline) {
    const report = { closed: 0, returned: 0, failures: [] as string[] };
    while (Date.now() < deadline) {
      const due = (await listSalesToClose(db(), now, SALES_AT_ONCE + report.failures.length)).filter(({ id }) => !report.failures.includes(String(id)));
      if (due.length === 0) break;
      for (const { id, isClosed } of due) {
        try {
          const { returned } = await perform(clockActor(NAME), (ctx) => (isClosed ? returnFlashPieces(ctx, id) : closeFlashSale(ctx, { id })), now);
          report.returned += returned;
          if (!isClosed) report.closed++;
        } catch (error) {
          log.error({ err: error, flashSale: id }, "a flash sale was not closed");
          report.failures.push(String(id));
        }
      }
    }
    return report;
  },
};
