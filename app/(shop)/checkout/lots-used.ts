/** Lots that are said by name, when points are spent; how many more there are is a number. */
export const LOTS_NAMED = 3;

/** What is to be spent, the soonest to expire first: the first lots with the day they end, of all others the points alone. Somebody who checks in daily has hundreds. */
export type OpenLots = { named: readonly { points: number; label: string }[]; further: readonly number[] };

/** Which lots a spend takes, as the ledger will take them: those with a name, and how many more. Null when they do not hold as much. */
export function lotsUsed({ named, further }: OpenLots, points: number): { named: { points: number; label: string }[]; further: number } | null {
  const used = { named: [] as { points: number; label: string }[], further: 0 };
  let missing = points;
  for (const lot of named) {
    if (missing === 0) break;
    const taken = Math.min(lot.points, missing);
    used.named.push({ points: taken, label: lot.label });
    missing -= taken;
  }
  for (const held of further) {
    if (missing === 0) break;
    missing -= Math.min(held, missing);
    used.further++;
  }
  return missing > 0 ? null : used;
}
