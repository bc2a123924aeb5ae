import clsx from "clsx";
import { useLocale } from "next-intl";
import { formatCash, type Locale } from "@/lib/i18n";
import { PointsAmount } from "./points-amount";

const sizes = { card: "text-control", page: "text-figure", line: "text-body" } as const;

type PriceProps = { points: number; cashCents: number; size?: keyof typeof sizes; className?: string };

/** Points and cash as one price of two parts; a line may break between the parts, never inside one. */
export function Price({ points, cashCents, size = "card", className }: PriceProps) {
  const locale = useLocale() as Locale;
  const both = points > 0 && cashCents > 0;
  return (
    <span className={clsx("inline-flex flex-wrap items-baseline gap-x-1 font-semibold text-points tabular-nums", sizes[size], className)}>
      {points > 0 && <PointsAmount points={points} />}
      {cashCents > 0 && (
        <span className={clsx("whitespace-nowrap", both && "text-[0.75em] font-medium")}>
          {both && "+ "}
          {formatCash(locale, cashCents)}
        </span>
      )}
    </span>
  );
}
