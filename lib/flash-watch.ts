import "server-only";

import { currentTime } from "./clock";
import { findFlashState, type FlashState } from "./flash/queries";
import { phaseOf, type FlashPhase } from "./flash/sale";

/** What those who watch a sale see, by the clock of the server. */
export type FlashWatch = { now: Date; startsAt: Date; endsAt: Date; phase: FlashPhase; stock: number; pieces: number };

type Kept = { readAt: number; state: Promise<FlashState | null> };
const shared = globalThis as { pointsMallFlashWatch?: Map<number, Kept> };
const kept = (): Map<number, Kept> => (shared.pointsMallFlashWatch ??= new Map());

/** One read of MySQL serves everybody who asks within this time: a crowd that watches costs no more than one person. */
const FRESH_MS = 250;
/** Numbers that nobody's sale has are kept no longer than room is left for. */
const KEPT_MAX = 500;

/** A sale as it stands, a moment ago at the most; null when there is none of this id. */
export async function watchFlash(id: number): Promise<FlashWatch | null> {
  const state = await readLately(id);
  if (!state) return null;
  const now = currentTime();
  const { startsAt, endsAt, stock, pieces } = state;
  return { now, startsAt, endsAt, phase: phaseOf(state, now), stock, pieces };
}

/** The SKU of a sale, from the same memory; null when there is no such sale. */
export const skuOfFlash = async (id: number): Promise<number | null> => (await readLately(id))?.skuId ?? null;

function readLately(id: number): Promise<FlashState | null> {
  const all = kept();
  const found = all.get(id);
  if (found && Date.now() - found.readAt < FRESH_MS) return found.state;
  const state = findFlashState(id);
  if (all.size >= KEPT_MAX) all.clear();
  all.set(id, { readAt: Date.now(), state });
  state.catch(() => all.delete(id));
  return state;
}
