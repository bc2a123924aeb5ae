import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import IORedis from "ioredis";

/** Upstash's REST interface over a plain Redis, as much of it as the shop uses: one command, or a pipeline of them. */
export async function upstashOver(redisUrl: string, token: string): Promise<{ url: string; close: () => Promise<void> }> {
  const redis = new IORedis(redisUrl, { maxRetriesPerRequest: 0 });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      if (request.headers.authorization !== `Bearer ${token}`) return response.writeHead(401).end(JSON.stringify({ error: "WRONGPASS" }));
      const body = JSON.parse(Buffer.concat(chunks).toString()) as string[] | string[][];
      const run = async ([name, ...args]: string[]) => ({ result: await redis.call(name!, ...args.map(String)) });
      const answer = request.url === "/pipeline" ? await Promise.all((body as string[][]).map(run)) : await run(body as string[]);
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      redis.disconnect();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
