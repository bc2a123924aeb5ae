import "server-only";

import { connectAlone } from "@/db/client";

/**
 * Does a job's work while nobody else does it: here, in another process or on another machine. Waits up to `waitSeconds` for whoever does;
 * null when they still do then. The lease is a lock of the database and ends with its connection, so a killed process does not keep it.
 */
export async function underLease<T>(job: string, waitSeconds: number, work: () => Promise<T>): Promise<{ value: T } | null> {
  const lease = await connectAlone();
  try {
    const name = `points-mall:job:${job}:${lease.config.database ?? ""}`.slice(0, 64);
    const [[got]] = (await lease.query("SELECT GET_LOCK(?, ?) AS held", [name, waitSeconds])) as unknown as [[{ held: number }]];
    if (got.held !== 1) return null;
    try {
      return { value: await work() };
    } finally {
      await lease.query("SELECT RELEASE_LOCK(?)", [name]);
    }
  } finally {
    await lease.end().catch(() => lease.destroy());
  }
}
