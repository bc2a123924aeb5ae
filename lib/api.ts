import "server-only";

import { randomUUID } from "node:crypto";

import { z } from "zod";

import type { Person } from "./accounts/queries";
import { chooseLocale, type Locale } from "./i18n";
import { limit, type LimitName } from "./limits";
import { parseInput, settle, type Outcome } from "./outcome";
import { Refusal, REFUSALS, type Decision, type RefusalCode, type RefusalDetail } from "./refusal";
import { REQUEST_KEY } from "./request-key";
import { sentenceFor } from "./sentence";
import { findVisitor } from "./visitor";

/** What a route reads of a request. A `Request` has it; so has the lighter one that the self-hosted server makes. */
export type ApiRequest = Pick<Request, "method" | "url"> & { headers: Pick<Headers, "get">; body: AsyncIterable<Uint8Array> | Iterable<Uint8Array> | null };

/** An answer before it is wrapped for whoever sends it. */
export type Reply = { status: number; headers: Record<string, string>; body: string };

/** A route of the HTTP API: plain Request to Response, so that Next and the self-hosted server mount the same function. */
export type Handler = {
  (request: Request): Promise<Response>;
  /** The same without the web objects, which cost more than the work of a hot route. */
  reply: (request: ApiRequest) => Promise<Reply>;
};

export type Call<Input> = {
  request: ApiRequest;
  input: Input;
  locale: Locale;
  /** The client's Idempotency-Key. */
  key: string | undefined;
};

type Answer = { status?: number; body: unknown; headers?: Record<string, string> };
type Work<Input, Extra> = (call: Call<Input> & Extra) => Promise<Decision<Answer> | Outcome<Answer>>;

/** Bytes of a request's body at the most. */
export const BODY_MAX = 64 * 1024;

/** A route that anyone may call. A GET's input is its query, a POST's its JSON body. */
export const openHandler = <Schema extends z.ZodType>(method: "GET" | "POST", schema: Schema, work: Work<z.output<Schema>, object>): Handler =>
  handler((request, locale) => readCall(request, method, schema, locale).then(work));

/** A route for whoever the `x-auth-token` (or bearer token) belongs to. */
export const shopperHandler = <Schema extends z.ZodType>(
  method: "GET" | "POST", schema: Schema, work: Work<z.output<Schema>, { person: Person }>,
): Handler =>
  handler(async (request, locale) => {
    const person = await signedIn(request);
    await limit(limitFor(method), person.id);
    return work({ ...(await readCall(request, method, schema, locale)), person });
  });

type Respond = (request: ApiRequest, locale: Locale) => Promise<Decision<Answer> | Outcome<Answer>>;

function handler(work: Respond): Handler {
  const reply = (request: ApiRequest) => respond(request, work);
  const handle = async (request: Request): Promise<Response> => {
    const { body, ...init } = await reply(request as unknown as ApiRequest);
    return new Response(body, init);
  };
  return Object.assign(handle, { reply });
}

const limitFor = (method: string): LimitName => (method === "GET" ? "shopper-read" : "shopper-write");

async function signedIn(request: ApiRequest): Promise<Person> {
  const token = request.headers.get("x-auth-token") ?? /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const person = token ? await findVisitor(token) : null;
  if (!person) throw new Refusal("not_signed_in");
  return person;
}

class BadInput extends Error {
  constructor(readonly outcome: Outcome<never>) {
    super("bad input");
  }
}

async function readCall<Schema extends z.ZodType>(request: ApiRequest, method: string, schema: Schema, locale: Locale): Promise<Call<z.output<Schema>>> {
  if (request.method !== method) throw new Refusal("method_not_allowed");
  const key = request.headers.get("idempotency-key") ?? undefined;
  if (key !== undefined && !REQUEST_KEY.test(key)) throw new BadInput({ ok: false, code: "invalid_input", detail: {}, fields: { "Idempotency-Key": "field_invalid" } });
  const parsed = parseInput(schema, method === "GET" ? readQuery(request) : await readJson(request));
  if (!parsed.ok) throw new BadInput(parsed);
  return { request, input: parsed.value, locale, key };
}

/** A parameter that is there twice is refused: two readers would take different ones. */
function readQuery(request: ApiRequest): Record<string, string> {
  const query: Record<string, string> = {};
  const start = request.url.indexOf("?");
  for (const [name, value] of new URLSearchParams(start < 0 ? "" : request.url.slice(start + 1))) {
    if (Object.hasOwn(query, name)) throw new BadInput({ ok: false, code: "invalid_input", detail: {}, fields: { [name]: "field_invalid" } });
    query[name] = value;
  }
  return query;
}

async function readJson(request: ApiRequest): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? "")) throw new Refusal("unsupported_media_type");
  const body = await readBody(request);
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new BadInput({ ok: false, code: "invalid_input", detail: {}, fields: { body: "field_invalid" } });
  }
}

/** The bytes are counted as they come: Content-Length may be missing, or wrong. */
async function readBody(request: ApiRequest): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > BODY_MAX) throw new Refusal("body_too_large");
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let size = 0;
  let text = "";
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength;
      if (size > BODY_MAX) throw new Refusal("body_too_large");
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new BadInput({ ok: false, code: "invalid_input", detail: {}, fields: { body: "field_invalid" } });
    throw error;
  }
}

async function respond(request: ApiRequest, work: Respond): Promise<Reply> {
  const locale = chooseLocale(undefined, request.headers.get("accept-language"));
  const requestId = randomUUID();
  const outcome = await settle<Answer>(async () => {
    try {
      return await work(request, locale);
    } catch (error) {
      if (error instanceof BadInput) return error.outcome;
      throw error;
    }
  }, requestId);
  const headers = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", "x-request-id": requestId, "x-content-type-options": "nosniff" };
  if (outcome.ok) return { status: outcome.value.status ?? 200, headers: { ...headers, ...outcome.value.headers }, body: JSON.stringify(outcome.value.body) };
  return problem(outcome, locale, requestId, headers);
}

/** RFC 9457, with the article's `error` beside it: the same sentence. */
function problem(refused: { code: RefusalCode; detail: RefusalDetail; fields?: Record<string, string> }, locale: Locale, requestId: string, headers: Record<string, string>): Reply {
  const status = REFUSALS[refused.code];
  const sentence = sentenceFor(locale, refused.code, refused.detail);
  const errors = Object.entries(refused.fields ?? {}).map(([field, code]) => ({ field, code, message: sentenceFor(locale, code as RefusalCode) }));
  const retryAfter = refused.detail.retryAfterSeconds ?? (status === 503 ? 1 : undefined);
  const body = {
    type: `urn:points-mall:${refused.code}`, title: refused.code, status, detail: sentence, code: refused.code, request_id: requestId,
    ...refused.detail, ...(errors.length > 0 ? { errors } : {}), error: sentence,
  };
  return {
    status,
    headers: { ...headers, "content-type": "application/problem+json; charset=utf-8", ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }) },
    body: JSON.stringify(body),
  };
}

/** For calls that take nothing. */
export const Nothing = z.object({});

export const answer = (body: unknown, headers?: Record<string, string>): Decision<Answer> => ({ ok: true, value: { body, headers } });
