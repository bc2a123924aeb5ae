import { randomUUID } from "node:crypto";

import { db } from "@/db/client";
import type { Person } from "@/lib/accounts/queries";
import { ATTACHMENT_MAX, ATTACHMENT_TYPES, keepAttachment, makeAttachment, type Attachment } from "@/lib/attachment-files";
import { env } from "@/lib/env";
import type { Locale } from "@/lib/i18n";
import { limit } from "@/lib/limits";
import { log } from "@/lib/log";
import { isForeign } from "@/lib/origin";
import { settle, succeed } from "@/lib/outcome";
import { Refusal, REFUSALS } from "@/lib/refusal";
import { sentenceFor } from "@/lib/sentence";
import { getPolicy } from "@/lib/settings/queries";
import { staffWithPermission } from "@/lib/staff";
import { storage } from "@/lib/storage";
import { readUpload } from "@/lib/upload";

export type UploadedAttachment = Pick<Attachment, "key" | "type">;

/** Who asks, by the cookie of their session, and in which language they read. */
export type Asking = { person: Person | null; locale: Locale };

/**
 * POST /api/admin/attachments with a picture or a PDF as the body, or as the first file of a form: what shows why points are adjusted.
 * It is kept before anything names it; what nothing names a day later is swept.
 */
export async function uploadAttachment(request: Request, { person, locale }: Asking): Promise<Response> {
  const requestId = randomUUID();
  const outcome = await settle(async () => {
    if (isForeign(request.headers, env().NEXTAUTH_URL)) throw new Refusal("foreign_origin");
    const staff = staffWithPermission(person, "adjustments.request", await getPolicy(db()));
    await limit("staff-write", staff.id);
    return succeed(await keepUpload(request, requestId));
  }, requestId);
  const headers = { "cache-control": "no-store", "x-request-id": requestId };
  if (outcome.ok) return Response.json(outcome.value, { status: 201, headers });
  const error = sentenceFor(locale, outcome.code, outcome.detail);
  return Response.json({ code: outcome.code, error, detail: error, request_id: requestId }, { status: REFUSALS[outcome.code], headers: { ...headers, "content-type": "application/problem+json; charset=utf-8" } });
}

async function keepUpload(request: Request, requestId: string): Promise<UploadedAttachment> {
  const attachment = await makeAttachment(await readUpload(request, { max: ATTACHMENT_MAX, types: ATTACHMENT_TYPES }));
  await keepAttachment(await storage(), attachment).catch((error: unknown) => {
    log.error({ err: error, requestId }, "an attachment could not be kept: is the disk full, or the bucket out of reach?");
    throw new Refusal("unavailable", { requestId });
  });
  return { key: attachment.key, type: attachment.type };
}
