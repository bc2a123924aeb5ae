/** Who walks through the shop: signed in once each, and the pages that only they can find or make. */
import { demoAccounts } from "../lib/demo-accounts.mjs";
import { PlainError } from "../lib/shutdown.mjs";
import { MADE } from "./made.mjs";

export const LOCALES = ["zh-CN", "en"];
export const HEIGHTS = { 375: 812, 1440: 900 };
export const WIDTHS = Object.keys(HEIGHTS).map(Number);

const SIGN_IN_MS_MAX = 20_000;

/**
 * A context for each visitor, language and width: its cookies, and what it has cached.
 * @param {import("@playwright/test").Browser} browser
 * @param {string} url
 */
export class Visitors {
  #contexts = new Map();
  #states = new Map();

  constructor(browser, url) {
    this.browser = browser;
    this.url = url;
  }

  /** @returns {Promise<import("@playwright/test").BrowserContext>} */
  contextOf(as, locale, width) {
    const key = `${as} ${locale} ${width}`;
    if (!this.#contexts.has(key)) this.#contexts.set(key, this.#open(as, locale, width));
    return this.#contexts.get(key);
  }

  async #open(as, locale, width) {
    const storageState = as === "guest" ? undefined : await this.#signedIn(as);
    const context = await this.browser.newContext({ baseURL: this.url, locale, timezoneId: "Asia/Shanghai", viewport: { width, height: HEIGHTS[width] }, storageState });
    await context.addCookies([{ name: "locale", value: locale, url: this.url }, { name: "theme", value: "light", url: this.url }]);
    return context;
  }

  #signedIn(role) {
    if (!this.#states.has(role)) this.#states.set(role, signIn(this.browser, this.url, role));
    return this.#states.get(role);
  }
}

async function signIn(browser, url, role) {
  const { email, password } = demoAccounts.find((account) => account.role === role);
  const context = await browser.newContext({ baseURL: url });
  const page = await context.newPage();
  try {
    await page.goto(`/sign-in?next=${encodeURIComponent("/levels")}`);
    await page.locator("#email").fill(email);
    await page.locator("#password").fill(password);
    await page.locator("main form button[type=submit]").first().click();
    await page.waitForURL((address) => address.pathname === "/levels", { timeout: SIGN_IN_MS_MAX });
    return await context.storageState();
  } catch (error) {
    throw new PlainError(`${email} could not sign in at ${url}: only a demo shop has the demo's people.\n${error.message}`);
  } finally {
    await context.close();
  }
}

/**
 * The address that a route has in this shop; null when nothing there leads to it.
 * @param {import("./routes.mjs").Route} route
 * @param {Visitors} visitors
 */
export async function addressOf(route, visitors) {
  if (route.path) return route.path;
  const made = route.made && MADE[route.made];
  const context = await visitors.contextOf(made ? made.by : route.as, LOCALES[0], WIDTHS.at(-1));
  const page = await context.newPage();
  try {
    if (made) return await made.make(page);
    await page.goto(route.found.on);
    return await page.locator(route.found.link).first().getAttribute("href", { timeout: 5_000 });
  } catch {
    return null;
  } finally {
    await page.close();
  }
}
