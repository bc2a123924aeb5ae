import type { Page } from "@playwright/test";

const PATIENCE_MS = 15_000;

/** Presses Tab until the focus is on what the selector names. */
export const tabTo = (page: Page, selector: string): Promise<void> =>
  tabUntil(page, selector, () => page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector));

/** Presses Tab until the focus is on what is called so: by its own name, its label, or the first line that stands on it. */
export const tabToName = (page: Page, name: string | RegExp): Promise<void> =>
  tabUntil(page, String(name), async () => {
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      return (element?.getAttribute("aria-label") ?? element?.labels?.[0]?.innerText ?? element?.innerText ?? "").trim();
    });
    return typeof name === "string" ? focused === name || focused.startsWith(`${name}\n`) : name.test(focused);
  });

/** It may be on a page that is still on its way, so the keys are pressed for a time, not so many times. */
async function tabUntil(page: Page, wanted: string, isThere: () => Promise<boolean>): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
    await page.keyboard.press("Tab");
    if (await isThere()) return;
  }
  throw new Error(`Tab never reached ${wanted}`);
}
