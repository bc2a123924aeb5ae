import type { Perk } from "@/db/schema/points";

/** How many cards of each kind a person holds. */
export type PerksHeld = Record<Perk, number>;

export const NO_PERKS: PerksHeld = { make_up_card: 0, streak_freeze: 0 };
