import "server-only";

import { after } from "next/server";

import { runJob } from "@/lib/jobs";
import { log } from "@/lib/log";

/** Begins a long run as soon as staff have their answer. Whatever becomes of this, the job's next round goes on with it. */
export function runSoon(): void {
  after(() => runJob("run-bulk").catch((error: unknown) => log.warn({ err: error }, "a run waits for the next round")));
}
