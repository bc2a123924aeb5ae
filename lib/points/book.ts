import type { UserId } from "@/lib/ctx";
import type { Day } from "@/lib/day";
import { invariant } from "@/lib/invariant";
import { allow, refuse, type Decision } from "@/lib/refusal";

import type { Lifetime } from "./expiry";
import type { Entry, EntryKind, EntryNote, Source } from "./ledger";
import { hasExpired, planClawBack, planExpiry, planRestore, planSpend, type Draw, type Lot } from "./lots";
import type { PendingGrant } from "./pending/pending";
import { countEarned, UNWATCHED, type Crossing, type Velocity } from "./velocity";

/** A person's account while it is locked, with the lots that the command needs. */
export type Page = {
  userId: UserId;
  pointsBalance: number;
  pointsPending: number;
  pointsDebt: number;
  totalPointsEarned: number;
  status: "active" | "frozen";
  /** The books were found wrong, or a risk rule holds earnings: nothing is granted until a person has looked. */
  isHeld: boolean;
  /** The last day on which rules gave points, how many on it, and how many of those the velocity rule has judged. */
  earnedOn: Day | null;
  pointsEarnedOnDay: number;
  pointsJudgedOnDay: number;
  /** Points in lots that have expired and were not swept yet: in the balance, but not to be spent. */
  pointsOverdue: number;
  lots: Lot[];
};

export type Allocation = { lot: Lot; points: number };
export type Posting = { entry: Entry; allocations: Allocation[] };

/** Locked accounts and what is to be written about them. Pure: `openBook` fills it, `writeBook` writes it. */
export type Book = {
  now: Date; today: Day; velocity: Velocity; pages: Map<UserId, Page>; postings: Posting[]; changedLots: Set<Lot>; pending: PendingGrant[]; touched: Set<UserId>;
  /** To whom rules gave points, and who went beyond what a day may bring. */
  earners: Set<UserId>; crossings: Crossing[];
};

export const emptyBook = (now: Date, today: Day, velocity = UNWATCHED): Book => ({
  now, today, velocity, pages: new Map(), postings: [], changedLots: new Set(), pending: [], touched: new Set(), earners: new Set(), crossings: [],
});

/** Points that can be spent now. */
export const availableOn = (page: Page): number => page.pointsBalance - page.pointsOverdue;

export function pageOf(book: Book, userId: UserId): Page {
  const page = book.pages.get(userId);
  invariant(page, "a person has a point account, and the command locked it");
  return page;
}

/** Takes points, soonest expiry first. Refuses `account_frozen`, `insufficient_points` { pointsMissing }. */
export function postSpend(book: Book, userId: UserId, points: number, source: Source, note: EntryNote = {}): Decision<Posting> {
  const page = pageOf(book, userId);
  if (page.status === "frozen") return refuse("account_frozen");
  if (availableOn(page) < points) return refuse("insufficient_points", { pointsMissing: points - availableOn(page) });
  const plan = planSpend(page.lots, points, book.now);
  invariant(plan.ok, "what is available is in lots");
  return allow(draw(book, page, "spend", plan.value, source, note));
}

/** Whether the person may be given points that they earned. Refuses `account_frozen`, `account_held`. */
export function mayEarn(page: Page): Decision<null> {
  if (page.status === "frozen") return refuse("account_frozen");
  return page.isHeld ? refuse("account_held") : allow(null);
}

/** Whether an earning counts towards what a day may bring: what money was paid for does not. */
export type Counting = { isPaidFor?: boolean };

/** Puts earned points into the lot of their lifetime; a debt is paid first. Refuses `account_frozen`, `account_held`. */
export function postEarn(book: Book, userId: UserId, points: number, life: Lifetime, source: Source, note: EntryNote = {}, { isPaidFor = false }: Counting = {}): Decision<Posting> {
  const page = pageOf(book, userId);
  const may = mayEarn(page);
  if (!may.ok) return may;
  page.totalPointsEarned += points;
  if (!isPaidFor) countEarned(book, page, points);
  return allow(fill(book, page, "earn", [{ lot: lotOf(page, life, book.now), points }], source, note));
}

