"use client";

import type { CheckoutTerms, CouponOffer } from "./checkout-terms";
import { lotsUsed } from "./lots-used";
import { fill, formatCash, formatPoints } from "@/lib/i18n";
import type { OrderQuote } from "@/lib/orders/quote";

type CheckoutSummaryProps = { quote: OrderQuote; coupon: CouponOffer | null; terms: CheckoutTerms; isSent: boolean };

/** What it costs, what is left, and which lots it takes: those that expire first. */
export function CheckoutSummary({ quote, coupon, terms, isSent }: CheckoutSummaryProps) {
  const { pointsAvailable, locale, words } = terms;
  const after = pointsAvailable - quote.points;
  const inUnits = (points: number) => fill(words.unit, { points: formatPoints(locale, points) });
  const minus = (amount: string) => `−${amount}`;
  return (
    <dl className="grid gap-2 rounded-card bg-sunken px-4 py-3 text-dense tabular-nums">
      {coupon && quote.couponCents > 0 && <Line label={words.coupon}>{minus(formatCash(locale, quote.couponCents))}</Line>}
      {coupon && quote.couponPoints > 0 && <Line label={words.coupon}>{minus(inUnits(quote.couponPoints))}</Line>}
      {coupon?.gift && <Line label={words.coupon}>{words.gift}</Line>}
      {quote.discountCents > 0 && quote.cashDueCents > 0 && <Line label={words.discount}>{minus(formatCash(locale, quote.discountCents))}</Line>}
      {isSent && terms.deliveryCents > 0 && <Line label={words.delivery}>{quote.deliveryCents > 0 ? formatCash(locale, quote.deliveryCents) : words.deliveryFree}</Line>}
      <Line label={words.points}><b className="font-semibold text-points">{inUnits(quote.points)}</b></Line>
      {quote.cashDueCents > 0 && <Line label={words.cash}><b className="font-semibold">{formatCash(locale, quote.cashDueCents)}</b></Line>}
      <Line label={words.after}>{after >= 0 ? inUnits(after) : <span className="font-medium text-danger">{fill(words.missing, { points: formatPoints(locale, -after) })}</span>}</Line>
      {quote.points > 0 && after >= 0 && <LotsUsed points={quote.points} terms={terms} />}
      {after < 0 && <WaysToEarn words={words} />}
    </dl>
  );
}

function LotsUsed({ points, terms: { lots, locale, words } }: { points: number; terms: CheckoutTerms }) {
  const used = lotsUsed(lots, points);
  if (!used) return null;
  return (
    <div className="border-t border-border pt-2">
      <dt className="text-caption text-muted">{words.lots}</dt>
      {used.named.map((lot, index) => <dd key={index} className="text-caption">{fill(words.fromLot, { points: formatPoints(locale, lot.points), day: lot.label })}</dd>)}
      {used.further > 0 && <dd className="text-caption text-muted">{fill(words.moreLots, { lots: used.further })}</dd>}
    </div>
  );
}

/** Where the missing points can come from. */
function WaysToEarn({ words }: { words: CheckoutTerms["words"] }) {
  const link = "inline-flex min-h-6 items-center font-medium text-primary underline underline-offset-3";
  return (
    <div className="border-t border-border pt-2">
      <dt className="text-caption text-muted">{words.ways}</dt>
      <dd className="flex flex-wrap gap-x-4">
        <a href="/check-in" className={link}>{words.wayCheckIn}</a>
        <a href="/tasks" className={link}>{words.wayTasks}</a>
        <a href="/invite" className={link}>{words.wayInvite}</a>
      </dd>
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
