/** What the entries up to a moment put into a lot and took from it. */
export type LotSums = { lotId: number; pointsIn: number; pointsOut: number; expiresAt: Date; isSliding: boolean };

/** The last entry at or before a moment, with the sum of all changes up to it. */
export type LastEntry = { id: number; createdAt: Date; balanceAfter: number; pointsChanged: number };

export type PastLot = LotSums & { pointsRemaining: number; /** Expired by then, and not swept yet: in the balance, but not to be spent. */ isOverdue: boolean };

/** A balance at a moment, as the sum of its lots. */
export type PastBalance = {
  moment: Date;
  lastEntry: LastEntry | null;
  /** What the ledger said then: balance less debt. */
  balanceAfter: number;
  pointsAvailable: number;
  pointsOverdue: number;
  pointsDebt: number;
  /** What the ledger said less what the lots and the debt add up to. Anything but 0 is damage to the books. */
  difference: number;
  /** Those that held points, the soonest to expire first: the order in which they are spent. */
  lots: PastLot[];
};

/**
 * The balance at `moment`, put together again from what entries up to then put into lots and took from them.
 * Lots and debt must make the balance that the last entry wrote down; what they miss is told, for a damaged book is what one comes here to look at.
 */
export function balanceAt(moment: Date, lastEntry: LastEntry | null, sums: readonly LotSums[]): PastBalance {
  const lots = sums.map((lot) => lotAt(lot, moment)).filter(({ pointsRemaining }) => pointsRemaining !== 0).sort(bySoonestExpiry);
  const inLots = total(lots);
  const pointsOverdue = total(lots.filter(({ isOverdue }) => isOverdue));
  // An entry moves lots by its change; what it does not find there it takes from the debt or adds to it.
  const pointsDebt = Math.max(0, inLots - (lastEntry?.pointsChanged ?? 0));
  const balanceAfter = lastEntry?.balanceAfter ?? 0;
  return { moment, lastEntry, balanceAfter, pointsAvailable: inLots - pointsOverdue, pointsOverdue, pointsDebt, difference: balanceAfter - (inLots - pointsDebt), lots };
}

/**
 * A lot as it was. What slides has moved on since only if it was alive: a lot that has ended is never revived,
 * so its present expiry says whether it had ended by then.
 */
const lotAt = (lot: LotSums, moment: Date): PastLot => ({ ...lot, pointsRemaining: lot.pointsIn - lot.pointsOut, isOverdue: lot.expiresAt <= moment });

const total = (lots: readonly PastLot[]): number => lots.reduce((sum, { pointsRemaining }) => sum + pointsRemaining, 0);

const bySoonestExpiry = (a: PastLot, b: PastLot): number => a.expiresAt.getTime() - b.expiresAt.getTime() || a.lotId - b.lotId;
