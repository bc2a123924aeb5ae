import { currentShopper } from "@/lib/auth";
import { limit } from "@/lib/limits";
import { followPayment } from "@/lib/orders/payment";
import { settle, succeed } from "@/lib/outcome";
import { PUBLIC_ID } from "@/lib/id";
import { Refusal, REFUSALS } from "@/lib/refusal";

export const dynamic = "force-dynamic";

/** GET /pay/<reference>/state: how a payment of whoever is signed in stands, for the page that waits for it. */
export async function GET(_: Request, { params }: { params: Promise<{ reference: string }> }): Promise<Response> {
  const { reference } = await params;
  const outcome = await settle(async () => {
    const shopper = await currentShopper();
    if (!shopper) throw new Refusal("not_signed_in");
    if (!PUBLIC_ID.test(reference)) throw new Refusal("not_found");
    await limit("shopper-read", shopper.id);
    return succeed(await followPayment(shopper, reference));
  });
  const headers = { "cache-control": "no-store" };
  return outcome.ok ? Response.json({ state: outcome.value.state }, { headers }) : Response.json({ code: outcome.code }, { status: REFUSALS[outcome.code], headers });
}
