/** What a route of Next costs that only reads JSON and answers: the yardstick of `npm run bench http`. Absent in a shop. */
export async function POST(request: Request): Promise<Response> {
  if (process.env.POINTS_MALL_BENCH !== "1") return new Response(null, { status: 404 });
  const body = (await request.json()) as Record<string, unknown>;
  return Response.json({ fields: Object.keys(body).length });
}
