import type { Actor } from "@/lib/ctx";
import { InvariantError } from "@/lib/invariant";
import { log } from "@/lib/log";

/** What a run did: counts, and `finished: 0` when it stopped at its time limit with work left. */
export type Report = { [name: string]: number | string | string[] | Report };

export type Job = {
  /** How often the self-hosted server starts it; the cron route starts it whenever it is called. Without, it runs as a step of another or by hand. */
  everyMinutes?: number;
  /** Works in batches that each commit, and returns at `deadline` at the latest with what is done. */
  run: (now: Date, deadline: number) => Promise<Report>;
};

export const clockActor = (job: string): Actor => ({ kind: "system", name: job });

/** Runs the steps one after the other. One that fails or runs out of time ends the run: a later step never goes ahead of an earlier one. */
export const inOrder = (steps: Readonly<Record<string, Job>>): Job["run"] => async (now, deadline) => {
  const report: Report = {};
  for (const [name, step] of Object.entries(steps)) {
    const done = await step.run(now, deadline);
    report[name] = done;
    if (done.finished === 0) return { ...report, finished: 0 };
  }
  return { ...report, finished: 1 };
};

/**
 * Does a batch in one go, and one by one where the books of somebody in it are wrong: theirs are logged and left, and stop nobody else's.
 * Returns what was done, and whom it failed for.
 */
export async function togetherOrAlone<Each, Done>(batch: readonly Each[], work: (some: readonly Each[]) => Promise<Done>): Promise<{ done: Done[]; failed: Each[] }> {
  try {
    return { done: [await work(batch)], failed: [] };
  } catch (error) {
    if (!(error instanceof InvariantError)) throw error;
    if (batch.length === 1) {
      log.error({ err: error, of: batch[0] }, "the books of one are wrong, and the job left them");
      return { done: [], failed: [...batch] };
    }
  }
  const done: Done[] = [];
  const failed: Each[] = [];
  for (const each of batch) {
    const alone = await togetherOrAlone([each], work);
    done.push(...alone.done);
    failed.push(...alone.failed);
  }
  return { done, failed };
}
