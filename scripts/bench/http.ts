import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";

import { Client } from "./client";
import { drive, type Sample } from "./measure";
import { aProduct, type LoadUser } from "./world";

const SERVER = ".next/self-hosted/server.mjs";
/** As `npm run up` starts it. */
const SERVER_FLAGS = ["--enable-source-maps", "--max-semi-space-size=64"];
const START_MS = 30_000;

export type Shop = { client: Client; stop: () => Promise<void> };

/** The built shop in a process of its own, on the bench's database, with other settings where they are given. */
export async function startShop(settings: Readonly<Record<string, string>> = {}): Promise<Shop> {
  if (!existsSync(SERVER)) throw new Error("build the shop first: npm run build");
  const port = await freePort();
  const child = spawn(process.execPath, [...SERVER_FLAGS, SERVER], {
    env: { ...process.env, NODE_ENV: "production", PORT: String(port), NEXTAUTH_URL: `http://localhost:${port}`, RATE_LIMIT_SCALE: "1000000", POOL_SIZE: "20", LOG_LEVEL: "error", POINTS_MALL_BENCH: "1", ...settings },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://127.0.0.1:${port}`;
  await untilHealthy(url, child);
  const client = new Client(port);
  return { client, stop: () => stop(child, client) };
}

function stop(child: ChildProcess, client: Client): Promise<void> {
  client.close();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject).listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

async function untilHealthy(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    if (await fetch(`${url}/api/healthz`).then((response) => response.ok, () => false)) return;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  child.kill("SIGKILL");
  throw new Error("the shop did not start");
}

async function accepted(status: Promise<number>): Promise<void> {
  const code = await status;
  if (code !== 200) throw new Error(`answered ${code}`);
}

export const measureBareRoute = (shop: Shop, callers: number): Promise<Sample> =>
  drive(5_000, callers, () => accepted(shop.client.post("/api/bench", { productId: 1, quantity: 1 })));

/** The spend call, in front of Next; with `throughNext` the same handler as an ordinary route. */
export async function measureSpend(shop: Shop, users: readonly LoadUser[], callers: number, count: number, { throughNext }: { throughNext: boolean }): Promise<Sample> {
  const { productId } = await aProduct(count);
  // The self-hosted server takes the exact address; with a query it is Next's.
  const path = `/api/points/spend${throughNext ? "?via=next" : ""}`;
  return drive(count, callers, (index) => accepted(shop.client.post(path, { productId, quantity: 1 }, users[index % users.length]!.token)));
}
