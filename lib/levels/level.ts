import { addDays, dayOf, endOfDay, startOfDay, type Day } from "@/lib/day";
import type { Policy } from "@/lib/settings/policy";

/** A step of the ladder. A person stands on the highest one whose threshold they have reached. */
export type Level = { id: number; rank: number; name: string; nameEn: string; threshold: number; multiplierPercent: number; benefits: string; benefitsEn: string };

/** What somebody has, whether or not the level is still in force. */
export type Held = Pick<Level, "id" | "rank" | "name" | "nameEn"> & { since: Date; graceUntil: Date | null };

/** What counts towards a level: points earned, or whole yuan paid, within the window. */
export type Basis = { amount: number; /** The oldest day that adds to it; what it added falls out of the window first. */ oldestDay: Day | null };

export const NO_BASIS: Basis = { amount: 0, oldestDay: null };

export type LevelTerms = Pick<Policy, "timeZone" | "levelWindowDays" | "levelDowngrade" | "levelGraceDays">;

export type Review = {
  level: Level;
  since: Date;
  graceUntil: Date | null;
  /** When to look again, though nothing happens before. */
  reviewAt: Date;
  /** Where the person came from, when they moved; a newcomer's first level is no move. */
  from: Pick<Level, "name" | "nameEn" | "rank"> | null;
};

/** A changed ladder or setting reaches everybody within this time. */
const REVIEWED_EVERY_DAYS = 7;

/** The first day that counts today: the window holds today and the days before it. */
export const windowStart = (now: Date, { timeZone, levelWindowDays }: Pick<LevelTerms, "timeZone" | "levelWindowDays">): Day =>
  addDays(dayOf(now, timeZone), 1 - levelWindowDays);

/** The highest level that so much reaches; the lowest is everybody's. The ladder is sorted by rank. */
export const levelFor = (ladder: readonly Level[], amount: number): Level | null =>
  ladder.findLast(({ threshold }) => threshold <= amount) ?? ladder[0] ?? null;

/** The level that somebody stands on: their own, or the next below it that is in force. */
export const standingOn = (ladder: readonly Level[], rank: number): Level | null => ladder.findLast((level) => level.rank <= rank) ?? ladder[0] ?? null;

export const nextAbove = (ladder: readonly Level[], rank: number): Level | null => ladder.find((level) => level.rank > rank) ?? null;

/**
 * Up at once; down only when a grace period has ended in which the level's threshold was not reached again.
 * Null when the shop has no levels.
 */
export function reviewLevel(ladder: readonly Level[], held: Held | null, basis: Basis, now: Date, terms: LevelTerms): Review | null {
  const stands = standingOn(ladder, held?.rank ?? 0);
  const reached = levelFor(ladder, basis.amount);
  if (!stands || !reached) return null;
  const settled = reached.rank >= stands.rank ? { level: reached, graceUntil: null } : belowThreshold(ladder, stands, reached, held?.graceUntil ?? null, now, terms);
  const before = held ?? stands;
  const hasMoved = settled.level.id !== before.id;
  return {
    ...settled,
    since: held && !hasMoved ? held.since : now,
    reviewAt: nextReview(settled.graceUntil, basis, now, terms),
    from: hasMoved ? { name: before.name, nameEn: before.nameEn, rank: before.rank } : null,
  };
}

type Settled = { level: Level; graceUntil: Date | null };

function belowThreshold(ladder: readonly Level[], stands: Level, reached: Level, graceUntil: Date | null, now: Date, terms: LevelTerms): Settled {
  if (terms.levelDowngrade === "none") return { level: stands, graceUntil: null };
  if (graceUntil === null) return { level: stands, graceUntil: graceEnd(now, terms) };
  if (now < graceUntil) return { level: stands, graceUntil };
  const level = terms.levelDowngrade === "full" ? reached : standingOn(ladder, stands.rank - 1)!;
  // One step may not be enough; the next one has a grace period of its own.
  return { level, graceUntil: reached.rank < level.rank ? graceEnd(now, terms) : null };
}

/** The end of the programme day so many days later. */
export const graceEnd = (now: Date, { timeZone, levelGraceDays }: LevelTerms): Date => endOfDay(addDays(dayOf(now, timeZone), levelGraceDays), timeZone);

/** When the grace ends, the basis can next fall or a week has gone by, whichever is first. */
function nextReview(graceUntil: Date | null, { oldestDay }: Basis, now: Date, terms: LevelTerms): Date {
  const latest = startOfDay(addDays(dayOf(now, terms.timeZone), REVIEWED_EVERY_DAYS), terms.timeZone);
  const fall = oldestDay && startOfDay(addDays(oldestDay, terms.levelWindowDays), terms.timeZone);
  return [graceUntil, fall].reduce<Date>((first, each) => (each && each > now && each < first ? each : first), latest);
}

export type LadderConflict = "rank_taken" | "threshold_order" | "first_threshold";

/** What is wrong with levels as a ladder; null when nothing is. Levels that are switched off stand beside it. */
export function conflictIn(levels: readonly (Pick<Level, "rank" | "threshold"> & { isActive: boolean })[]): LadderConflict | null {
  if (new Set(levels.map(({ rank }) => rank)).size < levels.length) return "rank_taken";
  const steps = levels.filter(({ isActive }) => isActive).sort((a, b) => a.rank - b.rank);
  if (steps[0] && steps[0].threshold !== 0) return "first_threshold";
  return steps.some(({ threshold }, index) => index > 0 && threshold <= steps[index - 1]!.threshold) ? "threshold_order" : null;
}
