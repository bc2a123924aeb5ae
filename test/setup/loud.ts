import { afterEach, beforeEach, expect, vi } from "vitest";

import { log } from "@/lib/log";

import { errorsAreExpected, forgetExpectedErrors } from "../errors";

/** What nobody expected to be reported as an error is a bug, even where the test's own assertions hold. */
beforeEach(() => {
  forgetExpectedErrors();
  vi.spyOn(console, "error");
  vi.spyOn(log, "error");
});

afterEach(() => {
  const printed = vi.mocked(console.error).mock.calls;
  const logged: readonly (readonly unknown[])[] = vi.mocked(log.error).mock.calls;
  vi.restoreAllMocks();
  expect(printed, "console.error was called").toEqual([]);
  if (errorsAreExpected()) expect(logged.length, "an error was to be logged").toBeGreaterThan(0);
  else expect(logged.map(summaryOf), "log.error was called").toEqual([]);
});

/** A storm of errors is told by its first lines. */
function summaryOf([facts, message]: readonly unknown[]): string {
  const error = (facts as { err?: unknown } | null)?.err;
  return `${String(message)}: ${error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : ""}`;
}
