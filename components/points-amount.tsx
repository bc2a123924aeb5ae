import clsx from "clsx";
import { useLocale, useTranslations } from "next-intl";
import { formatPoints, formatSignedPoints, type Locale } from "@/lib/i18n";

type PointsAmountProps = { points: number; signed?: boolean; /** Without the word "points", where a heading says it. */ bare?: boolean; className?: string };

/** `12,480 积分`: tabular, never abbreviated, never broken across lines. */
export function PointsAmount({ points, signed = false, bare = false, className }: PointsAmountProps) {
  const locale = useLocale() as Locale;
  const t = useTranslations("common");
  const figure = signed ? formatSignedPoints(locale, points) : formatPoints(locale, points);
  return (
    <span className={clsx("whitespace-nowrap tabular-nums", className)}>
      {figure}
      {!bare && <span className="ms-[0.3em] text-[0.75em] font-medium">{t("unit", { points: Math.abs(points) })}</span>}
    </span>
  );
}
