import { brandStyles } from "@/lib/brand";

const HOUR = 3_600;

/** GET /brand/<hue>.css: the shop's colours from the merchant's hue. Another hue has another address; another release may have other colours for it. */
export async function GET(_: Request, { params }: { params: Promise<{ sheet: string }> }): Promise<Response> {
  const hue = /^(0|[1-9]\d{0,2})\.css$/.exec((await params).sheet)?.[1];
  if (hue === undefined || Number(hue) > 359) return new Response(null, { status: 404, headers: { "cache-control": "no-store" } });
  return new Response(brandStyles(Number(hue)), { headers: { "content-type": "text/css; charset=utf-8", "cache-control": `public, max-age=${HOUR}, stale-while-revalidate=604800` } });
}
