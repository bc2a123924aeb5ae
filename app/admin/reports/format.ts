import type { Locale } from "@/lib/i18n";

/** A share from 0 to 1 in percent; a dash for what is not known, which is not nothing. */
export function percentOf(locale: Locale, share: number | null, digits = 1): string {
  return share === null ? "–" : new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: digits }).format(share);
}

/** The mean of what is known. */
export function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.flatMap((value) => value ?? []);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** By how much a share moved, to be told in points of a percent. */
export const movedBy = (before: number | null, now: number | null): number | null => (before === null || now === null ? null : now - before);
