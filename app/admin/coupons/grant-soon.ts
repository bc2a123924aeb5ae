import "server-only";

import { after } from "next/server";

import { runJob } from "@/lib/jobs";
import { log } from "@/lib/log";

/** Begins to hand out what was ordered as soon as staff have their answer. Whatever becomes of this, the job's next round goes on with it. */
export function grantSoon(): void {
  after(() => runJob("grant-coupons").catch((error: unknown) => log.warn({ err: error }, "coupons wait for the next round")));
}
