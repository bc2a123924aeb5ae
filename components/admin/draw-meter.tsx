import { Card } from "../ui/card";
import { Notice } from "../ui/notice";
import { ProgressBar } from "../ui/progress-bar";
import type { DrawWords } from "./draw-words";
import { percentFromPpm } from "@/lib/draws/percent";
import { fill } from "@/lib/i18n";

/** What the form holds as one types: the sum of the odds, and what a spin gives on average. */
export type Tally = { sumPpm: number; points: number; price: number };

const FULL = 1_000_000;

export function DrawMeter({ tally: { sumPpm, points, price }, words }: { tally: Tally; words: DrawWords }) {
  const over = sumPpm - FULL;
  const average = points.toFixed(2).replace(/\.?0+$/, "");
  return (
    <Card as="section" aria-labelledby="meter-title">
      <h2 id="meter-title" className="mb-3 text-section font-semibold">{words.meter}</h2>
      <ProgressBar label={words.meter} value={sumPpm} max={FULL} />
      <p role="status" className="mt-2 text-dense tabular-nums">
        {over > 0 ? <b className="font-semibold text-danger">{fill(words.meterOver, { sum: percentFromPpm(sumPpm), over: percentFromPpm(over) })}</b> : fill(words.meterSum, { sum: percentFromPpm(sumPpm), rest: percentFromPpm(-over) })}
      </p>
      {price > 0 && points > price ? <Notice tone="warning" className="mt-3">{fill(words.valueHigh, { points: average, price })}</Notice> : <p className="mt-2 text-dense tabular-nums">{fill(words.value, { points: average })}</p>}
      <p className="mt-2 text-caption text-muted">{words.valueNote}</p>
    </Card>
  );
}
