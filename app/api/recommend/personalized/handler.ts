import { db } from "@/db/client";
import { answer, Nothing, shopperHandler } from "@/lib/api";
import { currentTime } from "@/lib/clock";
import { listRecommended } from "@/lib/recommend/queries";

const SHOWN = 5;

/** GET /api/recommend/personalized: what this person may like next; a newcomer gets what is popular. */
export const personalized = shopperHandler("GET", Nothing, async ({ person }) => {
  const products = await listRecommended(db(), person.id, SHOWN, currentTime());
  return answer(products.map(({ id, name, slug, pointsPrice }) => ({ id, name, slug, points_price: pointsPrice })));
});
