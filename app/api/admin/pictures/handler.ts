import { randomUUID } from "node:crypto";

import { db } from "@/db/client";
import type { Person } from "@/lib/accounts/queries";
import { addPicture } from "@/lib/catalog/pictures/commands";
import { env } from "@/lib/env";
import type { Locale } from "@/lib/i18n";
import { publicId } from "@/lib/id";
import { limit } from "@/lib/limits";
import { log } from "@/lib/log";
import { isForeign } from "@/lib/origin";
import { settle, succeed, type Outcome } from "@/lib/outcome";
import { perform } from "@/lib/perform";
import { encodePicture, keepPicture, UPLOAD_MAX } from "@/lib/picture-files";
import { Refusal, REFUSALS } from "@/lib/refusal";
import { sentenceFor } from "@/lib/sentence";
import { getPolicy } from "@/lib/settings/queries";
import { staffActor, staffWithPermission, type Staff } from "@/lib/staff";
import { storage } from "@/lib/storage";
import { PICTURE_TYPES, readUpload } from "@/lib/upload";

/** What an upload is answered with. */
export type UploadedPicture = { id: string; width: number; height: number };

/** Who asks, by the cookie of their session, and in which language they read. */
export type Asking = { person: Person | null; locale: Locale };

/**
 * POST /api/admin/pictures with a picture as the body, or as the first file of a form: staff only, from the shop's own pages.
 * The files are written first and the row after: what a failure leaves behind is a file that nothing leads to, and is swept.
 */
export async function uploadPicture(request: Request, { person, locale }: Asking): Promise<Response> {
  const requestId = randomUUID();
  const outcome = await settle(async () => {
    if (isForeign(request.headers, env().NEXTAUTH_URL)) throw new Refusal("foreign_origin");
    // A product's picture, or the shop's logo.
    const staff = staffWithPermission(person, person?.staff?.permissions.has("settings.write") ? "settings.write" : "products.write", await getPolicy(db()));
    await limit("staff-write", staff.id);
    return succeed(await keepUpload(await readUpload(request, { max: UPLOAD_MAX, types: PICTURE_TYPES }), staff, requestId));
  }, requestId);
  return respond(outcome, locale, requestId);
}

async function keepUpload(upload: Uint8Array, staff: Staff, requestId: string): Promise<UploadedPicture> {
  const encoded = await encodePicture(upload);
  const picture = { id: publicId(), width: encoded.width, height: encoded.height };
  await keepPicture(await storage(), picture.id, encoded).catch((error: unknown) => {
    log.error({ err: error, requestId }, "a picture could not be kept: is the disk full, or the bucket out of reach?");
    throw new Refusal("unavailable", { requestId });
  });
  const bytes = encoded.files.reduce((sum, file) => sum + file.bytes.byteLength, 0);
  await perform(staffActor(staff), (ctx) => addPicture(ctx, { ...picture, bytes }));
  return picture;
}

function respond(outcome: Outcome<UploadedPicture>, locale: Locale, requestId: string): Response {
  const headers = { "cache-control": "no-store", "x-request-id": requestId };
  if (outcome.ok) return Response.json(outcome.value, { status: 201, headers });
  const error = sentenceFor(locale, outcome.code, outcome.detail);
  return Response.json({ code: outcome.code, error, detail: error, ...outcome.detail, request_id: requestId }, { status: REFUSALS[outcome.code], headers: { ...headers, "content-type": "application/problem+json; charset=utf-8" } });
}