/** Notes earned points that cannot be spent yet. They are in no lot and in no entry until they are activated. Refuses like `postEarn`. */
export function postPending(book: Book, grant: PendingGrant, { isPaidFor = false }: Counting = {}): Decision<null> {
  const page = pageOf(book, grant.userId);
  const may = mayEarn(page);
  if (!may.ok) return may;
  invariant(Number.isSafeInteger(grant.points) && grant.points > 0, "a credit is a positive whole number of points");
  page.pointsPending += grant.points;
  if (!isPaidFor) countEarned(book, page, grant.points);
  book.pending.push(grant);
  book.touched.add(grant.userId);
  return allow(null);
}

/** Pending points become an earning. The account may be frozen meanwhile: they were earned before. */
export function postActivation(book: Book, userId: UserId, points: number, life: Lifetime, source: Source, note: EntryNote): Posting {
  const page = pageOf(book, userId);
  settlePending(book, page, points);
  page.totalPointsEarned += points;
  return fill(book, page, "earn", [{ lot: lotOf(page, life, book.now), points }], source, note);
}

/** Pending points whose cause was undone are gone; the balance never had them. */
export function settlePending(book: Book, page: Page, points: number): void {
  page.pointsPending -= points;
  invariant(page.pointsPending >= 0, "no more pending points end than began");
  book.touched.add(page.userId);
}

/** Puts points in that were not earned: a gift or a correction by the merchant. It raises no level. */
export function postGrant(book: Book, userId: UserId, points: number, expiresAt: Date, source: Source, note: EntryNote = {}): Posting {
  const page = pageOf(book, userId);
  return fill(book, page, "adjust", [{ lot: lotOf(page, { expiresAt, isSliding: false }, book.now), points }], source, note);
}

/**
 * Takes back points whose cause was undone: from `preferred` lots first, then from the soonest to expire, then into debt as far as `debtMax`.
 * A frozen account is no refuge. Null when there is nothing to take.
 */
export function postClawBack(
  book: Book, userId: UserId, points: number, { preferred, debtMax }: { preferred: ReadonlySet<number>; debtMax: number }, source: Source, note: EntryNote = {},
): Posting | null {
  const page = pageOf(book, userId);
  const { draws, missing } = planClawBack(page.lots, points, preferred, book.now);
  const debt = Math.min(missing, debtMax);
  if (draws.length === 0 && debt === 0) return null;
  page.pointsDebt += debt;
  return draw(book, page, "claw_back", draws, source, note, debt);
}

/**
 * Takes out points that the merchant corrects by hand, soonest expiry first. A frozen account may be corrected; nothing is owed for what is not there.
 * Refuses `insufficient_points` { pointsMissing }.
 */
export function postRemoval(book: Book, userId: UserId, points: number, source: Source, note: EntryNote = {}): Decision<Posting> {
  const page = pageOf(book, userId);
  if (availableOn(page) < points) return refuse("insufficient_points", { pointsMissing: points - availableOn(page) });
  const plan = planSpend(page.lots, points, book.now);
  invariant(plan.ok, "what is available is in lots");
  return allow(draw(book, page, "adjust", plan.value, source, note));
}

/** Gives up everything that can be spent: a person leaves. Null when there is nothing. */
export function postForfeit(book: Book, userId: UserId, source: Source, note: EntryNote = {}): Posting | null {
  const page = pageOf(book, userId);
  const { draws } = planClawBack(page.lots, availableOn(page), new Set(), book.now);
  return draws.length === 0 ? null : draw(book, page, "adjust", draws, source, note);
}

/**
 * Returns drawn points to their lots; those whose lot has expired get a lot that expires at `graceUntil`.
 * Without grace they go back to the expired lot, and expire with the next sweep: holding an order makes no point live longer.
 */
