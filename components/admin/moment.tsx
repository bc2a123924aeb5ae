import { useLocale } from "next-intl";
import { formatDayOf, formatInstant, type Locale } from "@/lib/i18n";
import { relativeTime } from "./relative-time";

type MomentProps = { at: Date; now: Date; zone: string };

/** How long ago, with the minute on hover; a date when it was long ago. */
export function Moment({ at, now, zone }: MomentProps) {
  const locale = useLocale() as Locale;
  return (
    <time dateTime={at.toISOString()} title={formatInstant(locale, at, zone)} className="whitespace-nowrap">
      {relativeTime(locale, at, now) ?? formatDayOf(locale, at, zone, "short")}
    </time>
  );
}
