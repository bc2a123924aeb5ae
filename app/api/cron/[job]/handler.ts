import { createHash, timingSafeEqual } from "node:crypto";

import { env } from "@/lib/env";
import { isJobName, runJob } from "@/lib/jobs";
import { log } from "@/lib/log";

/** GET /api/cron/<job> with `Authorization: Bearer CRON_SECRET`: runs the job once and reports counts. */
export async function runCron(request: Request, job: string): Promise<Response> {
  if (!isSecret(request.headers.get("authorization"))) return reply(401, { error: "unauthorized" });
  if (!isJobName(job)) return reply(404, { error: "no such job" });
  try {
    return reply(200, await runJob(job));
  } catch (error) {
    log.error({ err: error, job }, "cron run failed");
    return reply(500, { job, status: "failed" });
  }
}

/** Compared as digests, so that neither length nor content shows in the time it takes. */
function isSecret(header: string | null): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(header ?? ""), digest(`Bearer ${env().CRON_SECRET}`));
}

const reply = (status: number, body: unknown): Response => Response.json(body, { status, headers: { "cache-control": "no-store" } });
