import "server-only";

import { secretBytes } from "./id";
import { encodePicture, UPLOAD_MAX } from "./picture-files";
import { Refusal } from "./refusal";
import type { Storage } from "./storage";

/** Bytes of a document at the most: it is kept as it came. */
export const DOCUMENT_MAX = 5 * 1024 * 1024;
/** Pictures are encoded anew, and may come larger. */
export const ATTACHMENT_MAX = UPLOAD_MAX;
export const ATTACHMENT_TYPES = /^(image\/|application\/pdf\b|application\/octet-stream\b)/i;

/** Nothing under it has an address of its own: staff reads it through what it is attached to. */
const PREFIX = "attachments/";

export type Attachment = { key: string; type: "image/webp" | "application/pdf"; bytes: Uint8Array };

/** What an upload is kept as, by its first bytes and not by its name. Refuses `body_too_large`, `attachment_unreadable`. */
export async function makeAttachment(upload: Uint8Array): Promise<Attachment> {
  const name = PREFIX + Buffer.from(secretBytes(16)).toString("hex");
  if (isPdf(upload)) {
    if (upload.byteLength > DOCUMENT_MAX) throw new Refusal("body_too_large");
    return { key: `${name}.pdf`, type: "application/pdf", bytes: upload };
  }
  const { files } = await encodePicture(upload).catch((error: unknown) => {
    throw error instanceof Refusal && error.code === "picture_unreadable" ? new Refusal("attachment_unreadable") : error;
  });
  return { key: `${name}.webp`, type: "image/webp", bytes: files.at(-1)!.bytes };
}

const isPdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 5)).toString("latin1") === "%PDF-";

export const keepAttachment = (store: Storage, { key, type, bytes }: Attachment): Promise<void> => store.put(key, bytes, type);

/** Everything that was uploaded, whether anything knows of it or not. */
export const listAttachmentFiles = (store: Storage): ReturnType<Storage["list"]> => store.list(PREFIX);

/** A file that only ever goes to the disk of who asked: it opens in no page of ours, and could load or run nothing there. */
export const attachmentAnswer = (bytes: Uint8Array<ArrayBuffer>, type: string, name: string): Response =>
  new Response(bytes, {
    headers: {
      "content-type": type, "content-length": String(bytes.byteLength), "content-disposition": `attachment; filename="${name}.${type === "application/pdf" ? "pdf" : "webp"}"`,
      "cache-control": "private, no-store", "x-content-type-options": "nosniff", "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'", "cross-origin-resource-policy": "same-origin",
    },
  });
