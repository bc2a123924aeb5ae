import "server-only";

import { Refusal } from "./refusal";

/** What a picture may be sent as; what it is, its first bytes say. */
export const PICTURE_TYPES = /^(image\/|application\/octet-stream\b)/i;

/** A form takes some bytes around its file. */
const FORM_EXTRA = 16 * 1024;

type Limits = { max: number; types: RegExp };

/** One file: the body itself, or the first file of a form. Refuses `unsupported_media_type`, `body_too_large`, `invalid_input`. */
export async function readUpload(request: Request, { max, types }: Limits): Promise<Uint8Array> {
  const type = request.headers.get("content-type") ?? "";
  const isForm = /^multipart\/form-data\b/i.test(type);
  if (!isForm && !types.test(type)) throw new Refusal("unsupported_media_type");
  const body = await readBody(request, max + (isForm ? FORM_EXTRA : 0));
  if (!isForm) return body;
  const form = await new Response(body, { headers: { "content-type": type } }).formData().catch(() => null);
  const file = form && [...form.values()].find((value) => typeof value !== "string");
  if (!file) throw new Refusal("invalid_input");
  if (file.size > max) throw new Refusal("body_too_large");
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
