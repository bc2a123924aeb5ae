import clsx from "clsx";
import { useLocale, useTranslations } from "next-intl";
import { Card } from "../ui/card";
import type { Locale } from "@/lib/i18n";
import { Definition } from "./definition";
import { Sparkline } from "./sparkline";

export type KpiChange = {
  /** By which part it changed, or by how many percentage points; null where there is nothing to compare with. */
  by: number | null;
  /** A share changes by points of a percent, everything else by a part of itself. */
  unit?: "part" | "points";
  /** Whether more of it is good news for the shop; left out where it is neither. */
  moreIsGood?: boolean;
  versus: string;
};

type KpiCardProps = {
  label: string;
  value: string;
  unit?: string;
  change?: KpiChange;
  /** What stands where a change would: how the figure is made up. */
  note?: string;
  definition: string;
  /** How it went, day by day; days that are not known are left out. */
  trend?: readonly (number | null)[];
  colour?: 1 | 2 | 3 | 4;
  /** Cards that no heading of their own stands above are one level higher. */
  heading?: "h2" | "h3";
};

/** One figure: its value, how it changed, what it means. */
export function KpiCard({ label, value, unit, change, note, definition, trend, colour = 1, heading: Heading = "h3" }: KpiCardProps) {
  return (
    <Card as="li" className="grid content-start gap-0.5">
      <Heading className="text-caption font-medium text-muted">{label}</Heading>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-figure font-semibold tabular-nums">{value}</span>
        {unit && <span className="text-caption text-muted">{unit}</span>}
      </p>
      {change && <Change {...change} />}
      {note && <p className="text-meta text-muted tabular-nums">{note}</p>}
      {trend && <Sparkline values={trend} colour={colour} />}
      <Definition label={label}>{definition}</Definition>
    </Card>
  );
}

/** A shop's first month grows by percentages that say nothing. */
const CHANGE_SHOWN_MAX = 9.99;

function Change({ by, unit = "part", moreIsGood, versus }: KpiChange) {
  const t = useTranslations("adminFrame.overview");
  const locale = useLocale() as Locale;
  if (by === null) return <p className="text-meta text-muted">{t("noComparison")}</p>;
  const tone = by === 0 || moreIsGood === undefined ? "text-muted" : by > 0 === moreIsGood ? "text-success" : "text-danger";
  return (
    <p className={clsx("text-meta font-semibold tabular-nums", tone)}>
      {unit === "points" ? inPoints(locale, by) : inParts(locale, by)}
      <span className="ms-1 font-normal text-muted">{versus}</span>
    </p>
  );
}

function inParts(locale: Locale, by: number): string {
  const isHuge = by > CHANGE_SHOWN_MAX;
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1, signDisplay: isHuge ? "never" : "exceptZero" });
  return isHuge ? `>${percent.format(CHANGE_SHOWN_MAX)}` : percent.format(by).replace("-", "−");
}

const inPoints = (locale: Locale, by: number): string =>
  `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1, signDisplay: "exceptZero" }).format(by * 100).replace("-", "−")} pp`;
