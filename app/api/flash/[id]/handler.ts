import { answer, Nothing, openHandler } from "@/lib/api";
import { watchFlash } from "@/lib/flash-watch";
import { refuse } from "@/lib/refusal";

/** GET /api/flash/{id}: where a flash sale stands by the clock of the server. Pages that watch it ask this again and again. */
export const watch = openHandler("GET", Nothing, async ({ request }) => {
  const id = /\/api\/flash\/([1-9]\d{0,14})$/.exec(request.url.split("?")[0]!)?.[1];
  const sale = id ? await watchFlash(Number(id)) : null;
  return sale ? answer(sale) : refuse("not_found");
});
