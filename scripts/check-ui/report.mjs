/** What the walk found, as a table and a list. */
import { SHIFT_MAX } from "./page-check.mjs";

/** @typedef {{ as: string, name: string, path: string | null, budget: import("./routes.mjs").Budget, weight: import("./weight.mjs").Weight | null, looks: { locale: string, width: number, theme: string, findings: string[] }[], findings: string[] }} Row */

export const kb = (bytes) => (bytes / 1_000).toFixed(1);

/** A line for each page: what it weighs, and in how many looks it is as it must be. */
export function tableOf(rows) {
  const lines = rows.map(({ as, name, path, budget, weight, looks, findings }) => {
    const good = looks.filter((each) => each.findings.length === 0).length;
    const isGood = good === looks.length && findings.length === 0;
    return [isGood ? "✓" : "✗", as, path ?? name, weight ? kb(weight.js) : "–", String(budget.js), weight ? kb(weight.css) : "–", weight ? kb(weight.html) : "–", `${good}/${looks.length}`];
  });
  const head = ["", "as", "page", "js kB", "≤", "css kB", "html kB", "looks"];
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => line[column].length)));
  return [head, ...lines].map((line) => line.map((cell, column) => (column < 3 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join("  ").trimEnd()).join("\n");
}

/** Each finding once, with the looks that have it. */
export function findingsIn({ as, name, path, looks, findings }) {
  const seen = new Map(findings.map((finding) => [finding, []]));
  for (const { locale, width, theme, findings: found } of looks) for (const finding of found) seen.set(finding, [...(seen.get(finding) ?? []), `${width} ${locale} ${theme}`]);
  return [...seen].map(([finding, where]) => `${path ?? name} (${as}): ${finding}${where.length > 0 && where.length < looks.length ? ` [${where.join(", ")}]` : ""}`);
}

export const footnote = `first-load JavaScript, styles and document gzipped, in thousands of bytes; a layout shift of at most ${SHIFT_MAX}; axe, 24 px targets, words and widths in every look`;