export function postRestore(book: Book, userId: UserId, draws: readonly Draw[], graceUntil: Date | null, source: Source, note: EntryNote = {}): Posting {
  const page = pageOf(book, userId);
  const { returned, renewedPoints } = planRestore(draws, book.now, graceUntil !== null);
  const gifts: Gift[] = returned.map(({ lot, points }) => ({ lot, points, isReturn: true }));
  if (graceUntil && renewedPoints > 0) gifts.push({ lot: lotOf(page, { expiresAt: graceUntil, isSliding: false }, book.now), points: renewedPoints });
  return fill(book, page, "restore", gifts, source, note);
}

/** Ends what is left in expired lots; null when nothing is. */
export function postExpiry(book: Book, userId: UserId, source: Source): Posting | null {
  const page = pageOf(book, userId);
  const draws = planExpiry(page.lots, book.now);
  if (draws.length === 0) return null;
  page.pointsOverdue -= draws.reduce((sum, { points }) => sum + points, 0);
  return draw(book, page, "expire", draws, source, {});
}

/** The page's lot of this lifetime, made when there is none. What slides joins whatever slides and lives. */
function lotOf(page: Page, { expiresAt, isSliding }: Lifetime, now: Date): Lot {
  const isSame = (lot: Lot): boolean =>
    isSliding ? lot.isSliding && lot.pointsRemaining > 0 && !hasExpired(lot, now) : !lot.isSliding && lot.expiresAt.getTime() === expiresAt.getTime();
  const known = page.lots.find(isSame);
  if (known) return known;
  const lot: Lot = { id: null, pointsGranted: 0, pointsRemaining: 0, expiresAt, isSliding };
  page.lots.push(lot);
  return lot;
}

function draw(book: Book, page: Page, kind: EntryKind, draws: readonly Draw[], source: Source, note: EntryNote, debt = 0): Posting {
  for (const { lot, points } of draws) {
    lot.pointsRemaining -= points;
    page.pointsBalance -= points;
    book.changedLots.add(lot);
  }
  return post(book, page, kind, draws.map(({ lot, points }) => ({ lot, points: -points })), -debt, source, note);
}

type Gift = { lot: Lot; points: number; isReturn?: boolean };

/** A debt takes from the gifts in their order before anything reaches a lot; points that are dead already pay none. */
function fill(book: Book, page: Page, kind: EntryKind, gifts: readonly Gift[], source: Source, note: EntryNote): Posting {
  const debtBefore = page.pointsDebt;
  const allocations: Allocation[] = [];
  for (const { lot, points, isReturn } of gifts) {
    invariant(Number.isSafeInteger(points) && points > 0, "a credit is a positive whole number of points");
    const isDead = hasExpired(lot, book.now);
    const toDebt = isDead ? 0 : Math.min(page.pointsDebt, points);
    page.pointsDebt -= toDebt;
    const kept = points - toDebt;
    if (kept === 0) continue;
    lot.pointsRemaining += kept;
    if (!isReturn) lot.pointsGranted += kept;
    page.pointsBalance += kept;
    if (isDead) page.pointsOverdue += kept;
    book.changedLots.add(lot);
    allocations.push({ lot, points: kept });
  }
  return post(book, page, kind, allocations, debtBefore - page.pointsDebt, source, note);
}

function post(book: Book, page: Page, kind: EntryKind, allocations: Allocation[], pointsToDebt: number, source: Source, note: EntryNote): Posting {
  const pointsChange = allocations.reduce((sum, { points }) => sum + points, pointsToDebt);
  invariant(page.pointsBalance >= 0 && page.pointsDebt >= 0, "a balance is never negative");
  const balanceAfter = page.pointsBalance - page.pointsDebt;
  const posting = { entry: { userId: page.userId, kind, pointsChange, balanceAfter, source, localDay: book.today, note }, allocations: onePerLot(allocations) };
  book.postings.push(posting);
  book.touched.add(page.userId);
  return posting;
}

/** A renewed part may land in a lot that also takes back its own: an entry names each lot once. */
function onePerLot(allocations: readonly Allocation[]): Allocation[] {
  const sums = new Map<Lot, number>();
  for (const { lot, points } of allocations) sums.set(lot, (sums.get(lot) ?? 0) + points);
  return [...sums].map(([lot, points]) => ({ lot, points }));
}
