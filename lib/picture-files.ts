import "server-only";

import type { Sharp } from "sharp";

import { fit, HEIGHT_RATIO_MAX, kindOf, PICTURE_WIDTHS, widthsOf, type PictureWidth, type Size } from "./catalog/pictures/rendition";
import { Lane, sharedLane } from "./lane";
import { isRefusal, Refusal } from "./refusal";
import type { Storage } from "./storage";

/** Bytes of an upload at the most. */
export const UPLOAD_MAX = 10 * 1024 * 1024;
/** A picture of so many pixels takes 160 MB while it is decoded, however few bytes it came in. */
const PIXELS_MAX = 40_000_000;
const SECONDS_MAX = 20;
const QUALITY = 80;
/** Decoded one after the other; who comes when so many wait is told to come again. */
const WAITING_MAX = 20;

const PREFIX = "pictures/";

/** Files are named by the hex of the id: a disk may not tell upper from lower case. */
export const pictureKey = (publicId: string, width: PictureWidth): string => `${PREFIX}${Buffer.from(publicId, "base64url").toString("hex")}/${width}.webp`;

/** The id in a key, and null for a key that is no picture's. */
export function publicIdIn(key: string): string | null {
  const hex = /^pictures\/([0-9a-f]{32})\//.exec(key)?.[1];
  return hex ? Buffer.from(hex, "hex").toString("base64url") : null;
}

export type EncodedPicture = Size & { files: { width: PictureWidth; bytes: Uint8Array }[] };

/** Makes an upload into the shop's own files: decoded and encoded anew, upright, without a word of metadata. Refuses `picture_unreadable`. */
export const encodePicture = (upload: Uint8Array): Promise<EncodedPicture> => decoding().submit(upload);

const decoding = () =>
  sharedLane("pictures", () => new Lane<Uint8Array, EncodedPicture>(async (uploads) => [await encode(uploads[0]!)], { batchMax: 1, widthMax: 1, besideMin: 1, waitingMax: WAITING_MAX }));

async function encode(upload: Uint8Array): Promise<EncodedPicture> {
  try {
    const whole = await decode(upload);
    const size = await sizeOf(whole);
    const files: EncodedPicture["files"] = [];
    for (const width of widthsOf(size)) {
      const bytes = await whole.clone().resize({ ...fit(size, width), fit: "fill" }).webp({ quality: QUALITY }).timeout({ seconds: SECONDS_MAX }).toBuffer();
      files.push({ width, bytes });
    }
    return { ...size, files };
  } catch (error) {
    // What the decoder says of a stranger's bytes is about them, not about the shop.
    throw isRefusal(error) ? error : new Refusal("picture_unreadable");
  }
}

/** The first frame in its largest size, upright, in plain pixels. */
async function decode(upload: Uint8Array): Promise<Sharp> {
  const kind = kindOf(upload);
  if (kind === null) throw new Refusal("picture_unreadable");
  // Loaded with the first upload: the library is native and large.
  const { default: sharp } = await import("sharp");
  const picture = sharp(upload, { failOn: "error", limitInputPixels: PIXELS_MAX, pages: 1 });
  const { format, width, height } = await picture.metadata();
  if (format !== kind || width * height > PIXELS_MAX) throw new Refusal("picture_unreadable");
  const most = PICTURE_WIDTHS.at(-1)!;
  const { data, info } = await picture
    .autoOrient().resize({ width: most, height: most * HEIGHT_RATIO_MAX, fit: "inside", withoutEnlargement: true }).flatten({ background: "#fff" }).toColourspace("srgb")
    .timeout({ seconds: SECONDS_MAX }).raw().toBuffer({ resolveWithObject: true });
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
}

async function sizeOf(whole: Sharp): Promise<Size> {
  const { width, height } = await whole.metadata();
  return { width, height };
}

/** Writes all files of a picture; when one cannot be written, none stays. */
export async function keepPicture(store: Storage, publicId: string, { files }: Pick<EncodedPicture, "files">): Promise<void> {
  try {
    for (const { width, bytes } of files) await store.put(pictureKey(publicId, width), bytes, "image/webp");
  } catch (error) {
    await dropPicture(store, publicId).catch(() => undefined);
    throw error;
  }
}

export async function dropPicture(store: Storage, publicId: string): Promise<void> {
  for (const width of PICTURE_WIDTHS) await store.delete(pictureKey(publicId, width));
}

export const readPicture = (store: Storage, publicId: string, width: PictureWidth): Promise<Uint8Array<ArrayBuffer> | null> => store.get(pictureKey(publicId, width));

/** All files of pictures that are there, whether a picture knows of them or not. */
export const listPictureFiles = (store: Storage): ReturnType<Storage["list"]> => store.list(PREFIX);
