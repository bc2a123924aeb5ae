import { jobs, runJob, type JobName } from "@/lib/jobs";
import { log } from "@/lib/log";

const MINUTE_MS = 60_000;

/** Starts the clock's jobs each at its own pace; leases keep them to one run across processes. Returns what stops it. */
export function startJobs(): () => void {
  const timers = (Object.keys(jobs) as JobName[]).map((job) => setInterval(() => void run(job), jobs[job].everyMinutes * MINUTE_MS));
  return () => timers.forEach((timer) => clearInterval(timer));
}

async function run(job: JobName): Promise<void> {
  try {
    await runJob(job);
  } catch (error) {
    log.error({ err: error, job }, "job will be tried again");
  }
}
