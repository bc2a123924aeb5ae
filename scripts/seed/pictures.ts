import { inArray } from "drizzle-orm";
import sharp from "sharp";

import { db } from "@/db/client";
import { products } from "@/db/schema";
import { addPicture, setProductPictures } from "@/lib/catalog/pictures/commands";
import type { Actor } from "@/lib/ctx";
import { publicId } from "@/lib/id";
import { perform } from "@/lib/perform";
import { encodePicture, keepPicture } from "@/lib/picture-files";
import { storage } from "@/lib/storage";

const SIDE = 960;

type Shot = { svg: string; alt: string; altEn: string };

/** Drawn here, so that the demo shows real pictures without a photograph in the sources. */
const SHOTS: Readonly<Record<string, readonly Shot[]>> = {
  "stoneware-mug": [
    { svg: mug("#5f7f5a", "#3d5a3b"), alt: "苔绿色粗陶马克杯，放在浅色台面上", altEn: "The mug in moss green on a pale table" },
    { svg: mug("#d9c7a6", "#b39a70"), alt: "燕麦色粗陶马克杯", altEn: "The mug in oat" },
    { svg: mug("#34466b", "#1f2c49"), alt: "夜蓝色粗陶马克杯", altEn: "The mug in night blue" },
  ],
  "white-tea-tin": [{ svg: tin(), alt: "银色茶罐，贴着手写标签", altEn: "A silver tea tin with a hand-written label" }],
};

/** Gives some demo products pictures of their own. Where they cannot be kept the illustrations stay, and the shop is whole all the same. */
export async function seedPictures(merchant: Actor, at: Date): Promise<void> {
  try {
    const rows = await db().select({ id: products.id, slug: products.slug }).from(products).where(inArray(products.slug, Object.keys(SHOTS)));
    for (const { id, slug } of rows) await givePictures(merchant, id, SHOTS[slug]!, at);
  } catch (error) {
    console.error(`demo pictures were left out: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function givePictures(merchant: Actor, productId: number, shots: readonly Shot[], at: Date): Promise<void> {
  const store = await storage();
  const pictures: { pictureId: string; alt: string; altEn: string }[] = [];
  for (const { svg, alt, altEn } of shots) {
    const encoded = await encodePicture(await sharp(Buffer.from(svg)).png({ compressionLevel: 1 }).toBuffer());
    const id = publicId();
    await keepPicture(store, id, encoded);
    const bytes = encoded.files.reduce((sum, file) => sum + file.bytes.byteLength, 0);
    await perform(merchant, (ctx) => addPicture(ctx, { id, width: encoded.width, height: encoded.height, bytes }), at);
    pictures.push({ pictureId: id, alt, altEn });
  }
  await perform(merchant, (ctx) => setProductPictures(ctx, { requestId: "seed-pictures", productId, pictures }), at);
}

/** A wall and a table in soft light, with something on it. */
function scene(thing: string, defs = ""): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}" viewBox="0 0 960 960"><defs>
    <linearGradient id="wall" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#f7f2e8"/><stop offset="1" stop-color="#e2d8c5"/></linearGradient>
    <linearGradient id="table" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#d8c4a4"/><stop offset="1" stop-color="#c3a980"/></linearGradient>
    <radialGradient id="light" cx=".28" cy=".18" r=".8"><stop offset="0" stop-color="#fff" stop-opacity=".75"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient>
    <radialGradient id="shade"><stop offset="0" stop-color="#3a2c18" stop-opacity=".5"/><stop offset="1" stop-color="#3a2c18" stop-opacity="0"/></radialGradient>${defs}</defs>
    <path fill="url(#wall)" d="M0 0h960v960H0z"/><path fill="url(#table)" d="M0 690h960v270H0z"/><path fill="url(#light)" d="M0 0h960v960H0z"/>${thing}</svg>`;
}

function mug(glaze: string, dark: string): string {
  const defs = `<linearGradient id="body" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="${glaze}"/><stop offset=".22" stop-color="#fff" stop-opacity=".0"/><stop offset="1" stop-color="${dark}"/></linearGradient>
    <linearGradient id="base" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="${glaze}"/><stop offset=".6" stop-color="${glaze}"/><stop offset="1" stop-color="${dark}"/></linearGradient>`;
  return scene(
    `<ellipse cx="500" cy="770" rx="330" ry="52" fill="url(#shade)"/>
     <path d="M640 440c120-40 190 20 180 110s-100 150-200 120" fill="none" stroke="${dark}" stroke-width="46" stroke-linecap="round"/>
     <path d="M640 436c112-36 172 18 164 104s-90 138-186 112" fill="none" stroke="${glaze}" stroke-width="30" stroke-linecap="round"/>
     <path d="M256 330h420c0 0 8 230-28 372-14 54-52 78-98 78H382c-46 0-84-24-98-78-36-142-28-372-28-372z" fill="url(#base)"/>
     <path d="M283 700c60 24 306 24 366 0-12 54-44 80-108 80H391c-64 0-96-26-108-80z" fill="#e8dcc6" opacity=".85"/>
     <ellipse cx="466" cy="330" rx="210" ry="46" fill="${dark}"/><ellipse cx="466" cy="336" rx="186" ry="36" fill="#4b2f1b"/>
     <path d="M318 400c-8 90-2 190 14 262" fill="none" stroke="#fff" stroke-opacity=".35" stroke-width="20" stroke-linecap="round"/>
     <path d="M410 236c-30-44 30-66 0-116M486 224c-30-44 30-66 0-116M560 238c-30-44 30-66 0-116" fill="none" stroke="#fff" stroke-opacity=".55" stroke-width="14" stroke-linecap="round"/>`, defs);
}

function tin(): string {
  const defs = `<linearGradient id="steel" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#8f9499"/><stop offset=".18" stop-color="#f3f5f6"/><stop offset=".5" stop-color="#b9bec2"/><stop offset=".82" stop-color="#e6e9eb"/><stop offset="1" stop-color="#7b8085"/></linearGradient>`;
  return scene(
    `<ellipse cx="490" cy="790" rx="290" ry="46" fill="url(#shade)"/>
     <path d="M290 300h380v470c0 30-380 30-380 0z" fill="url(#steel)"/><path d="M280 210h400v96c0 26-400 26-400 0z" fill="url(#steel)"/>
     <ellipse cx="480" cy="210" rx="200" ry="32" fill="#dfe3e6" stroke="#9ba0a5" stroke-width="4"/>
     <path d="M290 318c60 22 320 22 380 0" fill="none" stroke="#6d7277" stroke-width="4" opacity=".6"/>
     <path d="M352 420h256v260c-70 12-186 12-256 0z" fill="#fbf6ea"/><path d="M352 420h256v26H352z" fill="#0b6b4e"/>
     <g fill="none" stroke="#0b6b4e" stroke-width="7" stroke-linecap="round"><path d="M480 640c-4-70 0-110 0-140"/><path d="M480 590c-44-4-66-34-70-72 42 4 66 30 70 72zM480 560c44-4 66-34 70-72-42 4-66 30-70 72z" fill="#cfe6d8"/></g>`, defs);
}
