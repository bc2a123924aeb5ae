import "server-only";

import { after } from "next/server";

import { runJob } from "@/lib/jobs";
import { log } from "@/lib/log";

/** Sends mail that somebody waits for as soon as they have their answer. Whatever becomes of this, the job's next round sends it. */
export function sendMailSoon(): void {
  after(() => runJob("deliver-mail").catch((error: unknown) => log.warn({ err: error }, "mail waits for the next round")));
}
