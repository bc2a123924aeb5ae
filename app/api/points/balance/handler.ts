import { answer, Nothing, shopperHandler } from "@/lib/api";
import { readPointsAvailable } from "@/lib/points/queries";

/** GET /api/points/balance: points that can be spent now. */
export const balance = shopperHandler("GET", Nothing, async ({ person }) => answer({ points: await readPointsAvailable(person.id) }));
