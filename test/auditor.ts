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
const GRACE_DAYS = 30;
const PAYMENT_MINUTES = 15;

export type Goods = { points: number; cents: number; stock: number };
export type AuditedOrder = { by: Person; goods: Goods; quantity: number; points: number; cents: number; draws: { expiresAt: number; points: number }[]; status: string; payBy: number };
type Lot = { granted: number; remaining: number };
type Answer = "ok" | RefusalCode;

const dayNumber = (at: number): number => Math.floor((at + ZONE_MS) / DAY_MS);
const endOfDayNumber = (day: number): number => (day + 1) * DAY_MS - ZONE_MS;

export class Person {
  /** By the instant of expiry, in milliseconds. */
  readonly lots = new Map<number, Lot>();
  readonly entries: number[] = [];
  earned = 0;
  isFrozen = false;
  streak = { day: NaN, days: 0 };
  visitedOn = NaN;
  repurchasedOn = NaN;
  ordersPaid = 0;

  get balance(): number {
    return [...this.lots.values()].reduce((sum, { remaining }) => sum + remaining, 0);
  }

  available(at: number): number {
    return [...this.lots].reduce((sum, [expiresAt, { remaining }]) => sum + (expiresAt > at ? remaining : 0), 0);
  }

  put(expiresAt: number, points: number, { isReturn = false } = {}): void {
    const lot = this.lots.get(expiresAt) ?? { granted: 0, remaining: 0 };
    this.lots.set(expiresAt, { granted: lot.granted + (isReturn ? 0 : points), remaining: lot.remaining + points });
  }

  take(expiresAt: number, points: number): void {
    this.lots.get(expiresAt)!.remaining -= points;
  }

  earn(at: number, points: number): void {
    this.put(endOfDayNumber(dayNumber(at) + VALID_DAYS), points);
    this.entries.push(points);
    this.earned += points;
  }
}

export class Auditor {
  readonly people: Person[];
  readonly orders: AuditedOrder[] = [];

  constructor(people: number, readonly goods: Goods[]) {
    this.people = Array.from({ length: people }, () => new Person());
  }

  grant(who: Person, points: number, expiresAt: number): void {
    who.put(expiresAt, points);
    who.entries.push(points);
  }

  checkIn(who: Person, at: number): Answer {
    const today = dayNumber(at);
    if (who.streak.day >= today) return "already_checked_in";
    if (who.isFrozen) return "account_frozen";
    who.streak = { day: today, days: who.streak.day === today - 1 ? who.streak.days + 1 : 1 };
    who.earn(at, LADDER[(who.streak.days - 1) % LADDER.length]!);
    return "ok";
  }

  visit(who: Person, at: number): void {
    if (who.isFrozen || who.visitedOn === dayNumber(at)) return;
    who.visitedOn = dayNumber(at);
    who.earn(at, VISIT);
  }

  redeem(who: Person, goods: Goods, quantity: number, at: number): Answer {
    const points = goods.points * quantity;
    if (goods.stock < quantity) return "sold_out";
    if (who.isFrozen) return "account_frozen";
    if (who.available(at) < points) return "insufficient_points";
    const draws = this.#draw(who, points, at);
    goods.stock -= quantity;
    who.entries.push(-points);
    const cents = goods.cents * quantity;
    this.orders.push({ by: who, goods, quantity, points, cents, draws, status: cents > 0 ? "pending" : "paid", payBy: at + PAYMENT_MINUTES * MINUTE_MS });
    return "ok";
  }

  #draw(who: Person, points: number, at: number): { expiresAt: number; points: number }[] {
    const draws = [];
    let missing = points;
    for (const expiresAt of [...who.lots.keys()].sort((a, b) => a - b)) {
      const taken = expiresAt > at ? Math.min(missing, who.lots.get(expiresAt)!.remaining) : 0;
      if (taken === 0) continue;
      who.take(expiresAt, taken);
      draws.push({ expiresAt, points: taken });
      missing -= taken;
    }
    return draws;
  }

  pay(order: AuditedOrder, at: number): Answer {
    if (order.status !== "pending") return "order_not_payable";
    order.status = "paid";
    const { by } = order;
    by.ordersPaid++;
    const perYuan = Math.floor(order.cents / 100);
    if (by.isFrozen) return "ok";
    if (perYuan > 0) by.earn(at, perYuan);
    if (by.ordersPaid >= 2 && by.repurchasedOn !== dayNumber(at)) {
      by.repurchasedOn = dayNumber(at);
      by.earn(at, REPURCHASE);
    }
    return "ok";
  }

  cancel(order: AuditedOrder, at: number): Answer {
    if (order.status !== "pending") return "order_not_cancellable";
    order.status = "cancelled";
    order.goods.stock += order.quantity;
    for (const { expiresAt, points } of order.draws) {
      if (expiresAt > at) order.by.put(expiresAt, points, { isReturn: true });
      else order.by.put(endOfDayNumber(dayNumber(at) + GRACE_DAYS), points);
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
