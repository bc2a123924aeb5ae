import "server-only";

import type { Actor } from "./ctx";
import type { Draw } from "./draws/draw";
import { openRounds, revealRounds } from "./draws/rounds/commands";
import { perform } from "./perform";

const clock: Actor = { kind: "system", name: "draw-rounds" };

/**
 * Opens what is missing of a draw's rounds before its page shows them, so that nobody spins in a round whose commitment they could not have seen.
 * The job opens them a day ahead; this is for the minute after a draw begins where no job runs.
 */
export const ensureRounds = (draw: Draw): Promise<number> => perform(clock, (ctx) => openRounds(ctx, draw));

/** Tells what is due of the seeds before the page of a day that is over shows it: by the clock of the server alone, whoever asks. */
export const tellSeeds = (): Promise<number> => perform(clock, revealRounds);
