import { jobs, runJob, type JobName } from "@/lib/jobs";
import type { Job } from "@/lib/jobs/job";
import { log } from "@/lib/log";

const MINUTE_MS = 60_000;

/** Starts the clock's jobs each at its own pace; leases keep them to one run across processes. Returns what stops it. */
export function startJobs(): () => void {
  const paced: Readonly<Record<string, Job>> = jobs;
  const timers = (Object.keys(jobs) as JobName[]).flatMap((job) => {
    const minutes = paced[job]!.everyMinutes;
    return minutes === undefined ? [] : [setInterval(() => void run(job), minutes * MINUTE_MS)];
  });
  return () => timers.forEach((timer) => clearInterval(timer));
}

async function run(job: JobName): Promise<void> {
  try {
    await runJob(job);
  } catch (error) {
    log.error({ err: error, job }, "job will be tried again");
  }
}
