import type { Locale } from "@/lib/i18n";

const STEPS = [["day", 86_400], ["hour", 3_600], ["minute", 60]] as const;
/** Older than this, a date says more than a distance. */
const RELATIVE_SECONDS_MAX = 7 * 86_400;

/** "3 minutes ago"; null when it is so long ago that the date should be shown. */
export function relativeTime(locale: Locale, at: Date, now: Date): string | null {
  const seconds = Math.max(0, Math.round((now.getTime() - at.getTime()) / 1000));
  if (seconds >= RELATIVE_SECONDS_MAX) return null;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const [unit, length] of STEPS) if (seconds >= length) return format.format(-Math.floor(seconds / length), unit);
  return format.format(0, "second");
}
