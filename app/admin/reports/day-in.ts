import { parseDay, type Day } from "@/lib/day";

/** A calendar day in an address; undefined for anything else, such as the 30th of February. */
export function dayIn(text: string): Day | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? parseDay(text) : undefined;
}
