import { getTranslations } from "next-intl/server";
import Link from "next/link";
import type { Reading } from "../reading";
import { inLanguage } from "../views";
import { earnedBy } from "./entry-words";
import { PointsAmount } from "@/components/points-amount";
import { Panel } from "@/components/ui/card";
import { formatDayOf, formatPoints } from "@/lib/i18n";
import type { PendingRow } from "@/lib/points/queries";

/** Points that were earned and cannot be spent yet: they are in no balance, so they stand apart from it. */
export async function Pending({ rows, points, reading }: { rows: readonly PendingRow[]; points: number; reading: Reading }) {
  const t = await getTranslations("wallet");
  if (rows.length === 0) return null;
  const shown = rows.reduce((sum, row) => sum + row.points, 0);
  return (
    <Panel aria-labelledby="pending" className="mb-6">
      <h2 id="pending" className="text-section font-semibold">{t("pendingTitle")}</h2>
      <p className="text-caption text-muted">{t("pendingHint")}</p>
      <ul className="mt-1 divide-y divide-border">
        {rows.map((row) => <PendingEntry key={row.id} row={row} reading={reading} />)}
      </ul>
      {points > shown && <p className="border-t border-border pt-2 text-caption text-muted">{t("morePending", { points: formatPoints(reading.locale, points - shown) })}</p>}
    </Panel>
  );
}

async function PendingEntry({ row, reading }: { row: PendingRow; reading: Reading }) {
  const t = await getTranslations("wallet");
  const { locale, policy } = reading;
  const rule = inLanguage(locale, row.ruleName ?? "", row.ruleNameEn ?? "");
  return (
    <li className="flex items-start justify-between gap-4 py-3">
      <div className="min-w-0">
        <p className="font-medium text-pretty">{rule || earnedBy(row, t)}</p>
        <p className="text-caption text-muted">
          {t("pendingSince", { day: formatDayOf(locale, row.createdAt, policy.timeZone, "day") })}{" · "}<Release row={row} reading={reading} />
        </p>
      </div>
      <PointsAmount points={row.points} signed className="shrink-0 font-semibold text-muted" />
    </li>
  );
}

/** The day from which they can be spent, or what they wait for. */
async function Release({ row: { activatesAt, releasedBy }, reading: { locale, policy } }: { row: PendingRow; reading: Reading }) {
  const t = await getTranslations("wallet");
  const [cause = "", name = ""] = (releasedBy ?? "").split(":");
  const day = activatesAt && formatDayOf(locale, activatesAt, policy.timeZone);
  if (cause === "order.completed") return <>{t.rich("releasedByOrder", { order: (words) => <Link href={`/orders/${name}`} className="text-primary underline">{words}</Link> })}{day && `, ${t("orFrom", { day })}`}</>;
  if (cause === "event") return <>{t("releasedByEvent", { name })}{day && `, ${t("orFrom", { day })}`}</>;
  return <>{day ? t("releasedOn", { day }) : t("releasedLater")}</>;
}
