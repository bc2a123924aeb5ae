import type { Actor } from "@/lib/ctx";

/** What a run did: counts, and `remaining` when it stopped at its time limit with work left. */
export type Report = Record<string, number | string | string[]>;

export type Job = {
  /** How often the self-hosted server starts it; the cron route starts it whenever it is called. */
  everyMinutes: number;
  /** Works in batches that each commit, and returns at `deadline` at the latest with what is done. */
  run: (now: Date, deadline: number) => Promise<Report>;
};

export const clockActor = (job: string): Actor => ({ kind: "system", name: job });
