/** One page for one visitor in one language and width, looked at in both themes. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { colourFindingsOn, findingsOn, settle } from "./page-check.mjs";

export const THEMES = ["light", "dark"];
const PAGE_MS_MAX = 30_000;

/**
 * @typedef {{ as: string, path: string, status: number, locale: string, width: number }} Visit
 * @typedef {{ theme: string, findings: string[] }} Look
 * @param {import("@playwright/test").BrowserContext} context
 * @param {Visit} visit
 * @param {string | null} shotsDir
 * @returns {Promise<Look[]>}
 */
export async function look(context, visit, shotsDir) {
  const page = await context.newPage();
  page.setDefaultTimeout(PAGE_MS_MAX);
  const complaints = listen(page, visit);
  try {
    const response = await page.goto(visit.path);
    await settle(page);
    const findings = [...(await addressFindings(page, response, visit)), ...(await findingsOn(page))];
    await shoot(page, shotsDir, visit, THEMES[0]);
    // The same page in the other colours: a theme is an attribute that style sheets ask for, so nothing has to be loaded again.
    await page.evaluate((theme) => document.documentElement.setAttribute("data-theme", theme), THEMES[1]);
    const inOtherColours = await colourFindingsOn(page);
    await shoot(page, shotsDir, visit, THEMES[1]);
    return [{ theme: THEMES[0], findings: [...findings, ...complaints()] }, { theme: THEMES[1], findings: inOtherColours }];
  } catch (error) {
    const sentence = `it was not looked at: ${String(error.message).split("\n")[0]}`;
    return THEMES.map((theme) => ({ theme, findings: [sentence, ...complaints()] }));
  } finally {
    await page.close();
  }
}

/** What the browser complains about. The document itself may be missing where that is what is looked at. */
function listen(page, { status }) {
  const heard = [];
  page.on("console", (message) => message.type() === "error" && heard.push(message.text()));
  page.on("pageerror", (error) => heard.push(String(error)));
  return () => [...new Set(heard.filter((text) => status < 400 || !text.includes(`status of ${status}`)).map((text) => `the console says: ${text.replace(/\s+/g, " ").slice(0, 300)}`))];
}

async function addressFindings(page, response, { path, status, locale }) {
  const findings = [];
  if (response && response.status() !== status && !(status === 404 && (await isMissing(page)))) findings.push(`it answers ${response.status()} and not ${status}`);
  const [wanted, actual] = [new URL(path, page.url()).pathname, new URL(page.url()).pathname];
  if (wanted !== actual) findings.push(`it leads to ${actual}`);
  const language = await page.locator("html").getAttribute("lang");
  if (language !== locale) findings.push(`it says that it is in ${language}`);
  return findings;
}

/** A page whose first bytes were sent before it was known to be missing says so in its head instead. */
const isMissing = async (page) => (await page.locator("meta[name=robots][content*=noindex]").count()) > 0;

async function shoot(page, dir, { as, path, locale, width }, theme) {
  if (!dir) return;
  mkdirSync(dir, { recursive: true });
  const name = path.replace(/[^\w-]+/g, "_").replace(/^_|_$/g, "") || "home";
  await page.screenshot({ path: join(dir, `${as}-${name}-${width}-${locale}-${theme}.png`), fullPage: true });
}
