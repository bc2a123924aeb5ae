import { getTranslations } from "next-intl/server";
import type { Reading } from "../../../(shop)/reading";
import { inLanguage } from "../../../(shop)/views";
import { DataTable, type Column } from "@/components/admin/data-table";
import { Card } from "@/components/ui/card";
import { readResults, type PrizeResult } from "@/lib/draws/staff-queries";
import { formatPoints, type Locale } from "@/lib/i18n";

/** What was hit against what the published odds said. */
export async function Results({ reading: { db, locale }, drawId }: { reading: Reading; drawId: number }) {
  const [t, results] = await Promise.all([getTranslations("adminDraws.results"), readResults(db, drawId)]);
  const columns: Column<PrizeResult>[] = [
    { key: "prize", label: t("columns.prize"), phone: "title", cell: ({ prizeId, name, nameEn }) => <b className="font-semibold">{prizeId === null ? t("nothing") : inLanguage(locale, name, nameEn)}</b> },
    { key: "expected", label: t("columns.expected"), phone: "pair", end: true, cell: ({ expected }) => decimal(locale, expected) },
    { key: "hits", label: t("columns.hits"), phone: "pair", end: true, cell: ({ hits }) => formatPoints(locale, hits) },
    { key: "given", label: t("columns.given"), phone: "pair", end: true, cell: ({ prizeId, given }) => (prizeId === null ? "—" : formatPoints(locale, given)) },
  ];
  return (
    <Card as="section" padded={false} aria-labelledby="results-title" className="overflow-hidden">
      <div className="p-4">
        <h2 id="results-title" className="text-section font-semibold">{t("title")}</h2>
        {results.spins === 0 ? <p className="mt-1 text-dense text-muted">{t("empty")}</p> : (
          <>
            <p className="mt-1 text-caption text-muted">{t("lead", { rounds: results.rounds, spins: results.spins })}</p>
            <dl className="mt-3 flex flex-wrap gap-x-8 gap-y-2 text-dense">
              <div><dt className="text-caption text-muted">{t("taken")}</dt><dd className="font-semibold tabular-nums">{formatPoints(locale, results.pointsTaken)}</dd></div>
              <div><dt className="text-caption text-muted">{t("givenPoints")}</dt><dd className="font-semibold tabular-nums">{formatPoints(locale, results.pointsGiven)}</dd></div>
            </dl>
          </>
        )}
      </div>
      {results.spins > 0 && <DataTable caption={t("caption")} columns={columns} rows={results.prizes} keyOf={({ prizeId }) => prizeId ?? "nothing"} />}
    </Card>
  );
}

const decimal = (locale: Locale, value: number): string => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
