import { expect, type APIRequestContext } from "@playwright/test";

/** The calendar day in the shop's zone, so many days from the machine's own. */
export const dayIn = (days: number): string => new Date(Date.now() + days * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);

/** Moves the shop's clock. `npm test` starts a shop that lets itself be moved; by hand: POINTS_MALL_TEST_CLOCK=1 and SHOP_DEMO=1. */
export async function moveTo(request: APIRequestContext, days: number): Promise<void> {
  const reply = await request.post("/api/test-clock", { data: { days } });
  expect(reply.ok(), "the shop was started with POINTS_MALL_TEST_CLOCK=1").toBe(true);
}
