import type { RefusalCode } from "@/lib/refusal";

// The books as an auditor keeps them: by the rules on paper, in plain numbers, without a line of the shop's own arithmetic.

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** The programme's days begin at midnight in Shanghai, which is UTC+8 all year. */
const ZONE_MS = 8 * 3_600_000;
const LADDER = [20, 25, 30, 35, 40, 45, 50];
const VISIT = 10;
const REPURCHASE = 50;
const VALID_DAYS = 365;
const PAYMENT_MINUTES = 15;
/** Prizes for the so many-th check-in of a month. */
const PRIZES: Record<number, number> = { 15: 60, 25: 120 };
const CARD_DAYS = 7;
const MAKE_UP = { days: 7, perMonth: 3, points: 30 };
/** The rules for the custom event, as `ledger.model.test.ts` sets them up. */
export const CUSTOM = {
  /** At once. */
  quick: { points: 30, timesPerDay: 3, pointsPerDay: 80, pointsInAll: 150 },
  /** Held, and then good for a short while. */
  slow: { points: 40, timesInAll: 5, cooldownHours: 12, holdDays: 2, validDays: 10 },
  /** Half as much again, until the campaign's budget is gone. */
  bonus: { percent: 150, budget: 100 },
};

export type Goods = { points: number; cents: number; stock: number };
export type AuditedOrder = { by: Person; goods: Goods; quantity: number; points: number; cents: number; draws: { expiresAt: number; points: number }[]; status: string; payBy: number };
type Lot = { granted: number; remaining: number };
type Pending = { points: number; activatesAt: number; cause: Cause };
/** A custom event that earned: which lots it filled, and what of it was taken back. */
type Cause = { by: Person; granted: number; takenBack: number; filled: Set<number> };
type Answer = "ok" | RefusalCode;

const dayNumber = (at: number): number => Math.floor((at + ZONE_MS) / DAY_MS);
const endOfDayNumber = (day: number): number => (day + 1) * DAY_MS - ZONE_MS;
const monthOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 7);

export class Person {
  /** By the instant of expiry, in milliseconds. */
  readonly lots = new Map<number, Lot>();
  readonly entries: number[] = [];
  earned = 0;
  debt = 0;
  pending: Pending[] = [];
  isFrozen = false;
  isHeld = false;
  /** The place in the streak of each day, checked in or made up. */
  readonly days = new Map<number, number>();
  cards = 0;
  readonly madeUpIn: string[] = [];
  readonly quick: { day: number; points: number }[] = [];
  readonly slowAt: number[] = [];
  visitedOn = NaN;
  repurchasedOn = NaN;
  ordersPaid = 0;

  constructor(readonly joinedOn: number) {}

  get balance(): number {
    return [...this.lots.values()].reduce((sum, { remaining }) => sum + remaining, 0);
  }

  available(at: number): number {
    return [...this.lots].reduce((sum, [expiresAt, { remaining }]) => sum + (expiresAt > at ? remaining : 0), 0);
  }

  get mayEarn(): Answer {
    if (this.isFrozen) return "account_frozen";
    return this.isHeld ? "account_held" : "ok";
  }

  /** A debt is paid first, though not with points that are dead; only what is left reaches a lot. Says whether any did. */
  put(expiresAt: number, points: number, { isReturn = false, isDead = false } = {}): boolean {
    const kept = isDead ? points : points - Math.min(points, this.debt);
    this.debt -= points - kept;
    if (kept === 0) return false;
    const lot = this.lots.get(expiresAt) ?? { granted: 0, remaining: 0 };
    this.lots.set(expiresAt, { granted: lot.granted + (isReturn ? 0 : kept), remaining: lot.remaining + kept });
    return true;
  }

  take(expiresAt: number, points: number): void {
    this.lots.get(expiresAt)!.remaining -= points;
  }

  earn(at: number, points: number, { cause, validDays = VALID_DAYS }: { cause?: Cause; validDays?: number } = {}): void {
    const expiresAt = endOfDayNumber(dayNumber(at) + validDays);
    if (this.put(expiresAt, points)) cause?.filled.add(expiresAt);
    this.entries.push(points);
    this.earned += points;
    if (cause) cause.granted += points;
  }

