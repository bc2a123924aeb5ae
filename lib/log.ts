import { DrizzleQueryError } from "drizzle-orm";
import pino from "pino";

/** Structured logs. Pass ids and counts, never names, addresses or bodies: what is not passed needs no redaction. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? (process.env.NODE_ENV === "test" ? "silent" : "info"),
  base: { service: "points-mall" },
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: { paths: ["*.password", "*.token", "*.email", "*.phone", "err.params", "err.sql", "err.query"], censor: "[redacted]" },
  serializers: { err: describeError },
});

/** Class, code and stack of an error. A driver's message holds the statement with its values, so only its errno is kept. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const errno = errnoOf(error);
  if (errno !== undefined) return { type: error.name, errno, frames: frames(error) };
  // Drizzle repeats the statement and its values too; a connection that broke has no errno, and says itself what happened.
  if (error instanceof DrizzleQueryError) return describeError(error.cause);
  return { type: error.name, message: error.message, frames: frames(error) };
}

/** Only the frames of a stack: its head repeats the message. */
const frames = (error: Error): string[] => (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)).slice(0, 12).map((line) => line.trim());

/** MySQL's error number, found on the error or on what it wraps. */
export function errnoOf(error: unknown): number | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    if ("errno" in at && typeof at.errno === "number" && at.errno > 0) return at.errno;
  }
  return undefined;
}
