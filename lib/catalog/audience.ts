import type { AudienceKind } from "@/db/schema/audience";

/** Where a person stands, for the doors and prices that ask: a guest stands nowhere. */
export type Standing = { /** Rank of their level; null for a guest. */ levelRank: number | null; segmentIds: readonly number[] };

export const GUEST: Standing = { levelRank: null, segmentIds: [] };

/** One door or price for a group of people. `levelRank` is the rank of the level that `audienceId` names, for kind `level`. */
export type Audience = { kind: AudienceKind; audienceId: number; levelRank: number | null };

/** What a SKU costs for a group of people, in its own price mode. */
export type OwnPrice = Audience & { pointsPrice: number; cashPriceCents: number };

/** Whether a person is of the group: on the level or above it, or in the segment. */
export function belongsTo({ kind, audienceId, levelRank }: Audience, standing: Standing): boolean {
  if (kind === "segment") return standing.segmentIds.includes(audienceId);
  return levelRank !== null && standing.levelRank !== null && standing.levelRank >= levelRank;
}

/** Whether one of the doors lets this person in. Without doors everybody may enter; a gated product whose doors are all gone admits nobody. */
export const admits = (isGated: boolean, gates: readonly Audience[], standing: Standing): boolean => !isGated || gates.some((gate) => belongsTo(gate, standing));

/** The price of a piece for this person: of the SKU's own and those that are theirs, the one that is worth least (points by the programme's value). */
export function priceFor<Base extends { pointsPrice: number; cashPriceCents: number }>(base: Base, own: readonly OwnPrice[], standing: Standing, pointsPerYuan: number): Base {
  const worth = ({ pointsPrice, cashPriceCents }: { pointsPrice: number; cashPriceCents: number }): number => pointsPrice * 100 + cashPriceCents * pointsPerYuan;
  return own.filter((price) => belongsTo(price, standing)).reduce<Base>(
    (best, { pointsPrice, cashPriceCents }) => (worth({ pointsPrice, cashPriceCents }) < worth(best) ? { ...best, pointsPrice, cashPriceCents } : best), base);
}
