import type { IncomingMessage } from "node:http";

import { env } from "@/lib/env";

/**
 * Writes the client's address into `x-real-ip`, over whatever was sent: the socket's, or, behind `TRUST_PROXY_HOPS` proxies,
 * the one that the outermost trusted proxy saw. What is further left in `x-forwarded-for` anybody can write.
 */
export function markClient(request: IncomingMessage): void {
  const socket = request.socket.remoteAddress ?? "unknown";
  const forwarded = String(request.headers["x-forwarded-for"] ?? "").split(",").map((part) => part.trim()).filter(Boolean);
  const hops = env().TRUST_PROXY_HOPS;
  const address = hops === 0 ? socket : (forwarded.at(-hops) ?? socket);
  request.headers["x-real-ip"] = address;
  request.headers["x-forwarded-for"] = address;
}
