"use client";

import type { LotOffer } from "./redeem-form";
import type { RedeemWords } from "./redeem-words";
import type { Quote } from "@/lib/catalog/price";
import { fill, formatCash, formatPoints, type Locale } from "@/lib/i18n";
import { planSpend } from "@/lib/points/lots";

const LOTS_SHOWN = 3;

type RedeemSummaryProps = { quote: Quote; pointsAvailable: number; lots: readonly LotOffer[]; locale: Locale; words: RedeemWords };

/** What it costs, what is left, and which lots it takes: those that expire first. */
export function RedeemSummary({ quote, pointsAvailable, lots, locale, words }: RedeemSummaryProps) {
  const after = pointsAvailable - quote.points;
  const inUnits = (points: number) => fill(words.unit, { points: formatPoints(locale, points) });
  return (
    <dl className="grid gap-2 rounded-card bg-sunken px-4 py-3 text-dense tabular-nums">
      <Line label={words.points}><b className="font-semibold text-points">{inUnits(quote.points)}</b></Line>
      {quote.cashDueCents > 0 && <Line label={words.cash}><b className="font-semibold">{formatCash(locale, quote.cashDueCents)}</b></Line>}
      <Line label={words.after}>{after >= 0 ? inUnits(after) : <span className="font-medium text-danger">{fill(words.missing, { points: formatPoints(locale, -after) })}</span>}</Line>
      {quote.points > 0 && after >= 0 && <LotsUsed points={quote.points} lots={lots} locale={locale} words={words} />}
      {after < 0 && <div><a href="/check-in" className="inline-flex min-h-6 items-center font-medium text-primary underline underline-offset-3">{words.earn}</a></div>}
    </dl>
  );
}

function LotsUsed({ points, lots, locale, words }: Pick<RedeemSummaryProps, "lots" | "locale" | "words"> & { points: number }) {
  const plan = planSpend(lots, points, new Date());
  if (!plan.ok) return null;
  const labels = new Map(lots.map(({ id, label }) => [id, label]));
  const hidden = plan.value.length - LOTS_SHOWN;
  return (
    <div className="border-t border-border pt-2">
      <dt className="text-caption text-muted">{words.lots}</dt>
      {plan.value.slice(0, LOTS_SHOWN).map((draw) => (
        <dd key={draw.lot.id} className="text-caption">{fill(words.fromLot, { points: formatPoints(locale, draw.points), day: labels.get(draw.lot.id!) ?? "" })}</dd>
      ))}
      {hidden > 0 && <dd className="text-caption text-muted">{fill(words.moreLots, { lots: hidden })}</dd>}
    </div>
  );
}

function Line({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="text-muted">{label}</dt>
      <dd className="text-end">{children}</dd>
    </div>
  );
}
