import { closePool, db } from "@/db/client";
import { users } from "@/db/schema";
import { perform } from "@/lib/perform";
import { closeRedis } from "@/lib/redis";

import { demoBegins, seedDemo } from "./seed/demo";
import { seedLevels } from "./seed/levels";
import { seedLoad } from "./seed/load";
import { seedProgramme } from "./seed/programme";
import { seedTasks } from "./seed/tasks";

type Options = { load: number; tokens: string | null };

function readOptions(args: readonly string[]): Options {
  const valueOf = (name: string) => (args.includes(name) ? (args[args.indexOf(name) + 1] ?? "") : null);
  const load = Number(valueOf("--load") ?? 0);
  if (!Number.isInteger(load) || load < 0 || load > 1_000_000) throw new RangeError("--load takes a whole number up to 1000000");
  return { load, tokens: valueOf("--tokens") };
}

/**
 * `npm run seed`: the demo shop, when the database is empty.
 * `npm run seed -- --load 2000 --tokens FILE`: that many users with 10,000 points in ten lots each; their `x-auth-token`s, one a line.
 */
async function main(): Promise<void> {
  const { load, tokens } = readOptions(process.argv.slice(2));
  // A real shop starts empty: nobody signs in there with a password that is printed in a README.
  const wantsDemo = process.env.SHOP_DEMO !== "0";
  const isEmpty = (await db().select({ id: users.id }).from(users).limit(1)).length === 0;
  const isDemo = isEmpty && wantsDemo;
  await seedProgramme(isDemo ? demoBegins() : undefined);
  await seedLevels();
  await perform({ kind: "system", name: "seed" }, seedTasks);
  if (isDemo) await seedDemo();
  if (load > 0) await seedLoad(load, tokens);
  if (!isEmpty && load === 0) console.error("the shop has people already: nothing was seeded");
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => Promise.all([closePool(), closeRedis()]));
