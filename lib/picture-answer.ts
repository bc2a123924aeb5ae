import "server-only";

import { widthIn } from "./catalog/pictures/rendition";
import { PUBLIC_ID } from "./id";
import { log } from "./log";
import { readPicture } from "./picture-files";
import { storage } from "./storage";

/** A picture never changes under its address: another one has another id. */
const FOREVER = "public, max-age=31536000, immutable";

/** GET /pictures/<id>/<width>.webp. Whoever has the address sees it: it holds 128 random bits. */
export async function answerPicture(request: Pick<Request, "headers">, id: string, file: string): Promise<Response> {
  const width = widthIn(file);
  if (width === null || !PUBLIC_ID.test(id)) return nothing(404);
  const tag = `"${id}-${width}"`;
  const headers = { "cache-control": FOREVER, etag: tag };
  try {
    const bytes = await readPicture(await storage(), id, width);
    if (!bytes) return nothing(404);
    if (request.headers.get("if-none-match") === tag) return new Response(null, { status: 304, headers });
    return new Response(bytes, { headers: { ...headers, "content-type": "image/webp", "content-length": String(bytes.byteLength), "content-disposition": "inline", ...INERT } });
  } catch (error) {
    log.error({ err: error, pictureId: id, width }, "a picture could not be read");
    return nothing(503);
  }
}

const INERT = { "x-content-type-options": "nosniff", "content-security-policy": "default-src 'none'; frame-ancestors 'none'" };

const nothing = (status: 404 | 503): Response => new Response(null, { status, headers: { "cache-control": "no-store", ...(status === 503 ? { "retry-after": "5" } : {}), ...INERT } });
