import { staffDownload } from "../../download";
import { getAuditState } from "@/lib/audit/sealing/state-queries";

/** The newest digests, to be kept where nobody who can write to the database can write. */
export const GET = (): Promise<Response> =>
  staffDownload("audit.read", async ({ now, today }) => {
    const { chains } = await getAuditState();
    const heads = chains.map(({ chain, head }) => ({ chain, sealedTo: head?.to ?? 0, digest: head?.digest ?? null, sealedAt: head?.sealedAt.toISOString() ?? null }));
    const verify = heads.flatMap(({ digest }) => (digest ? [`--expect ${digest}`] : [])).join(" ");
    return new Response(`${JSON.stringify({ at: now.toISOString(), heads, verify: `npm run verify:audit -- ${verify}`.trim() }, null, 2)}\n`, {
      headers: { "content-type": "application/json; charset=utf-8", "content-disposition": `attachment; filename="audit-digests-${today}.json"`, "cache-control": "private, no-store", "x-content-type-options": "nosniff" },
    });
  });