  /** Soonest expiry first, of lots that live. */
  draw(points: number, at: number, preferred: ReadonlySet<number> = new Set()): { expiresAt: number; points: number }[] {
    const draws = [];
    let missing = points;
    for (const expiresAt of [...this.lots.keys()].sort((a, b) => Number(preferred.has(b)) - Number(preferred.has(a)) || a - b)) {
      const taken = expiresAt > at ? Math.min(missing, this.lots.get(expiresAt)!.remaining) : 0;
      if (taken === 0) continue;
      this.take(expiresAt, taken);
      draws.push({ expiresAt, points: taken });
      missing -= taken;
    }
    return draws;
  }
}

export class Auditor {
  readonly people: Person[];
  readonly orders: AuditedOrder[] = [];
  readonly causes: Cause[] = [];
  #budgetLeft = CUSTOM.bonus.budget;

  constructor(people: number, readonly goods: Goods[], at: number) {
    this.people = Array.from({ length: people }, () => new Person(dayNumber(at)));
  }

  grant(who: Person, points: number, expiresAt: number): void {
    who.put(expiresAt, points);
    who.entries.push(points);
  }

  checkIn(who: Person, at: number): Answer {
    const today = dayNumber(at);
    if (Math.max(...who.days.keys()) >= today) return "already_checked_in";
    if (who.mayEarn !== "ok") return who.mayEarn;
    const streak = (who.days.get(today - 1) ?? 0) + 1;
    who.days.set(today, streak);
    if (streak % CARD_DAYS === 0) who.cards++;
    who.earn(at, LADDER[(streak - 1) % LADDER.length]! + this.#prize(who, today));
    return "ok";
  }

  #prize(who: Person, day: number): number {
    return PRIZES[[...who.days.keys()].filter((each) => monthOf(each) === monthOf(day)).length] ?? 0;
  }

  /** Fills a missed day: a card or points for it, no step of the ladder, and the days after it move up. */
  makeUp(who: Person, daysAgo: number, at: number): Answer {
    const [today, day] = [dayNumber(at), dayNumber(at) - daysAgo];
    if (who.mayEarn !== "ok") return who.mayEarn;
    if (daysAgo < 1 || daysAgo > MAKE_UP.days || day < who.joinedOn || who.days.has(day)) return "make_up_not_possible";
    if (who.madeUpIn.filter((month) => month === monthOf(today)).length >= MAKE_UP.perMonth) return "make_up_limit";
    if (who.cards > 0) who.cards--;
    else {
      if (who.available(at) < MAKE_UP.points) return "insufficient_points";
      who.draw(MAKE_UP.points, at);
      who.entries.push(-MAKE_UP.points);
    }
    who.madeUpIn.push(monthOf(today));
    who.days.set(day, (who.days.get(day - 1) ?? 0) + 1);
    for (let next = day + 1; who.days.has(next); next++) who.days.set(next, who.days.get(next - 1)! + 1);
    const prize = this.#prize(who, day);
    if (prize > 0) who.earn(at, prize);
    return "ok";
  }

  visit(who: Person, at: number): void {
    if (who.mayEarn !== "ok" || who.visitedOn === dayNumber(at)) return;
    who.visitedOn = dayNumber(at);
    who.earn(at, VISIT);
  }

  /** What a custom event gives at once and later. The bonus goes with what it is on: with what is given at once, where there is any. */
  custom(who: Person, at: number): { points: number; pointsPending: number } {
    const cause: Cause = { by: who, granted: 0, takenBack: 0, filled: new Set() };
    this.causes.push(cause);
    if (who.mayEarn !== "ok") return { points: 0, pointsPending: 0 };
    const [quick, slow] = [this.#quickPoints(who, at), this.#slowPoints(who, at)];
    const bonus = Math.min(this.#budgetLeft, Math.floor(((quick + slow) * (CUSTOM.bonus.percent - 100)) / 100));
    this.#budgetLeft -= bonus;
    if (quick > 0) who.quick.push({ day: dayNumber(at), points: quick });
    if (slow > 0) who.slowAt.push(at);
    const [points, pointsPending] = quick > 0 ? [quick + bonus, slow] : [0, slow + bonus];
    if (points > 0) who.earn(at, points, { cause });
    if (pointsPending > 0) who.pending.push({ points: pointsPending, activatesAt: endOfDayNumber(dayNumber(at) + CUSTOM.slow.holdDays), cause });
    return { points, pointsPending };
  }

  #quickPoints(who: Person, at: number): number {
    const { points, timesPerDay, pointsPerDay, pointsInAll } = CUSTOM.quick;
    const today = who.quick.filter(({ day }) => day === dayNumber(at));
    const sum = (all: readonly { points: number }[]): number => all.reduce((total, each) => total + each.points, 0);
    return today.length >= timesPerDay ? 0 : Math.max(0, Math.min(points, pointsPerDay - sum(today), pointsInAll - sum(who.quick)));
  }

  #slowPoints(who: Person, at: number): number {
    const { points, timesInAll, cooldownHours } = CUSTOM.slow;
    const isCooling = who.slowAt.length > 0 && at < who.slowAt.at(-1)! + cooldownHours * 3_600_000;
    return who.slowAt.length >= timesInAll || isCooling ? 0 : points;
  }

