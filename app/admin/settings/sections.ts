import type { Section } from "@/lib/settings/schema";

/** The sections in the order of their tabs, with their addresses. */
export const SECTION_PATHS = {
  programme: "programme", points: "points", checkIn: "check-in", levels: "levels", orders: "orders", people: "people",
} as const satisfies Record<Section, string>;

export const SECTION_NAMES = Object.keys(SECTION_PATHS) as Section[];

export const sectionAt = (path: string): Section | undefined => SECTION_NAMES.find((name) => SECTION_PATHS[name] === path);
