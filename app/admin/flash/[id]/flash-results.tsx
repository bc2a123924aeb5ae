import { useLocale, useTranslations } from "next-intl";
import { inLanguage } from "../../../(shop)/views";
import { Price } from "@/components/price";
import { Card } from "@/components/ui/card";
import { ProgressBar } from "@/components/ui/progress-bar";
import { soldOf } from "@/lib/flash/sale";
import type { StaffFlashSale } from "@/lib/flash/staff-queries";
import { formatCash, formatInstant, formatPoints } from "@/lib/i18n";

type FlashResultsProps = { sale: StaffFlashSale; isLive: boolean; zone: string };

/** What became of the pieces, and what they brought. */
export function FlashResults({ sale, isLive, zone }: FlashResultsProps) {
  const [t, list] = [useTranslations("adminFlash.results"), useTranslations("adminFlash")];
  const locale = useLocale();
  const option = inLanguage(locale, sale.skuName, sale.skuNameEn);
  const sold = soldOf(sale);
  const figures = [
    ["sold", formatPoints(locale, sold)], ["left", formatPoints(locale, sale.left)], ["waiting", formatPoints(locale, sale.waiting)], ["returned", formatPoints(locale, sale.returned)],
    ["orders", formatPoints(locale, sale.orders)], ["people", formatPoints(locale, sale.people)], ["points", formatPoints(locale, sale.points)], ["cash", formatCash(locale, sale.cents)],
    ["shopStock", formatPoints(locale, sale.shopStock)],
  ] as const;
  return (
    <Card as="section" aria-labelledby="results-title">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-2">
        <h2 id="results-title" className="text-section font-semibold">{t("title")}</h2>
        {isLive && <span className="text-caption text-muted">{t("live")}</span>}
      </div>
      <p className="text-dense font-medium">{inLanguage(locale, sale.productName, sale.productNameEn)}{option && ` · ${option}`}</p>
      <p className="text-caption text-muted">{list("window", { from: formatInstant(locale, sale.startsAt, zone), until: formatInstant(locale, sale.endsAt, zone) })}</p>
      <p className="mt-1 mb-3"><Price points={sale.pointsPrice} cashCents={sale.cashPriceCents} size="line" /></p>
      <ProgressBar label={list("of", { sold: formatPoints(locale, sold), pieces: formatPoints(locale, sale.pieces) })} value={sold + sale.waiting} max={sale.pieces} />
      <p className="mt-1 mb-3 text-caption text-muted tabular-nums">{list("of", { sold: formatPoints(locale, sold), pieces: formatPoints(locale, sale.pieces) })}</p>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2.5 text-dense">
        {figures.map(([name, figure]) => (
          <div key={name}>
            <dt className="text-caption text-muted">{t(name)}</dt>
            <dd className="font-semibold tabular-nums">{figure}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