  /** Their life begins with the day from which they can be spent, or now where it would be over already. */
  activate(at: number): void {
    for (const who of this.people.filter(({ isHeld }) => !isHeld)) {
      const due = who.pending.filter(({ activatesAt }) => activatesAt <= at);
      who.pending = who.pending.filter(({ activatesAt }) => activatesAt > at);
      for (const { points, activatesAt, cause } of due) {
        const isOver = endOfDayNumber(dayNumber(activatesAt) + CUSTOM.slow.validDays) <= at;
        who.earn(isOver ? at : activatesAt, points, { cause, validDays: CUSTOM.slow.validDays });
      }
    }
  }

  /** Pending first, then the lots that the cause filled, then the soonest to expire, then debt. */
  clawBack(cause: Cause, points: number | undefined, at: number): { points: number; fromPending: number } {
    const { by } = cause;
    let fromPending = 0;
    for (const pending of by.pending.filter((each) => each.cause === cause)) {
      const taken = Math.min(pending.points, (points ?? Infinity) - fromPending);
      pending.points -= taken;
      fromPending += taken;
    }
    by.pending = by.pending.filter((pending) => pending.points > 0);
    const left = cause.granted - cause.takenBack;
    const wanted = Math.min(left, points === undefined ? left : points - fromPending);
    if (wanted > 0) {
      const drawn = by.draw(wanted, at, cause.filled).reduce((sum, draw) => sum + draw.points, 0);
      by.debt += wanted - drawn;
      by.entries.push(-wanted);
      cause.takenBack += wanted;
    }
    return { points: wanted, fromPending };
  }

  redeem(who: Person, goods: Goods, quantity: number, at: number): Answer {
    const points = goods.points * quantity;
    if (goods.stock < quantity) return "sold_out";
    if (who.isFrozen) return "account_frozen";
    if (who.available(at) < points) return "insufficient_points";
    const draws = who.draw(points, at);
    goods.stock -= quantity;
    who.entries.push(-points);
    const cents = goods.cents * quantity;
    this.orders.push({ by: who, goods, quantity, points, cents, draws, status: cents > 0 ? "pending" : "paid", payBy: at + PAYMENT_MINUTES * MINUTE_MS });
    return "ok";
  }

  pay(order: AuditedOrder, at: number): Answer {
    if (order.status !== "pending" || order.payBy <= at) return "order_not_payable";
    if (order.by.isFrozen) return "account_frozen";
    order.status = "paid";
    const { by } = order;
    by.ordersPaid++;
    const perYuan = Math.floor(order.cents / 100);
    if (by.mayEarn !== "ok") return "ok";
    if (perYuan > 0) by.earn(at, perYuan);
    if (by.ordersPaid >= 2 && by.repurchasedOn !== dayNumber(at)) {
      by.repurchasedOn = dayNumber(at);
      by.earn(at, REPURCHASE);
    }
    return "ok";
  }

  /** Points go back to the lots that they came from, living or dead: who cancels gains no day. */
  cancel(order: AuditedOrder, at: number): Answer {
    if (order.status !== "pending") return "order_not_cancellable";
    order.status = "cancelled";
    order.goods.stock += order.quantity;
    for (const { expiresAt, points } of order.draws) {
      order.by.put(expiresAt, points, { isReturn: true, isDead: expiresAt <= at });
    }
    if (order.points > 0) order.by.entries.push(order.points);
    return "ok";
  }

  overdue(at: number): AuditedOrder[] {
    return this.orders.filter(({ status, payBy }) => status === "pending" && payBy <= at);
  }

  sweep(at: number): void {
    for (const who of this.people) {
      let ended = 0;
      for (const [expiresAt, lot] of who.lots) {
        if (expiresAt > at) continue;
        ended += lot.remaining;
        lot.remaining = 0;
      }
      if (ended > 0) who.entries.push(-ended);
    }
  }
}
