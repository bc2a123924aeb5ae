import clsx from "clsx";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { inLanguage } from "../../../(shop)/views";
import { Moment } from "@/components/admin/moment";
import type { StockMove } from "@/lib/catalog/staff-queries";
import { formatSignedPoints } from "@/lib/i18n";

type StockMovesProps = { moves: readonly StockMove[]; now: Date; zone: string; severalSkus: boolean };

/** Why stock is what it is, the latest change first. */
export function StockMoves({ moves, now, zone, severalSkus }: StockMovesProps) {
  const t = useTranslations("admin.stock");
  const locale = useLocale();
  if (moves.length === 0) return <p className="text-dense text-muted">{t("noMoves")}</p>;
  return (
    <div className="min-w-0">
      <h3 className="mb-1 text-caption font-medium text-muted">{t("moves")}</h3>
      <ul className="max-h-96 divide-y divide-border overflow-y-auto pe-1" tabIndex={0} aria-label={t("moves")}>
        {moves.map((move) => (
          <li key={move.id} className="flex items-start justify-between gap-4 py-2.5">
            <div className="min-w-0 text-dense">
              <p className="font-medium">
                {t(`reasons.${move.reason}`)}
                {severalSkus && <span className="ms-2 font-normal text-muted">{inLanguage(locale, move.skuName, move.skuNameEn)}</span>}
              </p>
              {move.note && <p className="text-pretty break-words">{move.note}</p>}
              <p className="text-caption text-muted">
                <Moment at={move.createdAt} now={now} zone={zone} />
                {move.actorName && <>{" · "}{move.actorName}</>}
                {move.orderId && (
                  <>
                    {" · "}
                    <Link href={`/admin/orders/${move.orderId}`} prefetch={false} className="inline-block min-h-6 min-w-6 font-medium text-primary hover:underline">{t("order")}</Link>
                  </>
                )}
              </p>
            </div>
            <span className={clsx("text-dense font-semibold whitespace-nowrap tabular-nums", move.quantity > 0 ? "text-success" : "text-fg")}>{formatSignedPoints(locale, move.quantity)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
