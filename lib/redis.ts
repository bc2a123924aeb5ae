import "server-only";

import { Redis, type Requester, type UpstashRequest, type UpstashResponse } from "@upstash/redis";
import IORedis from "ioredis";

import { env } from "./env";
import { log } from "./log";

const shared = globalThis as { pointsMallRedis?: { client: Redis | null; tcp: IORedis | null } };

/**
 * The Redis client, over Upstash's REST or a plain connection; null when none is configured.
 * Redis only refuses early and counts requests: without it the shop is slower, never wrong.
 */
export function redis(): Redis | null {
  return (shared.pointsMallRedis ??= open()).client;
}

export async function closeRedis(): Promise<void> {
  const open = shared.pointsMallRedis;
  shared.pointsMallRedis = undefined;
  open?.tcp?.disconnect();
}

function open(): { client: Redis | null; tcp: IORedis | null } {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token, REDIS_URL: tcpUrl } = env();
  if (url) return { client: new Redis({ url, token: token ?? "", enableTelemetry: false, retry: { retries: 1, backoff: () => 50 } }), tcp: null };
  if (!tcpUrl) {
    log.warn("no Redis is configured: request limits are counted in MySQL");
    return { client: null, tcp: null };
  }
  const tcp = connect(tcpUrl);
  return { client: new Redis(new TcpRequester(tcp)), tcp };
}

function connect(url: string): IORedis {
  const tcp = new IORedis(url, {
    protocol: 2, lazyConnect: true, maxRetriesPerRequest: 0, connectTimeout: 1_000, commandTimeout: 1_000, enableOfflineQueue: true, enableAutoPipelining: true,
    retryStrategy: (times) => Math.min(times * 200, 5_000),
  });
  let isDown = false;
  tcp.on("error", (error) => {
    if (!isDown) log.warn({ err: error }, "Redis does not answer: request limits are counted in MySQL");
    isDown = true;
  });
  tcp.on("ready", () => {
    if (isDown) log.info("Redis answers again");
    isDown = false;
  });
  return tcp;
}

type Command = readonly (string | number | boolean)[];

/** Speaks the requests of @upstash/redis over a plain connection. */
class TcpRequester implements Requester {
  constructor(readonly tcp: IORedis) {}

  async request<Result>({ path, body }: UpstashRequest): Promise<UpstashResponse<Result>> {
    const mode = path?.[0];
    if (mode === "pipeline" || mode === "multi-exec") return (await this.#many(mode, body as Command[])) as UpstashResponse<Result>;
    const [name, ...args] = plain(body as Command);
    return { result: text(await this.tcp.call(name!, ...args)) as Result };
  }

  async #many(mode: "pipeline" | "multi-exec", commands: readonly Command[]): Promise<unknown> {
    const batch = mode === "multi-exec" ? this.tcp.multi() : this.tcp.pipeline();
    for (const command of commands) {
      const [name, ...args] = plain(command);
      batch.call(name!, ...args);
    }
    const replies = (await batch.exec()) ?? [];
    return replies.map(([error, result]) => (error ? { error: error.message } : { result: text(result) }));
  }
}

const plain = (command: Command): string[] => command.map(String);

function text(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return value.toString("utf8");
  return Array.isArray(value) ? value.map(text) : value;
}
