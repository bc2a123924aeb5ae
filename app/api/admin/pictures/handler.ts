import { randomUUID } from "node:crypto";

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
import { asStaff, staffActor, type Staff } from "@/lib/staff";
import { storage } from "@/lib/storage";

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
    const staff = refuseStranger(request, person);
    await limit("staff-write", staff.id);
    return succeed(await keepUpload(await readUpload(request), staff, requestId));
  }, requestId);
  return respond(outcome, locale, requestId);
}

function refuseStranger(request: Request, person: Person | null): Staff {
  if (isForeign(request.headers, env().NEXTAUTH_URL)) throw new Refusal("foreign_origin");
  if (!person) throw new Refusal("not_signed_in");
  const staff = asStaff(person);
  if (!staff) throw new Refusal("forbidden");
  return staff;
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

/** A form takes some bytes around its file. */
const FORM_EXTRA = 16 * 1024;

async function readUpload(request: Request): Promise<Uint8Array> {
  const type = request.headers.get("content-type") ?? "";
  const isForm = /^multipart\/form-data\b/i.test(type);
  if (!isForm && !/^(image\/|application\/octet-stream\b)/i.test(type)) throw new Refusal("unsupported_media_type");
  const body = await readBody(request, UPLOAD_MAX + (isForm ? FORM_EXTRA : 0));
  if (!isForm) return body;
  const form = await new Response(body, { headers: { "content-type": type } }).formData().catch(() => null);
  const file = form && [...form.values()].find((value) => typeof value !== "string");
  if (!file) throw new Refusal("invalid_input");
  if (file.size > UPLOAD_MAX) throw new Refusal("body_too_large");
  return new Uint8Array(await file.arrayBuffer());
}

/** The bytes are counted as they come: Content-Length may be missing, or wrong. */
async function readBody(request: Request, max: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length") ?? 0) > max) throw new Refusal("body_too_large");
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > max) throw new Refusal("body_too_large");
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks, size));
}

function respond(outcome: Outcome<UploadedPicture>, locale: Locale, requestId: string): Response {
  const headers = { "cache-control": "no-store", "x-request-id": requestId };
  if (outcome.ok) return Response.json(outcome.value, { status: 201, headers });
  const error = sentenceFor(locale, outcome.code, outcome.detail);
  return Response.json({ code: outcome.code, error, detail: error, ...outcome.detail, request_id: requestId }, { status: REFUSALS[outcome.code], headers: { ...headers, "content-type": "application/problem+json; charset=utf-8" } });
}
