import { crc32, deflateSync } from "node:zlib";

import sharp from "sharp";
import { expect, test } from "vitest";

import { encodePicture, listPictureFiles, pictureKey, publicIdIn } from "./picture-files";
import { isKey } from "./storage";

const ID = "AbCdEf0123456789_-xyzA";

const noise = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: "#888", noise: { type: "gaussian", mean: 128, sigma: 40 } } });
const plain = (width: number, height: number, background = "#0b6b4e") => sharp({ create: { width, height, channels: 3, background } });

const refusedAs = async (bytes: Uint8Array): Promise<string> => {
  try {
    await encodePicture(bytes);
    return "taken";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

/** The four formats, in which a picture of 900 × 600 comes. */
const formats = { jpeg: () => noise(900, 600).jpeg(), png: () => plain(900, 600).png(), webp: () => plain(900, 600).webp(), gif: () => plain(900, 600).gif() };

test.each(Object.keys(formats) as (keyof typeof formats)[])("a %s becomes WebP in the widths up to its own", async (format) => {
  const { width, height, files } = await encodePicture(await formats[format]().toBuffer());
  expect([width, height, files.map((file) => file.width)]).toEqual([900, 600, [320, 640, 1280]]);
  const made = await Promise.all(files.map(({ bytes }) => sharp(bytes).metadata()));
  expect(made.map((file) => [file.format, file.width, file.height])).toEqual([["webp", 320, 213], ["webp", 640, 427], ["webp", 900, 600]]);
});

test("a small picture is kept once and never enlarged, a tall one stays within its box", async () => {
  const small = await encodePicture(await plain(60, 40).png().toBuffer());
  expect([small.width, small.height, small.files.map(({ width }) => width)]).toEqual([60, 40, [320]]);
  const tall = await encodePicture(await plain(100, 9_000).png().toBuffer());
  expect([tall.width, tall.height, tall.files.length]).toEqual([28, 2_560, 3]);
});

test("nothing that a camera wrote is kept, and the picture stands upright", async () => {
  const photo = await noise(400, 200).jpeg().withExif({ IFD0: { Make: "SecretCam", Artist: "林溪" }, IFD3: { GPSLatitude: "31/1 12/1 0/1", GPSLatitudeRef: "N" } }).withMetadata({ orientation: 6 }).toBuffer();
  expect((await sharp(photo).metadata()).exif?.includes("SecretCam")).toBe(true);
  const { width, height, files } = await encodePicture(photo);
  expect([width, height]).toEqual([200, 400]);
  for (const { bytes } of files) {
    const { exif, icc, xmp, iptc, orientation } = await sharp(bytes).metadata();
    expect([exif, icc, xmp, iptc, orientation]).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(Buffer.from(bytes).includes("SecretCam")).toBe(false);
  }
});

test("of pictures that move the first frame is taken, what is transparent stands on white, and every depth and colour space is read", async () => {
  const frames = await sharp([await plain(40, 40, "#ff0000").png().toBuffer(), await plain(40, 40, "#0000ff").png().toBuffer()], { join: { animated: true } }).gif().toBuffer();
  const colour = async (bytes: Uint8Array) => [...(await sharp(bytes).removeAlpha().resize(1, 1).raw().toBuffer())];
  const first = await encodePicture(frames);
  expect([first.width, first.height]).toEqual([40, 40]);
  expect((await colour(first.files[0]!.bytes))[0]).toBeGreaterThan(200);
  const glass = await encodePicture(await sharp({ create: { width: 20, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png().toBuffer());
  expect(await colour(glass.files[0]!.bytes)).toEqual([255, 255, 255]);
  const grey = await encodePicture(await plain(50, 50).toColourspace("b-w").png().toBuffer());
  const deep = await encodePicture(await plain(50, 50).toColourspace("rgb16").png().toBuffer());
  const print = await encodePicture(await plain(50, 50).toColourspace("cmyk").jpeg().toBuffer());
  for (const { files } of [grey, deep, print]) expect((await sharp(files[0]!.bytes).metadata()).space).toBe("srgb");
});

test("text behind a picture's bytes is not carried over: a file that is two things becomes one", async () => {
  const script = "<?php system($_GET['c']); ?><script>alert(1)</script>";
  const both = Buffer.concat([await plain(50, 50).jpeg().toBuffer(), Buffer.from(script)]);
  const { files } = await encodePicture(both);
  for (const { bytes } of files) expect(Buffer.from(bytes).toString("latin1")).not.toContain("script");
});

test.each([
  ["SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
  ["SVG behind a signature of GIF", Buffer.from('GIF89a<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>')],
  ["HTML", Buffer.from("<html><script>alert(1)</script>")],
  ["PDF", Buffer.from("%PDF-1.7\n1 0 obj\n")],
  ["the signature of PNG and nothing", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ["a RIFF that is sound", Buffer.from("RIFF\x24\x00\x00\x00WAVEfmt ")],
  ["nothing", Buffer.alloc(0)],
  ["HEIC", Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypheic\0\0\0\0heicmif1")])],
])("%s is refused", async (_, bytes) => {
  expect(await refusedAs(bytes)).toBe("picture_unreadable");
});

test("AVIF and TIFF are refused, whole as they are", async () => {
  for (const bytes of [await plain(40, 40).avif({ effort: 0 }).toBuffer(), await plain(40, 40).tiff().toBuffer()]) expect(await refusedAs(bytes)).toBe("picture_unreadable");
});

test.each(["jpeg", "png", "webp"] as const)("a %s that was cut off is refused", async (format) => {
  const whole = await noise(600, 400)[format]().toBuffer();
  for (const part of [0.1, 0.5, 0.9]) expect(await refusedAs(whole.subarray(0, Math.floor(whole.length * part)))).toBe("picture_unreadable");
});

/** A PNG of one bit a pixel, all black: 50 MB of nothing in 50 kB. */
function blackPng(width: number, height: number): Buffer {
  const chunk = (name: string, data: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(name), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const lines = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height), { level: 1 });
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk("IHDR", header), chunk("IDAT", lines), chunk("IEND", Buffer.alloc(0))]);
}

test("a bomb of 400 million pixels in some kilobytes is refused before it is decoded", async () => {
  expect(await refusedAs(blackPng(600, 400))).toBe("taken");
  const bomb = blackPng(20_000, 20_000);
  expect(bomb.length).toBeLessThan(500_000);
  // To decode it takes more of the processor than all other tests of these milliseconds.
  const begun = process.cpuUsage();
  for (let times = 0; times < 10; times++) expect(await refusedAs(bomb)).toBe("picture_unreadable");
  const { user, system } = process.cpuUsage(begun);
  expect(user + system, "microseconds").toBeLessThan(3_000_000);
});

test("many at once are decoded one after the other, and each gets its own", async () => {
  const sizes = [30, 40, 50, 60];
  const made = await Promise.all(sizes.map(async (size) => encodePicture(await plain(size, size).png().toBuffer())));
  expect(made.map(({ width }) => width)).toEqual(sizes);
});

test("a file is named by its id in lower case, there and back", () => {
  const key = pictureKey(ID, 640);
  expect([isKey(key), publicIdIn(key)]).toEqual([true, Buffer.from(ID, "base64url").toString("base64url")]);
  expect([publicIdIn("pictures/zz/640.webp"), publicIdIn("other/x")]).toEqual([null, null]);
  expect(listPictureFiles).toBeTypeOf("function");
});
