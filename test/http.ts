import type { Handler } from "@/lib/api";

export type Heard = { status: number; headers: Headers; text: string; body: Record<string, unknown> };

/** Calls a route as a client does over HTTP: a token, headers of one's own, a body that is JSON unless it is text already. */
export async function call(handler: Handler, { method = "POST", path = "/api", token, body, headers = {} }: { method?: string; path?: string; token?: string; body?: unknown; headers?: Record<string, string> } = {}): Promise<Heard> {
  const hasBody = method !== "GET" && method !== "HEAD";
  const request = new Request(`http://shop${path}`, {
    method,
    headers: { ...(hasBody ? { "content-type": "application/json" } : {}), ...(token ? { "x-auth-token": token } : {}), "accept-language": "en", ...headers },
    ...(hasBody ? { body: typeof body === "string" || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body ?? {}) } : {}),
  });
  const reply = await handler(request);
  const text = await reply.text();
  return { status: reply.status, headers: reply.headers, text, body: text ? (JSON.parse(text) as Record<string, unknown>) : {} };
}
