import { fileURLToPath } from "node:url";

import { configDefaults, defineConfig } from "vitest/config";

// A zone that no shop and no server is in, half an hour off: nothing may depend on the machine's.
process.env.TZ = "America/St_Johns";

const fileAt = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const withDatabase = {
  globalSetup: ["test/setup/servers.ts"],
  setupFiles: ["test/setup/loud.ts", "test/setup/database.ts"],
  pool: "forks" as const,
  hookTimeout: 120_000,
};

/** Three suites: `pure` needs nothing, `db` and `race` need MySQL and Redis. `npm test` starts both and hands over their URLs. */
export default defineConfig({
  resolve: { alias: { "@": fileAt("."), "server-only": fileAt("scripts/lib/empty.mjs") } },
  test: {
    // A process runs many files: each makes the people and products that it is about, and none relies on being first.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: "pure",
          include: ["**/*.test.ts"],
          exclude: [...configDefaults.exclude, "**/*.db.test.ts", "test/race/**", "test/ledger.model.test.ts", ".data/**", ".next/**"],
          setupFiles: ["test/setup/loud.ts"],
          pool: "threads",
          maxWorkers: 2,
          // A time limit ends what hangs; it is no measure of a machine that has other work to do.
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { ...withDatabase, name: "db", include: ["**/*.db.test.ts"], maxWorkers: 2, testTimeout: 60_000, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: {
          ...withDatabase,
          name: "race",
          include: ["test/race/*.race.test.ts", "test/ledger.model.test.ts"],
          // A race keeps both cores busy by itself.
          maxWorkers: 1,
          testTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
