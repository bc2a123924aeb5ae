import { closePool } from "@/db/client";
import { currentTime } from "@/lib/clock";
import { parseDay, type Day } from "@/lib/day";
import { underLease } from "@/lib/jobs/lease";
import { restartReports, rollUp } from "@/lib/jobs/roll-up";
import { closeRedis } from "@/lib/redis";

/** A run of the job ends within a minute. */
const LEASE_SECONDS = 90;
const USAGE = "usage: npm run rollup -- [--rebuild [--from YYYY-MM-DD]]";

/**
 * `npm run rollup`: brings the reports up to date, as the job does every ten minutes. `--rebuild` makes them anew from the books in steps that
 * each commit; `--from` only the days since then. Stopped in between, it goes on where it was with the next run, here or by the job. While it
 * works the job does not: a day that the job was closing would not be made anew.
 */
async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const from = fromDay(args);
  if (from === undefined || args.some((arg, index) => arg !== "--rebuild" && arg !== "--from" && args[index - 1] !== "--from")) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const now = currentTime();
  const done = await underLease("roll-up", LEASE_SECONDS, async () => {
    if (args.includes("--rebuild")) await restartReports(now, from);
    const startedAt = performance.now();
    return { ...(await rollUp(now, Infinity)), seconds: Math.round((performance.now() - startedAt) / 100) / 10 };
  });
  if (done) return console.log(JSON.stringify(done.value));
  console.error(`the job has been making the reports for ${LEASE_SECONDS} s; try again when it is done`);
  process.exitCode = 1;
}

/** Null without `--from`; undefined when what follows it is no day. */
function fromDay(args: readonly string[]): Day | null | undefined {
  const at = args.indexOf("--from");
  if (at < 0) return null;
  try {
    return args.includes("--rebuild") ? parseDay(args[at + 1] ?? "") : undefined;
  } catch {
    return undefined;
  }
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => Promise.all([closePool(), closeRedis()]));
