/** The widths a picture is kept in; a small one in fewer, and none is ever enlarged. */
export const PICTURE_WIDTHS = [320, 640, 1280] as const;
export type PictureWidth = (typeof PICTURE_WIDTHS)[number];

/** A picture is at most so many times as high as the width it is kept for. */
export const HEIGHT_RATIO_MAX = 2;

export type Size = { width: number; height: number };

/** What is shown of a picture: its address, and the size of the largest file. */
export type PictureFile = Size & { id: string };

/** The size of the file for this width: within its box, in the picture's own shape. */
export function fit({ width, height }: Size, within: PictureWidth): Size {
  const scale = Math.min(1, within / width, (within * HEIGHT_RATIO_MAX) / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The widths a picture of this size is kept in: up to the first in which it is whole. */
export function widthsOf(size: Size): PictureWidth[] {
  const whole = PICTURE_WIDTHS.findIndex((within) => fit(size, within).width === size.width && fit(size, within).height === size.height);
  return PICTURE_WIDTHS.slice(0, whole < 0 ? undefined : whole + 1);
}

export const pictureHref = (id: string, width: PictureWidth): string => `/pictures/${id}/${width}.webp`;

/** For `srcset`: every file with the width that it really has. */
export const sourceSet = (picture: PictureFile): string => widthsOf(picture).map((width) => `${pictureHref(picture.id, width)} ${fit(picture, width).width}w`).join(", ");

/** The file whose name ends an address; null for a width that is not kept. */
export function widthIn(file: string): PictureWidth | null {
  return PICTURE_WIDTHS.find((width) => file === `${width}.webp`) ?? null;
}

/** The signatures of what is taken. Everything else is refused, whatever it is called: SVG runs scripts, AVIF and HEIC have decoders with a past. */
const KINDS = {
  jpeg: (bytes: Uint8Array) => starts(bytes, 0, [0xff, 0xd8, 0xff]),
  png: (bytes: Uint8Array) => starts(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  gif: (bytes: Uint8Array) => starts(bytes, 0, [0x47, 0x49, 0x46, 0x38]) && (bytes[4] === 0x37 || bytes[4] === 0x39) && bytes[5] === 0x61,
  webp: (bytes: Uint8Array) => starts(bytes, 0, [0x52, 0x49, 0x46, 0x46]) && starts(bytes, 8, [0x57, 0x45, 0x42, 0x50]),
} as const;

export type PictureKind = keyof typeof KINDS;

/** What a file is by its first bytes; null for what is not taken. */
export const kindOf = (bytes: Uint8Array): PictureKind | null => (Object.keys(KINDS) as PictureKind[]).find((kind) => KINDS[kind](bytes)) ?? null;

const starts = (bytes: Uint8Array, at: number, signature: readonly number[]): boolean => signature.every((byte, index) => bytes[at + index] === byte);
