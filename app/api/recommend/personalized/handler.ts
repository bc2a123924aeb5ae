import { db } from "@/db/client";
import { answer, Nothing, shopperHandler } from "@/lib/api";
import { currentTime } from "@/lib/clock";
import { readPointsAvailable } from "@/lib/points/queries";
import { listRecommended } from "@/lib/recommend/queries";
import { standingOf } from "@/lib/segments/queries";
import { getPolicy } from "@/lib/settings/queries";

const SHOWN = 5;

/** GET /api/recommend/personalized: what this person may like next, at their price; a newcomer gets what is popular. */
export const personalized = shopperHandler("GET", Nothing, async ({ person }) => {
  const [standing, balance, { pointsPerYuan }] = await Promise.all([standingOf(person.id), readPointsAvailable(person.id), getPolicy(db())]);
  const products = await listRecommended(db(), { userId: person.id, standing, balance, pointsPerYuan }, SHOWN, currentTime());
  return answer(products.map(({ id, name, slug, pointsPrice }) => ({ id, name, slug, points_price: pointsPrice })));
});
