import type { Page } from "@playwright/test";

const PATIENCE_MS = 15_000;

/** What React has taken over carries its props; a page without any of these elements is ready as it is. */
const isAlive = (): boolean =>
  [...document.querySelectorAll("form, button")].every((element) => Object.keys(element).some((key) => key.startsWith("__reactProps")));

/**
 * A page that is looked at and pressed only when its scripts have taken it over, as by somebody who can see. What works before that moment
 * has tests of its own: they say what to wait for, with `waitUntil`, and nothing more is waited for then.
 */
export function patient(page: Page): Page {
  const alive = () => page.waitForFunction(isAlive, undefined, { timeout: PATIENCE_MS }).catch(() => undefined);
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  page.goto = async (url, options) => {
    const answer = await goto(url, options);
    if (!options?.waitUntil) await alive();
    return answer;
  };
  page.reload = async (options) => {
    const answer = await reload(options);
    if (!options?.waitUntil) await alive();
    return answer;
  };
  return page;
}
