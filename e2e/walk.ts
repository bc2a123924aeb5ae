import type { Page } from "@playwright/test";
import { findingsOn, settle } from "../scripts/check-ui/page-check.mjs";
import { desktop, expect, phone } from "./fixtures";

/** Between them both widths, both languages and both themes; `npm run check:ui` looks at every page in every combination. */
export const looks = [
  { viewport: phone, locale: "zh-CN", theme: "light" },
  { viewport: desktop, locale: "en", theme: "dark" },
] as const;

/** A page without violations, sideways scroll, shifts, words that are no sentence, or targets that are hard to hit. */
export async function inspect(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settle(page);
  expect(await findingsOn(page), `what is wrong with ${path}`).toEqual([]);
}
