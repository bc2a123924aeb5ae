import clsx from "clsx";
import { useLocale, useTranslations } from "next-intl";
import { Card } from "../ui/card";
import { formatPoints, type Locale } from "@/lib/i18n";

type KpiCardProps = {
  label: string;
  value: number;
  unit?: string;
  /** By which part it changed; null where there is nothing to compare with. */
  change: number | null;
  /** Whether more of it is good news for the shop. */
  moreIsGood: boolean;
  definition: string;
};

export function KpiCard({ label, value, unit, change, moreIsGood, definition }: KpiCardProps) {
  const locale = useLocale() as Locale;
  return (
    <Card as="li" className="grid content-start gap-0.5">
      <h3 className="text-caption font-medium text-muted">{label}</h3>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-figure font-semibold tabular-nums">{formatPoints(locale, value)}</span>
        {unit && <span className="text-caption text-muted">{unit}</span>}
      </p>
      <Change change={change} moreIsGood={moreIsGood} />
      <p className="mt-2 text-meta text-muted">{definition}</p>
    </Card>
  );
}

/** A shop's first month grows by percentages that say nothing. */
const CHANGE_SHOWN_MAX = 9.99;

function Change({ change, moreIsGood }: Pick<KpiCardProps, "change" | "moreIsGood">) {
  const t = useTranslations("admin.overview");
  const locale = useLocale() as Locale;
  if (change === null) return <p className="text-meta text-muted">{t("noComparison")}</p>;
  const isHuge = change > CHANGE_SHOWN_MAX;
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1, signDisplay: isHuge ? "never" : "exceptZero" });
  const figure = isHuge ? `>${percent.format(CHANGE_SHOWN_MAX)}` : percent.format(change).replace("-", "−");
  return (
    <p className={clsx("text-meta font-semibold tabular-nums", change === 0 || !moreIsGood ? "text-muted" : change > 0 ? "text-success" : "text-danger")}>
      {figure}
      <span className="ms-1 font-normal text-muted">{t("versusBefore")}</span>
    </p>
  );
}
