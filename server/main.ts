import { createServer } from "node:http";

import next from "next";

import { closePool, pool } from "@/db/client";
import { assertSupportedServer } from "@/db/server-version";
import { env, EnvError } from "@/lib/env";
import { log } from "@/lib/log";
import { closeRedis, redis } from "@/lib/redis";

import { answerHot } from "./hot-routes";
import { markClient } from "./client";
import { startJobs } from "./timer";

const DRAIN_MS = 30_000;

/** The self-hosted shop: the hot routes in front of Next, in one process and on one port. */
async function main(): Promise<void> {
  const { PORT, NODE_ENV } = env();
  await assertSupportedServer(pool());
  redis();
  const app = next({ dev: NODE_ENV === "development", port: PORT, hostname: "localhost" });
  await app.prepare();
  const toNext = app.getRequestHandler();
  const server = createServer((request, response) => {
    markClient(request);
    // In development Next's own routes answer, so that an edit shows at once.
    if (NODE_ENV === "production" && answerHot(request, response)) return;
    toNext(request, response).catch((error: unknown) => {
      log.error({ err: error }, "page failed");
      response.destroy();
    });
  });
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 70_000;
  server.requestTimeout = 60_000;
  server.listen(PORT, () => log.info({ port: PORT }, "serving"));
  const stopJobs = startJobs();
  const stop = () => {
    stopJobs();
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    server.close(() => void Promise.all([closePool(), closeRedis()]).finally(() => process.exit(0)));
    server.closeIdleConnections();
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

main().catch((error: unknown) => {
  if (error instanceof EnvError || (error instanceof Error && error.name === "UnsupportedServerError")) console.error(error.message);
  else console.error(error);
  process.exit(1);
});
