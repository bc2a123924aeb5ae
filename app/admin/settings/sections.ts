import type { FormSection } from "@/lib/settings/schema";

/** The sections in the order of their tabs, with their addresses. */
export const SECTION_PATHS = {
  programme: "programme", brand: "brand", pointsName: "points-name", points: "points", checkIn: "check-in", levels: "levels", orders: "orders", people: "people", payment: "payment", control: "control", risk: "risk",
} as const satisfies Record<FormSection, string>;

export const SECTION_NAMES = Object.keys(SECTION_PATHS) as FormSection[];

export const sectionAt = (path: string): FormSection | undefined => SECTION_NAMES.find((name) => SECTION_PATHS[name] === path);

/** What the shop leans on: it is set up by the environment, and tried out here. */
export const SERVICE_PAGES = ["mail", "storage"] as const;
export type ServicePage = (typeof SERVICE_PAGES)[number];
