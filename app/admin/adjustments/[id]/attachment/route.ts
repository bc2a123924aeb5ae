import { staffDownload } from "../../../download";
import { findAttachment } from "@/lib/adjustments/queries";
import { attachmentAnswer } from "@/lib/attachment-files";
import { PUBLIC_ID } from "@/lib/id";
import { Refusal } from "@/lib/refusal";
import { storage } from "@/lib/storage";

/** What was attached to an adjustment, for those who may read adjustments. */
export const GET = async (_: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> => {
  const { id } = await params;
  return staffDownload("adjustments.read", async ({ db }) => {
    const place = PUBLIC_ID.test(id) ? await findAttachment(db, id) : null;
    const bytes = place && (await (await storage()).get(place.key));
    if (!place || !bytes) throw new Refusal("not_found");
    return attachmentAnswer(bytes, place.type, `adjustment-${id}`);
  });
};
