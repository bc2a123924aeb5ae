import { currentTime, moveClock } from "@/lib/clock";
import { env } from "@/lib/env";

const DAY_MS = 86_400_000;
const DAYS_MAX = 400;

/** Moves the clock of a demo shop by so many days, for journeys through a browser that take a week. Absent in a shop. */
export async function POST(request: Request): Promise<Response> {
  if (process.env.POINTS_MALL_TEST_CLOCK !== "1" || !env().SHOP_DEMO) return new Response(null, { status: 404 });
  const { days } = (await request.json()) as { days?: unknown };
  if (typeof days !== "number" || !(Math.abs(days) <= DAYS_MAX)) return new Response(null, { status: 400 });
  moveClock(days * DAY_MS);
  return Response.json({ now: currentTime() });
}
