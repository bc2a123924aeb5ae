import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import type { Reading } from "../../../(shop)/reading";
import { Card } from "@/components/ui/card";
import { addDays } from "@/lib/day";
import { findRound, listToldRounds } from "@/lib/draws/queries";
import { formatDay } from "@/lib/i18n";

const DAYS_SHOWN = 14;

/** What the shop has committed to, and the proofs of past days. No page of the merchant's shows a seed before its time either. */
export async function Rounds({ reading: { db, today, locale }, draw }: { reading: Reading; draw: { id: number; slug: string } }) {
  const [t, now, next, told] = await Promise.all([
    getTranslations("adminDraws.rounds"), findRound(db, draw.id, today), findRound(db, draw.id, addDays(today, 1)), listToldRounds(db, draw.id, DAYS_SHOWN),
  ]);
  return (
    <Card as="section" aria-labelledby="rounds-title">
      <h2 id="rounds-title" className="mb-3 text-section font-semibold">{t("title")}</h2>
      <dl className="grid gap-3 text-caption">
        {[[t("today"), now] as const, [t("next"), next] as const].map(([label, round]) => round && (
          <div key={label}>
            <dt className="text-muted">{label}</dt>
            <dd className="font-mono break-all">{round.commitment}</dd>
          </div>
        ))}
      </dl>
      {told.length === 0 ? <p className="mt-3 text-dense text-muted">{t("empty")}</p> : (
        <ul className="mt-3 divide-y divide-border border-t border-border">
          {told.map(({ day, spins }) => (
            <li key={day}>
              <Link href={`/draws/${draw.slug}/proof/${day}` as Route} prefetch={false} className="flex min-h-9 items-center justify-between gap-3 text-dense hover:underline">
                <span className="font-medium text-primary">{formatDay(locale, day)}</span>
                <span className="text-caption text-muted tabular-nums">{t("spins", { spins })}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
