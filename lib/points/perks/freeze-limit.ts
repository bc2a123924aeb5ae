import type { PerkMove } from "./commands";

/**
 * Nobody holds more streak freezes than the programme allows: of those that were just given (from place `from` on), only as many are
 * kept as there is room for.
 */
export function keepWithinLimit(moves: PerkMove[], from: number, room: number): void {
  let left = Math.max(0, room);
  const kept = moves.splice(from).flatMap((move) => {
    if (move.perk !== "streak_freeze" || move.quantity < 0) return [move];
    const quantity = Math.min(move.quantity, left);
    left -= quantity;
    return quantity > 0 ? [{ ...move, quantity }] : [];
  });
  moves.push(...kept);
}

/** The cards among these moves that were given. */
export const given = (moves: readonly PerkMove[]): Pick<PerkMove, "perk" | "quantity">[] => moves.filter(({ quantity }) => quantity > 0).map(({ perk, quantity }) => ({ perk, quantity }));
