/** What every page of the shop must be, in every look. The journeys in `e2e/` and `npm run check:ui` ask it of the same functions. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { projectRoot } from "../lib/paths.mjs";
import { isStill, layoutShift, rawWords, sidewaysPx, smallTargets, untilIdle } from "./in-page.mjs";

const STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What a theme can change, when the page is otherwise the one that was looked at. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

const TARGET = { selector: "a, button, input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex='0']", widthPx: 24, heightPx: 24 };
/** The action of a shopper's screen, under a thumb. */
const PRIMARY = { selector: ":is(a, button):is(.bg-primary, .bg-points-fill)", widthPx: 44, heightPx: 44 };
const PHONE_PX_MAX = 480;
export const SHIFT_MAX = 0.02;

const namespaces = readdirSync(join(projectRoot, "messages/en")).map((file) => file.replace(".json", ""));

/**
 * Waits until the page has come to rest.
 * @param {import("@playwright/test").Page} page
 */
export async function settle(page) {
  await page.locator("main h1").first().waitFor();
  await page.evaluate(untilIdle);
  await page.waitForFunction(isStill);
}

/**
 * Everything that is wrong with the page, a sentence each; none when it is as it must be.
 * @param {import("@playwright/test").Page} page at rest
 * @returns {Promise<string[]>}
 */
export async function findingsOn(page) {
  const findings = await violations(new AxeBuilder({ page }).withTags(STANDARD));
  const sideways = await page.evaluate(sidewaysPx);
  if (sideways > 0) findings.push(`it scrolls sideways by ${sideways} px`);
  findings.push(...(await page.evaluate(smallTargets, TARGET)).map((html) => `under 24 px: ${html}`));
  if (isForThumbs(page)) findings.push(...(await page.evaluate(smallTargets, PRIMARY)).map((html) => `a main action under 44 px: ${html}`));
  findings.push(...(await page.evaluate(rawWords, namespaces)).map((word) => `not a sentence: ${word}`));
  const shift = await page.evaluate(layoutShift);
  if (shift > SHIFT_MAX) findings.push(`it shifts by ${shift.toFixed(3)}, more than ${SHIFT_MAX}`);
  return findings;
}

/**
 * What is wrong with the same page in other colours.
 * @param {import("@playwright/test").Page} page
 * @returns {Promise<string[]>}
 */
export const colourFindingsOn = (page) => violations(new AxeBuilder({ page }).withRules(OF_COLOURS));

/** The back office has a denser measure: it is made for a desk. */
const isForThumbs = (page) => (page.viewportSize()?.width ?? Infinity) <= PHONE_PX_MAX && !new URL(page.url()).pathname.startsWith("/admin");

/** No page of ours has frames, so the results need no page of their own to be gathered on: that takes half as long. */
async function violations(axe) {
  const found = await axe.setLegacyMode(true).analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}
