import type { DrawStatus } from "@/db/schema/draws";
import { allow, refuse, type Decision } from "@/lib/refusal";

import { ROLLS } from "./fair";
import { oddsSum, type TablePrize } from "./prize";

type Offered = { kind: TablePrize["kind"]; points: number; oddsPpm: number; isActive: boolean };

/** A lucky draw as the merchant defined it, without its words. */
export type Draw = {
  id: number;
  slug: string;
  status: DrawStatus;
  startsAt: Date | null;
  endsAt: Date | null;
  spinPoints: number;
  freeSpinsPerDay: number;
  spinsPerDay: number;
};

export type DrawPhase = "hidden" | "upcoming" | "open" | "ended";

/** Where a draw stands. The end is not included; who never opened it to people hides it. */
export function phaseOf({ status, startsAt, endsAt }: Pick<Draw, "status" | "startsAt" | "endsAt">, now: Date): DrawPhase {
  if (status === "draft") return "hidden";
  if (status === "archived" || (endsAt !== null && endsAt <= now)) return "ended";
  return startsAt !== null && startsAt > now ? "upcoming" : "open";
}

/** What a person has spun today, and what they may still spin without paying. */
export type Chances = {
  /** Spins of the day, of whatever kind. */
  spunToday: number;
  /** Of these, the free ones. */
  freeToday: number;
  /** Spins that were given to them and not used, whenever. */
  granted: number;
};

/** How the next spin is paid. */
export type SpinPayment = { with: "free" | "granted" | "points"; points: number };

/** Spins of the day that are left; null when there is no limit. */
export const spinsLeft = ({ spinsPerDay }: Pick<Draw, "spinsPerDay">, { spunToday }: Pick<Chances, "spunToday">): number | null =>
  spinsPerDay === 0 ? null : Math.max(0, spinsPerDay - spunToday);

/** Free spins that are left today, within the day's limit. */
export const freeSpinsLeft = (draw: Pick<Draw, "freeSpinsPerDay" | "spinsPerDay">, chances: Chances): number =>
  Math.min(Math.max(0, draw.freeSpinsPerDay - chances.freeToday), spinsLeft(draw, chances) ?? Infinity);

/** How the next spin would be paid: the day's free ones first, then granted ones, then points. Refuses `draw_not_open`, `no_spins_left`. */
export function nextPayment(draw: Draw, chances: Chances, now: Date): Decision<SpinPayment> {
  if (phaseOf(draw, now) !== "open") return refuse("draw_not_open");
  if (spinsLeft(draw, chances) === 0) return refuse("no_spins_left");
  if (freeSpinsLeft(draw, chances) > 0) return allow({ with: "free", points: 0 });
  if (chances.granted > 0) return allow({ with: "granted", points: 0 });
  return draw.spinPoints > 0 ? allow({ with: "points", points: draw.spinPoints }) : refuse("no_spins_left");
}

/** The same for a spin that the person was shown at a price. Refuses `price_changed` { points } when it would cost more than that. */
export function decideSpin(draw: Draw, chances: Chances, pointsShown: number, now: Date): Decision<SpinPayment> {
  const payment = nextPayment(draw, chances, now);
  return payment.ok && payment.value.points > pointsShown ? refuse("price_changed", { points: payment.value.points }) : payment;
}

/**
 * Whether a draw puts in points as a large adjustment would: with one prize, or with what one person can expect of a day beyond what the spins cost.
 * Spins without a limit that give more than they cost are more than any threshold.
 */
export function isWorthMore({ spinPoints, freeSpinsPerDay, spinsPerDay }: Pick<Draw, "spinPoints" | "freeSpinsPerDay" | "spinsPerDay">, prizes: readonly Offered[], threshold: number): boolean {
  const offered = prizes.filter(({ kind, isActive }) => isActive && kind === "points");
  if (offered.some(({ points }) => points > threshold)) return true;
  const expected = offered.reduce((sum, { points, oddsPpm }) => sum + points * oddsPpm, 0);
  const gain = spinPoints > 0 ? Math.max(0, expected - spinPoints * ROLLS) : 0;
  const paid = gain === 0 ? 0 : spinsPerDay === 0 ? Infinity : Math.max(0, spinsPerDay - freeSpinsPerDay);
  return freeSpinsPerDay * expected + (paid === 0 ? 0 : paid * gain) > threshold * ROLLS;
}

/** Refuses `odds_exceed_one` { over }: by how many parts of a million. */
export function checkOdds(prizes: readonly Pick<TablePrize, "oddsPpm">[]): Decision<null> {
  const sum = oddsSum(prizes);
  return sum > ROLLS ? refuse("odds_exceed_one", { over: sum - ROLLS }) : allow(null);
}
