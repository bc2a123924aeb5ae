import { jobs, runJob, type JobName } from "@/lib/jobs";
import type { Job } from "@/lib/jobs/job";
import { log } from "@/lib/log";

const MINUTE_MS = 60_000;

/** Jobs under way at once. Many are due on the same minute, and shoppers need the pool's connections too. */
const AT_ONCE = 2;

/** Starts the clock's jobs each at its own pace; leases keep them to one run across processes. Returns what stops it. */
export function startJobs(): () => void {
  const paced: Readonly<Record<string, Job>> = jobs;
  const queue = new JobQueue();
  const timers = (Object.keys(jobs) as JobName[]).flatMap((job) => {
    const minutes = paced[job]!.everyMinutes;
    return minutes === undefined ? [] : [setInterval(() => queue.add(job), minutes * MINUTE_MS)];
  });
  return () => timers.forEach((timer) => clearInterval(timer));
}

/** Runs what is due in the order in which it came due; what waits already does not wait twice. */
class JobQueue {
  readonly #waiting = new Set<JobName>();
  #running = 0;

  add(job: JobName): void {
    this.#waiting.add(job);
    this.#next();
  }

  #next(): void {
    const [job] = this.#waiting;
    if (job === undefined || this.#running >= AT_ONCE) return;
    this.#waiting.delete(job);
    this.#running++;
    void run(job).finally(() => {
      this.#running--;
      this.#next();
    });
    this.#next();
  }
}

async function run(job: JobName): Promise<void> {
  try {
    await runJob(job);
  } catch (error) {
    log.error({ err: error, job }, "job will be tried again");
  }
}
