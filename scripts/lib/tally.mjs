/** Counts of tests, added up over steps and said in one line. */
import { existsSync, readFileSync } from "node:fs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** @returns {Tally} */
export function tally({ passed = 0, failed = 0, skipped = 0 } = {}) {
  return { passed, failed, skipped };
}

/** A check that either holds or not. */
export function tallyOf(ok) {
  return ok ? tally({ passed: 1 }) : tally({ failed: 1 });
}

/** @param {Tally[]} tallies */
export function sum(tallies) {
  const total = (kind) => tallies.reduce((count, each) => count + each[kind], 0);
  return { passed: total("passed"), failed: total("failed"), skipped: total("skipped") };
}

/** @param {Tally} counts */
export function sentenceOf({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** What Vitest's JSON reporter wrote. */
export function readVitest(file, exitCode) {
  const report = readReport(file);
  return atLeastOneFailure(exitCode, {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  });
}

/** What Playwright's JSON reporter wrote. A journey that passed only when repeated has not passed. */
export function readPlaywright(file, exitCode) {
  const { expected, unexpected, flaky, skipped } = readReport(file).stats ?? {};
  return atLeastOneFailure(exitCode, { passed: expected, failed: (unexpected ?? 0) + (flaky ?? 0), skipped });
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

/** A file that cannot be loaded fails the run without failing any test in it. */
function atLeastOneFailure(exitCode, counts) {
  const counted = tally(counts);
  return exitCode !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}
