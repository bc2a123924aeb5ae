/** Counts of tests, added up over steps and said in one line. */
import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { projectRoot } from "./paths.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Tally `failures` names what failed, a line each. */

/** @returns {Tally} */
export function tally({ passed = 0, failed = 0, skipped = 0, failures = [] } = {}) {
  return { passed, failed, skipped, failures };
}

/** A check that either holds or not. */
export function tallyOf(ok, name) {
  return ok ? tally({ passed: 1 }) : tally({ failed: 1, failures: [name] });
}

/** @param {Tally[]} tallies */
export function sum(tallies) {
  const total = (kind) => tallies.reduce((count, each) => count + each[kind], 0);
  return { passed: total("passed"), failed: total("failed"), skipped: total("skipped"), failures: tallies.flatMap(({ failures }) => failures) };
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
    failures: (report.testResults ?? []).flatMap(failuresOfFile),
  });
}

/** A file that could not be loaded has a message and no tests. */
function failuresOfFile({ name, status, message, assertionResults }) {
  const file = relative(projectRoot, name);
  const failed = assertionResults.filter((test) => test.status === "failed");
  if (failed.length === 0 && status === "failed") return [`${file}: ${firstLineOf(message)}`];
  return failed.map(({ fullName, failureMessages }) => `${file} › ${fullName}: ${firstLineOf(failureMessages[0])}`);
}

/** What Playwright's JSON reporter wrote. A journey that passed only when repeated has not passed. */
export function readPlaywright(file, exitCode) {
  const { stats, suites = [] } = readReport(file);
  const { expected, unexpected, flaky, skipped } = stats ?? {};
  return atLeastOneFailure(exitCode, { passed: expected, failed: (unexpected ?? 0) + (flaky ?? 0), skipped, failures: failuresOfSuite({ suites }) });
}

/** Where the journeys that failed stood: a journey's first line, and the page then as its reader hears it. */
export function readLastPages(file) {
  return failedJourneys(readReport(file)).flatMap(({ name, result }) => {
    const context = result?.attachments.find((attachment) => attachment.name === "error-context")?.path;
    const [, page] = (context && existsSync(context) && readFileSync(context, "utf8").match(/^```yaml\n(.*?)^```/ms)) || [];
    return page ? [{ name, page }] : [];
  });
}

function failuresOfSuite(suite) {
  return failedJourneys(suite).map(({ name, result }) => `${name}: ${firstLineOf(result?.error?.message)}`);
}

function failedJourneys({ specs = [], suites = [] }) {
  const own = specs.flatMap(({ file, line, title, tests }) =>
    tests.filter(({ status }) => status === "unexpected" || status === "flaky").map(({ results }) => ({ name: `e2e/${file}:${line} › ${title}`, result: results[0] })),
  );
  return [...own, ...suites.flatMap(failedJourneys)];
}

/** Without the colours that Playwright gives its messages. */
function firstLineOf(message = "") {
  return stripVTControlCharacters(message).trim().split("\n")[0];
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

/** A file that cannot be loaded fails the run without failing any test in it. */
function atLeastOneFailure(exitCode, counts) {
  const counted = tally(counts);
  return exitCode !== 0 && counted.failed === 0 ? { ...counted, failed: 1, failures: [`it ended with code ${exitCode}`] } : counted;
}
