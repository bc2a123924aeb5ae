import "server-only";

import { startReading, type Reading } from "../(shop)/reading";
import type { Permission } from "@/lib/accounts/permission";
import { requireStaff, type Staff } from "@/lib/auth";

/**
 * Every page of the back office starts here: the layout's gate is not asked again when one page leads to the next.
 * `permission` is what it takes to see the page; null is for pages that every member of staff may see.
 */
export async function startStaffReading(permission: Permission | null, returnTo = "/admin"): Promise<Reading & { staff: Staff }> {
  const staff = await requireStaff(permission, returnTo);
  return { ...(await startReading()), staff };
}

/** A positive whole number in an address; undefined for anything else. */
export function idIn(text: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

/** One of the known words; undefined for anything else. */
export function oneOf<Word extends string>(words: readonly Word[], text: string): Word | undefined {
  return words.find((word) => word === text);
}
