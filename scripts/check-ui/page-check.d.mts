import type { Page } from "@playwright/test";

export const SHIFT_MAX: number;
export function settle(page: Page): Promise<void>;
export function findingsOn(page: Page): Promise<string[]>;
export function colourFindingsOn(page: Page): Promise<string[]>;
