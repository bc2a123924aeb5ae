import { randomUUID } from "node:crypto";

import type { Route } from "next";
import { redirect } from "next/navigation";

import { currentShopper } from "@/lib/auth";
import { limit } from "@/lib/limits";
import { log } from "@/lib/log";
import { startPayment } from "@/lib/orders/payment";
import { settle, succeed } from "@/lib/outcome";
import { PUBLIC_ID } from "@/lib/id";
import { isStateFor, openIdFrom } from "@/lib/wechat-identity";

export const dynamic = "force-dynamic";

/**
 * GET /pay/wechat: WeChat's browser comes back with a code for who pays. It opens a payment, which the state in the address allows:
 * only this shop could have written it, for this person and this order. When WeChat does not say who it is, there is still a code to scan.
 */
export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const [orderId, code, state] = ["order", "code", "state"].map((name) => query.get(name) ?? "") as [string, string, string];
  const shopper = await currentShopper();
  if (!PUBLIC_ID.test(orderId)) redirect("/orders");
  const order = `/orders/${orderId}`;
  if (!shopper) redirect(`/sign-in?next=${encodeURIComponent(order)}` as Route);
  if (!isStateFor(state, shopper.id, orderId) || !/^\w{8,128}$/.test(code)) redirect(order as Route);
  // The state holds for as long as the order does: each time it is shown WeChat is asked again.
  const may = await settle(async () => succeed(await limit("shopper-write", shopper.id)));
  if (!may.ok) redirect(order as Route);
  const openId = await openIdFrom(code).catch((error: unknown) => void log.warn({ err: error }, "WeChat did not say who pays"));
  const outcome = await settle(() => startPayment(shopper, { requestId: randomUUID(), orderId, provider: "wechat" }, { isPhone: true, ...(openId ? { openId } : {}) }));
  redirect((outcome.ok ? outcome.value.redirectTo : order) as Route);
}
