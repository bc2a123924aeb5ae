import type { FlashStatus } from "@/db/schema/catalog";

/** Where a sale stands at an instant. Its end is not included. */
export const FLASH_PHASES = ["soon", "on", "over"] as const;
export type FlashPhase = (typeof FLASH_PHASES)[number];

export type FlashTimes = { startsAt: Date; endsAt: Date; status: FlashStatus };

export function phaseOf({ startsAt, endsAt, status }: FlashTimes, now: Date): FlashPhase {
  if (status === "closed" || endsAt <= now) return "over";
  return startsAt <= now ? "on" : "soon";
}

type Span = Pick<FlashTimes, "startsAt" | "endsAt">;

/** Whether two sales run at the same time for an instant. */
export const overlaps = (one: Span, other: Span): boolean => one.startsAt < other.endsAt && other.startsAt < one.endsAt;

export type FlashPrice = { pointsPrice: number; cashPriceCents: number };

/** How much less than the shop's price it is, in whole percent, by what the points are worth; 0 when it is no less. */
export function percentOff(flash: FlashPrice, shop: FlashPrice, pointsPerYuan: number): number {
  const worth = ({ pointsPrice, cashPriceCents }: FlashPrice): number => pointsPrice * 100 + cashPriceCents * pointsPerYuan;
  return worth(shop) > 0 ? Math.max(0, Math.floor((1 - worth(flash) / worth(shop)) * 100)) : 0;
}

/** What became of the pieces. */
export type FlashResult = {
  /** Pieces that the sale was planned with. */
  pieces: number;
  left: number;
  /** Pieces that went back to the shop's shelf. */
  returned: number;
  /** Pieces of orders that wait for their cash. */
  waiting: number;
};

/** Pieces that somebody has for good: what is neither left, nor back, nor waiting for cash. */
export const soldOf = ({ pieces, left, returned, waiting }: FlashResult): number => pieces - left - returned - waiting;
