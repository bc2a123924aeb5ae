import { composedOf, mailOf } from "../../sink";

export const dynamic = "force-dynamic";

/**
 * The message itself, for the frame of the page around it. Mail carries its looks on each element, which the shop's own policy forbids;
 * so this document has one of its own: nothing loads, nothing runs, and links open outside the frame.
 */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

export async function GET(_: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const mail = await mailOf((await params).id);
  const composed = mail && (await composedOf(mail));
  if (!composed) return new Response(null, { status: 404 });
  return new Response(composed.html, { headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": POLICY, "cache-control": "no-store" } });
}
