import "server-only";

import { randomUUID } from "node:crypto";

import type { z } from "zod";

import { DeadlineError, UnknownCommitError } from "@/db/transact";

import { LaneFullError } from "./lane";
import { errnoOf, log } from "./log";
import { isRefusal, type Decision, type RefusalCode, type RefusalDetail } from "./refusal";

/** What a page is told of an action: its value, or a code to translate, and for bad input the fields at fault. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; code: RefusalCode; detail: RefusalDetail; fields?: Record<string, string> };

export const succeed = <T>(value: T): Outcome<T> => ({ ok: true, value });

/** Parses what a client sent. The fields map names each wrong field once, with a key of the refusals' messages. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): Outcome<z.output<Schema>> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return succeed(parsed.data);
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[issue.path.join(".") || "body"] ??= /^[a-z_]+$/.test(issue.message) ? issue.message : "field_invalid";
  const isWeakPassword = Object.values(fields).includes("password_weak") && Object.keys(fields).length === 1;
  return { ok: false, code: isWeakPassword ? "weak_password" : "invalid_input", detail: {}, fields };
}

const CANNOT_CONNECT = new Set(["ECONNREFUSED", "ETIMEDOUT", "PROTOCOL_CONNECTION_LOST", "ECONNRESET", "POOL_CLOSED"]);
const BUSY_ERRNOS = new Set([1040, 1114, 1205, 1213, 3024]);

/** Runs an action's work. A refusal is an answer; anything else is logged under an id, and only the id is told. */
export async function settle<T>(work: () => Promise<Decision<T> | Outcome<T>>, requestId: string = randomUUID()): Promise<Outcome<T>> {
  try {
    return await work();
  } catch (error) {
    if (isRefusal(error)) return { ok: false, code: error.code, detail: error.detail };
    log.error({ err: error, requestId }, "request failed");
    return { ok: false, code: isOutage(error) ? "unavailable" : "internal", detail: { requestId } };
  }
}

/** Whether trying again later is what helps. */
function isOutage(error: unknown): boolean {
  if (error instanceof LaneFullError || error instanceof DeadlineError || error instanceof UnknownCommitError) return true;
  if (BUSY_ERRNOS.has(errnoOf(error) ?? 0)) return true;
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    if ("code" in at && CANNOT_CONNECT.has(String(at.code))) return true;
    if (at.message === "Queue limit reached.") return true;
  }
  return false;
}
