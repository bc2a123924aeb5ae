import type { IncomingMessage, ServerResponse } from "node:http";

import { watch } from "@/app/api/flash/[id]/handler";
import { redeemFlash } from "@/app/api/flash/redeem/handler";
import { create } from "@/app/api/orders/create/handler";
import { balance } from "@/app/api/points/balance/handler";
import { earn } from "@/app/api/points/earn/handler";
import { spend } from "@/app/api/points/spend/handler";
import { BODY_MAX, type ApiRequest, type Handler } from "@/lib/api";
import { log } from "@/lib/log";

/** Routes that a flash sale hits: answered before Next, which costs a millisecond of CPU a request. */
const HOT: ReadonlyMap<string, Handler> = new Map([
  ["POST /api/points/spend", spend],
  ["POST /api/orders/create", create],
  ["POST /api/flash/redeem", redeemFlash],
  ["POST /api/points/earn", earn],
  ["GET /api/points/balance", balance],
]);

/** Everybody who watches a flash sale asks this every few seconds. */
const WATCHED = /^GET \/api\/flash\/[1-9]\d{0,14}$/;

const handlerOf = (asked: string): Handler | undefined => HOT.get(asked) ?? (WATCHED.test(asked) ? watch : undefined);

/** Answers a hot route; false when the request is Next's. */
export function answerHot(request: IncomingMessage, response: ServerResponse): boolean {
  const handler = handlerOf(`${request.method} ${request.url}`);
  if (!handler) return false;
  readWhole(request)
    .then((body) => handler.reply(toApiRequest(request, body)))
    .then(({ status, headers, body }) => {
      response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
      response.end(body);
    })
    .catch((error: unknown) => {
      // Clients go away all the time: that is no failure of ours.
      if (request.complete) log.error({ err: error }, "hot route failed");
      response.destroy();
    });
  return true;
}

/** The body in chunks, no more of it than it takes to see that it is too large. */
function readWhole(request: IncomingMessage): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on("data", (chunk: Buffer) => {
      if (size <= BODY_MAX) chunks.push(chunk);
      size += chunk.length;
    });
    request.once("end", () => resolve(chunks));
    request.once("error", reject);
    request.once("aborted", () => reject(new Error("the client went away")));
  });
}

const toApiRequest = (request: IncomingMessage, body: Buffer[]): ApiRequest => ({
  method: request.method!,
  url: request.url!,
  headers: { get: (name) => single(request.headers[name]) },
  body,
});

/** Node joins repeated headers of most names; of those it keeps apart, a list is no one value. */
const single = (value: string | string[] | undefined): string | null => (typeof value === "string" ? value : null);
