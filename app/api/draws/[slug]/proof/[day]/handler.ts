import { db } from "@/db/client";
import { answer, openHandler } from "@/lib/api";
import { clientAddress } from "@/lib/client-address";
import { parseDay, type Day } from "@/lib/day";
import { findProof } from "@/lib/draws/proof-queries";
import { ProofQuery } from "@/lib/draws/schema";
import { limit } from "@/lib/limits";
import { refuse } from "@/lib/refusal";

/** GET /api/draws/{slug}/proof/{day}: the commitment, the seed once it is told, the prizes and every spin of a round. Anybody may check it. */
export const proof = openHandler("GET", ProofQuery, async ({ request, input: { from } }) => {
  await limit("proof-address", clientAddress(request.headers));
  const [, slug, text] = /\/api\/draws\/([a-z0-9-]{1,60})\/proof\/(\d{4}-\d{2}-\d{2})$/.exec(request.url.split("?")[0]!) ?? [];
  const day = text === undefined ? null : dayIn(text);
  const found = slug !== undefined && day ? await findProof(db(), slug, day, from) : null;
  return found ? answer(found) : refuse("not_found");
});

function dayIn(text: string): Day | null {
  try {
    return parseDay(text);
  } catch {
    return null;
  }
}
