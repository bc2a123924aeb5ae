import { closePool } from "@/db/client";
import { isJobName, jobs, runJob } from "@/lib/jobs";
import { closeRedis } from "@/lib/redis";

/** `npm run job NAME`: runs one of the clock's jobs now and prints its report. */
async function main(): Promise<void> {
  const name = process.argv[2] ?? "";
  if (!isJobName(name)) {
    console.error(`usage: npm run job <${Object.keys(jobs).join("|")}>`);
    process.exitCode = 2;
    return;
  }
  console.log(JSON.stringify(await runJob(name)));
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => Promise.all([closePool(), closeRedis()]));
