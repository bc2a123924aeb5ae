/** Every route, in every look: two widths, two languages, two themes. */
import { chromium } from "@playwright/test";
import { findChromium } from "../lib/chromium.mjs";
import { showProgress } from "../lib/progress.mjs";
import { atExit } from "../lib/shutdown.mjs";
import { tally } from "../lib/tally.mjs";
import { findingsIn, footnote, kb, tableOf } from "./report.mjs";
import { nameOf, pagesNotWalked, ROUTES } from "./routes.mjs";
import { addressOf, LOCALES, Visitors, WIDTHS } from "./visitors.mjs";
import { look, THEMES } from "./visit.mjs";
import { Scales } from "./weight.mjs";

const AT_ONCE = 2;
/** A walk that takes longer has gone astray: what it did not reach has failed. */
const MINUTES_MAX = 60;
const BROWSER_ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/**
 * @param {{ url: string, isOurs: boolean, filters: readonly string[], shotsDir: string | null }} plan
 *   isOurs: pages that something has to be made for can be walked, and a page that is not there is a finding
 * @returns {Promise<import("../lib/tally.mjs").Tally>}
 */
export async function walk({ url, isOurs, filters, shotsDir }) {
  const browser = await chromium.launch({ executablePath: (await findChromium()) ?? undefined, args: BROWSER_ARGS });
  atExit(() => browser.close());
  const visitors = new Visitors(browser, url);
  const rows = await findRows(visitors, isOurs, filters);
  const visits = rows.flatMap((row) => (row.path === null ? [] : WIDTHS.flatMap((width) => LOCALES.map((locale) => ({ row, width, locale })))));
  const deadline = Date.now() + MINUTES_MAX * 60_000;
  await showProgress(`Looking at ${rows.length} pages in ${WIDTHS.length * LOCALES.length * THEMES.length} looks`, (detail) => visitAll(visits, { visitors, shotsDir, deadline, detail }));
  const scales = new Scales();
  await showProgress("Weighing them", () => Promise.all(rows.filter(({ path }) => path !== null).map((row) => weigh(row, scales, visitors))));
  await browser.close();
  return sayAll(rows, isOurs && filters.length === 0 ? pagesNotWalked(rows.flatMap(({ path }) => path ?? [])) : []);
}

async function findRows(visitors, isOurs, filters) {
  const chosen = ROUTES.filter((route) => (isOurs || !route.made) && (filters.length === 0 || filters.some((filter) => `${route.as} ${nameOf(route)}`.includes(filter))));
  const rows = [];
  await showProgress("Finding the pages", async (detail) => {
    // One after the other: what is made for one page must not be on another while it is looked for.
    for (const route of chosen) {
      detail(nameOf(route));
      const path = await addressOf(route, visitors);
      rows.push({ as: route.as, name: nameOf(route), path, status: route.status, budget: route.budget, weight: null, looks: [], findings: path === null && isOurs ? ["nothing leads to it"] : [] });
    }
  });
  return rows;
}

async function visitAll(visits, { visitors, shotsDir, deadline, detail }) {
  let at = 0;
  const walker = async () => {
    while (at < visits.length) {
      const { row, width, locale } = visits[at++];
      detail(`${at}/${visits.length} ${row.path}`);
      const visit = { as: row.as, path: row.path, status: row.status, locale, width };
      const seen = Date.now() < deadline ? await look(await visitors.contextOf(row.as, locale, width), visit, shotsDir) : THEMES.map((theme) => ({ theme, findings: ["there was no time left to look at it"] }));
      row.looks.push(...seen.map((each) => ({ ...each, locale, width })));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, walker));
}

async function weigh(row, scales, visitors) {
  const context = await visitors.contextOf(row.as, LOCALES[0], WIDTHS[0]);
  row.weight = await scales.weigh(context.request, new URL(row.path, visitors.url).href);
  for (const [part, most] of Object.entries(row.budget)) {
    if (row.weight[part] > most * 1_000) row.findings.push(`its ${part} weighs ${kb(row.weight[part])} kB, more than ${most}`);
  }
}

function sayAll(rows, notWalked) {
  console.log(tableOf(rows));
  console.log(footnote);
  const findings = [...rows.flatMap(findingsIn), ...notWalked.map((pattern) => `${pattern}: nobody looks at this page`)];
  if (findings.length > 0) console.log(`\n${findings.map((finding) => `✗ ${finding}`).join("\n")}`);
  const looks = rows.flatMap((row) => row.looks);
  const failed = looks.filter((each) => each.findings.length > 0).length + rows.filter((row) => row.findings.length > 0).length + notWalked.length;
  const passed = looks.filter((each) => each.findings.length === 0).length + rows.filter((row) => row.weight && row.findings.length === 0).length;
  return tally({ passed, failed, skipped: rows.filter((row) => row.path === null && row.findings.length === 0).length });
}
