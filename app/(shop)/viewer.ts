import "server-only";

import { cache } from "react";
import { currentShopper } from "@/lib/auth";
import { GUEST, type Standing } from "@/lib/catalog/audience";
import { readPointsAvailable } from "@/lib/points/queries";
import { standingOf } from "@/lib/segments/queries";

/** Who looks at the goods: where they stand, and what they can spend; a guest stands nowhere and has no balance. */
export type Viewer = { standing: Standing; balance: number | null };

export const readViewer = cache(async (): Promise<Viewer> => {
  const shopper = await currentShopper();
  if (!shopper) return { standing: GUEST, balance: null };
  const [standing, balance] = await Promise.all([standingOf(shopper.id), readPointsAvailable(shopper.id)]);
  return { standing, balance };
});
