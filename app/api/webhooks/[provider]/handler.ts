import { receiveNotice } from "@/lib/orders/payment";
import type { PaymentProvider } from "@/lib/payment-provider";
import { paymentProviders } from "@/lib/payments";

const BODY_MAX = 64 * 1024;

/**
 * POST /api/webhooks/<provider>: what a payment provider says of itself. It comes from a server, so there is no session and no origin to look at:
 * its signature over the very bytes is all that counts, and the answer is in the provider's own words.
 */
export async function takeWebhook(request: Request, name: string): Promise<Response> {
  const provider = paymentProviders().find((each) => each.name === name);
  if (!provider || name === "test") return new Response(null, { status: 404 });
  if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
  const body = await readText(request);
  if (body === null) return new Response(null, { status: 413 });
  return answer(provider, await receiveNotice(provider, { headers: request.headers, body }));
}

/** The text as it came; null when there is too much of it. The bytes are counted as they come: Content-Length may be missing, or wrong. */
async function readText(request: Request): Promise<string | null> {
  if (Number(request.headers.get("content-length") ?? 0) > BODY_MAX) return null;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.byteLength;
    if (size > BODY_MAX) return null;
    parts.push(part);
  }
  // Bytes that are no text change here, and their signature fits no more.
  return Buffer.concat(parts).toString("utf8");
}

function answer(provider: PaymentProvider, verdict: Parameters<PaymentProvider["reply"]>[0]): Response {
  const { status, type, body } = provider.reply(verdict);
  return new Response(body, { status, headers: { "content-type": type, "cache-control": "no-store" } });
}
