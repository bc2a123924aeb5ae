import type { UserId } from "@/lib/ctx";
import type { Day } from "@/lib/day";
import { invariant } from "@/lib/invariant";
import { allow, refuse, type Decision } from "@/lib/refusal";

import type { Entry, EntryKind, EntryNote, Source } from "./ledger";
import { planExpiry, planRestore, planSpend, type Draw, type Lot } from "./lots";

/** A person's account while it is locked, with the lots that the command needs. */
export type Page = {
  userId: UserId;
  pointsBalance: number;
  pointsPending: number;
  pointsDebt: number;
  totalPointsEarned: number;
  status: "active" | "frozen";
  /** Points in lots that have expired and were not swept yet: in the balance, but not to be spent. */
  pointsOverdue: number;
  lots: Lot[];
};

export type Allocation = { lot: Lot; points: number };
export type Posting = { entry: Entry; allocations: Allocation[] };

/** Locked accounts and what is to be written about them. Pure: `openBook` fills it, `writeBook` writes it. */
export type Book = { now: Date; today: Day; pages: Map<UserId, Page>; postings: Posting[]; changedLots: Set<Lot> };

export const emptyBook = (now: Date, today: Day): Book => ({ now, today, pages: new Map(), postings: [], changedLots: new Set() });

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

/** Puts earned points into the lot that expires at `expiresAt`; a debt is paid first. Refuses `account_frozen`. */
export function postEarn(book: Book, userId: UserId, points: number, expiresAt: Date, source: Source, note: EntryNote = {}): Decision<Posting> {
  const page = pageOf(book, userId);
  if (page.status === "frozen") return refuse("account_frozen");
  page.totalPointsEarned += points;
  return allow(fill(book, page, "earn", [{ lot: lotExpiring(page, expiresAt), points }], source, note));
}

/** Puts points in that were not earned: a gift or a correction by the merchant. It raises no level. */
export function postGrant(book: Book, userId: UserId, points: number, expiresAt: Date, source: Source, note: EntryNote = {}): Posting {
  const page = pageOf(book, userId);
  return fill(book, page, "adjust", [{ lot: lotExpiring(page, expiresAt), points }], source, note);
}

/** Returns drawn points to their lots; those whose lot has expired get a lot that expires at `graceUntil`. */
export function postRestore(book: Book, userId: UserId, draws: readonly Draw[], graceUntil: Date, source: Source, note: EntryNote = {}): Posting {
  const page = pageOf(book, userId);
  const { returned, renewedPoints } = planRestore(draws, book.now);
  const gifts = returned.map(({ lot, points }) => ({ lot, points, isReturn: true }));
  if (renewedPoints > 0) gifts.push({ lot: lotExpiring(page, graceUntil), points: renewedPoints, isReturn: false });
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

/** The lot of the page that expires at this instant, made when there is none. */
function lotExpiring(page: Page, expiresAt: Date): Lot {
  const known = page.lots.find((lot) => lot.expiresAt.getTime() === expiresAt.getTime());
  if (known) return known;
  const lot: Lot = { id: null, pointsGranted: 0, pointsRemaining: 0, expiresAt };
  page.lots.push(lot);
  return lot;
}

function draw(book: Book, page: Page, kind: EntryKind, draws: readonly Draw[], source: Source, note: EntryNote): Posting {
  for (const { lot, points } of draws) {
    lot.pointsRemaining -= points;
    page.pointsBalance -= points;
    book.changedLots.add(lot);
  }
  return post(book, page, kind, draws.map(({ lot, points }) => ({ lot, points: -points })), 0, source, note);
}

type Gift = { lot: Lot; points: number; isReturn?: boolean };

/** A debt takes from the gifts in their order before anything reaches a lot. */
function fill(book: Book, page: Page, kind: EntryKind, gifts: readonly Gift[], source: Source, note: EntryNote): Posting {
  const debtBefore = page.pointsDebt;
  const allocations: Allocation[] = [];
  for (const { lot, points, isReturn } of gifts) {
    invariant(Number.isSafeInteger(points) && points > 0, "a credit is a positive whole number of points");
    const toDebt = Math.min(page.pointsDebt, points);
    page.pointsDebt -= toDebt;
    const kept = points - toDebt;
    if (kept === 0) continue;
    lot.pointsRemaining += kept;
    if (!isReturn) lot.pointsGranted += kept;
    page.pointsBalance += kept;
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
  return posting;
}

/** A renewed part may land in a lot that also takes back its own: an entry names each lot once. */
function onePerLot(allocations: readonly Allocation[]): Allocation[] {
  const sums = new Map<Lot, number>();
  for (const { lot, points } of allocations) sums.set(lot, (sums.get(lot) ?? 0) + points);
  return [...sums].map(([lot, points]) => ({ lot, points }));
}
