import "server-only";

import { runJob } from "@/lib/jobs";
import { log } from "@/lib/log";

/** Staff waits for so long; then it goes on by itself. */
const PATIENCE_MS = 3_000;

/** Writes down who belongs to what was just saved. False when that takes longer than somebody wants to wait, or another round is at it. */
export async function refreshSoon(): Promise<boolean> {
  const refreshed = runJob("refresh-segments").then(({ status }) => status === "done", (error: unknown) => {
    log.warn({ err: error }, "segments wait for the next round");
    return false;
  });
  return Promise.race([refreshed, new Promise<boolean>((resolve) => setTimeout(resolve, PATIENCE_MS, false))]);
}
