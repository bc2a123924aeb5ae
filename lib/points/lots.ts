import { invariant } from "@/lib/invariant";
import { allow, refuse, type Decision } from "@/lib/refusal";

/** Points of one person that expire at one instant. `id` is null until the lot is written. */
export type Lot = { id: number | null; pointsGranted: number; pointsRemaining: number; expiresAt: Date; isSliding: boolean };

/** Points taken from a lot (or returned to it). */
export type Draw = { lot: Lot; points: number };

/** Of points that never expire. A real instant, so that they sort after all others. */
export const NEVER = new Date("9999-12-31T00:00:00.000Z");

/** Points are gone at the instant they expire, whether or not the sweep has come by. */
export const hasExpired = (lot: Pick<Lot, "expiresAt">, now: Date): boolean => lot.expiresAt <= now;

const bySoonestExpiry = (a: Lot, b: Lot): number => a.expiresAt.getTime() - b.expiresAt.getTime() || (a.id ?? Infinity) - (b.id ?? Infinity);

/**
 * Soonest expiry first, so that people lose as few points as possible. Expired lots give nothing.
 * Refuses with `insufficient_points` { pointsMissing }.
 */
export function planSpend(lots: readonly Lot[], points: number, now: Date): Decision<Draw[]> {
  invariant(Number.isSafeInteger(points) && points > 0, "a spend is a positive whole number of points");
  const draws: Draw[] = [];
  let missing = points;
  for (const lot of lots.filter((each) => each.pointsRemaining > 0 && !hasExpired(each, now)).sort(bySoonestExpiry)) {
    const taken = Math.min(lot.pointsRemaining, missing);
    draws.push({ lot, points: taken });
    missing -= taken;
    if (missing === 0) return allow(draws);
  }
  return refuse("insufficient_points", { pointsMissing: missing });
}

/**
 * What a claw-back takes: the given lots first (those that the undone earning filled), then the soonest to expire.
 * Expired lots give nothing; what the lots cannot give is `missing`.
 */
export function planClawBack(lots: readonly Lot[], points: number, preferred: ReadonlySet<number>, now: Date): { draws: Draw[]; missing: number } {
  const isPreferred = (lot: Lot): boolean => lot.id !== null && preferred.has(lot.id);
  const open = lots.filter((lot) => lot.pointsRemaining > 0 && !hasExpired(lot, now)).sort((a, b) => Number(isPreferred(b)) - Number(isPreferred(a)) || bySoonestExpiry(a, b));
  const draws: Draw[] = [];
  let missing = points;
  for (const lot of open) {
    if (missing === 0) break;
    const taken = Math.min(lot.pointsRemaining, missing);
    draws.push({ lot, points: taken });
    missing -= taken;
  }
  return { draws, missing };
}

/** Everything that is left in lots that have expired. Planned again after it was applied, it is empty. */
export const planExpiry = (lots: readonly Lot[], now: Date): Draw[] =>
  lots.filter((lot) => lot.pointsRemaining > 0 && hasExpired(lot, now)).map((lot) => ({ lot, points: lot.pointsRemaining }));

/**
 * Where returned points go: back to the lots they were drawn from, with their own expiry. Of what came from a lot that has expired
 * meanwhile, `renewedPoints` go to a lot of the grace period; without grace it goes back too, and is swept with its lot.
 */
export function planRestore(draws: readonly Draw[], now: Date, hasGrace = true): { returned: Draw[]; renewedPoints: number } {
  for (const { lot, points } of draws) {
    invariant(points > 0 && lot.pointsRemaining + points <= lot.pointsGranted, "a lot never takes back more than was drawn from it");
  }
  const isRenewed = ({ lot }: Draw): boolean => hasGrace && hasExpired(lot, now);
  return {
    // A debt takes from them in this order: what would go first pays it.
    returned: draws.filter((draw) => !isRenewed(draw)).sort((a, b) => bySoonestExpiry(a.lot, b.lot)),
    renewedPoints: draws.filter(isRenewed).reduce((sum, { points }) => sum + points, 0),
  };
}
