import { randomUUID } from "node:crypto";
import { mkdtemp, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import { db } from "@/db/client";
import { products, skus } from "@/db/schema";
import { publicId } from "@/lib/id";
import { sweepPictures } from "@/lib/jobs/sweep-pictures";
import { perform } from "@/lib/perform";
import { keepPicture, listPictureFiles, pictureKey } from "@/lib/picture-files";
import { diskStorage, type Storage } from "@/lib/storage";
import { count, rows } from "@/test/database";
import { aMug, atOnce, aUser, eventsAbout, refusalOf, theShop, type TestProduct, type TestUser } from "@/test/world";

import { addPicture, forgetUnusedPictures, setProductPictures } from "./commands";
import { firstPictureOf, listProductPictures } from "./queries";
import { ProductPicturesInput } from "./schema";

const DAY_MS = 86_400_000;
let merchant: TestUser;
let folder: string;
let store: Storage;

beforeAll(async () => {
  merchant = await aUser({ name: "merchant", role: "staff" });
  folder = await mkdtemp(join(tmpdir(), "pictures-"));
  store = diskStorage(folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** A picture with its files, as an upload leaves it. */
async function aPicture(at = new Date()): Promise<string> {
  const id = publicId();
  await keepPicture(store, id, { files: [{ width: 320, bytes: new Uint8Array([1]) }, { width: 640, bytes: new Uint8Array([2]) }] });
  await perform(merchant.actor, (ctx) => addPicture(ctx, { id, width: 500, height: 400, bytes: 2 }), at);
  return id;
}

type Wanted = readonly (string | { pictureId: string; alt?: string; altEn?: string })[];

const show = (product: TestProduct, wanted: Wanted, now?: Date): Promise<void> =>
  perform(merchant.actor, (ctx) => setProductPictures(ctx, ProductPicturesInput.parse({
    requestId: randomUUID(), productId: product.id, pictures: wanted.map((each) => (typeof each === "string" ? { pictureId: each } : each)),
  })), now);

const shownOf = async (product: TestProduct): Promise<string[]> => (await listProductPictures(db(), product.id)).map(({ id }) => id);
const unusedSince = async (id: string): Promise<Date | null> => (await rows<{ unused_since: Date | null }>("SELECT unused_since FROM pictures WHERE public_id = ?", [id]))[0]!.unused_since;

async function filesOf(id: string): Promise<number> {
  let found = 0;
  for await (const { key } of listPictureFiles(store)) if (key.startsWith(pictureKey(id, 320).slice(0, -8))) found++;
  return found;
}

test("pictures stand in the order they were given, with their words, and the first is the product's cover", async () => {
  const [mug, other] = [await aMug(), await aMug()];
  const [front, back] = [await aPicture(), await aPicture()];
  await show(mug, [{ pictureId: front, alt: "正面", altEn: "Front" }, back]);
  expect(await listProductPictures(db(), mug.id)).toEqual([{ id: front, width: 500, height: 400, alt: "正面", altEn: "Front" }, { id: back, width: 500, height: 400, alt: "", altEn: "" }]);
  await show(mug, [back, front]);
  expect(await shownOf(mug)).toEqual([back, front]);
  const covers = await db().select({ id: products.id, cover: firstPictureOf(products.id) }).from(products).innerJoin(skus, eq(skus.productId, products.id)).where(inArray(products.id, [mug.id, other.id])).orderBy(products.id);
  expect(covers).toEqual([{ id: mug.id, cover: { id: back, width: 500, height: 400 } }, { id: other.id, cover: null }]);
});

test("a change is written down with what was there before, and no change is not", async () => {
  const mug = await aMug();
  const id = await aPicture();
  await show(mug, [{ pictureId: id, alt: "杯子" }]);
  await show(mug, [{ pictureId: id, alt: "杯子" }]);
  await show(mug, []);
  const changes = (await eventsAbout("product", mug.id)).filter(({ name }) => name === "product.changed").map(({ actor_id, data }) => [actor_id, data.changes]);
  const shown = [{ pictureId: id, alt: "杯子", altEn: "" }];
  expect(changes).toEqual([[merchant.id, { pictures: [[], shown] }], [merchant.id, { pictures: [shown, []] }]]);
});

test("who has the product's own form open meanwhile can still save it", async () => {
  const mug = await aMug();
  const version = () => rows<{ updated_at: Date }>("SELECT updated_at FROM products WHERE id = ?", [mug.id]);
  const before = await version();
  await show(mug, [await aPicture()], new Date(Date.now() + DAY_MS));
  expect(await version()).toEqual(before);
});

test("a picture or a product that is not there is refused, and nothing changes", async () => {
  const mug = await aMug();
  const id = await aPicture();
  await show(mug, [id]);
  expect(await refusalOf(show(mug, [id, publicId()]))).toBe("not_found");
  expect(await refusalOf(show({ ...mug, id: 999_999_999 }, [id]))).toBe("not_found");
  expect(await shownOf(mug)).toEqual([id]);
});

test.each([["thirteen pictures", Array.from({ length: 13 }, () => ({ pictureId: publicId() }))], ["one picture twice", Array.from({ length: 2 }, () => ({ pictureId: "A".repeat(22) }))], ["a path for an id", [{ pictureId: "../../../../etc/passwd" }]], ["a novel for a text", [{ pictureId: "A".repeat(22), alt: "x".repeat(121) }]]])("%s are no input", (_, pictures) => {
  expect(ProductPicturesInput.safeParse({ requestId: "x", productId: 1, pictures }).success).toBe(false);
});

test("twenty that save one product at once leave one of their orders whole", async () => {
  const mug = await aMug();
  const ids = [await aPicture(), await aPicture(), await aPicture()];
  await atOnce(20, (index) => show(mug, index % 2 ? ids : [...ids].reverse()));
  expect([ids, [...ids].reverse()]).toContainEqual(await shownOf(mug));
  expect(await count("SELECT COUNT(*) FROM product_pictures WHERE product_id = ?", [mug.id])).toBe(3);
});

test("a picture is unused from its upload and from when the last product drops it", async () => {
  const [mug, plate] = [await aMug(), await aMug()];
  const start = new Date("2026-01-01T00:00:00Z");
  const later = (days: number) => new Date(start.getTime() + days * DAY_MS);
  const id = await aPicture(start);
  expect(await unusedSince(id)).toEqual(start);
  await show(mug, [id], later(1));
  await show(plate, [id], later(1));
  expect(await unusedSince(id)).toBeNull();
  await show(mug, [], later(2));
  expect(await unusedSince(id)).toBeNull();
  await show(plate, [], later(3));
  expect(await unusedSince(id)).toEqual(later(3));
});

test("the sweep throws away what nobody showed for thirty days with its files, and keeps all else", async () => {
  const mug = await aMug();
  const long = new Date(Date.now() - 31 * DAY_MS);
  const [shown, dropped, fresh] = [await aPicture(long), await aPicture(long), await aPicture()];
  await show(mug, [shown], long);
  const report = await sweepPictures(new Date(), Date.now() + 20_000, store);
  expect(report.unused).toBeGreaterThanOrEqual(1);
  expect([await filesOf(shown), await filesOf(dropped), await filesOf(fresh)]).toEqual([2, 0, 2]);
  expect(await count("SELECT COUNT(*) FROM pictures WHERE public_id = ?", [dropped])).toBe(0);
});

test("files without a row are swept after a day and not before; files with one never, however old", async () => {
  const kept = await aPicture();
  const age = async (id: string): Promise<void> => {
    const long = new Date(Date.now() - 2 * DAY_MS);
    for (const width of [320, 640] as const) await utimes(join(folder, pictureKey(id, width)), long, long);
  };
  const [old, young] = [publicId(), publicId()];
  for (const id of [old, young]) await keepPicture(store, id, { files: [{ width: 320, bytes: new Uint8Array([1]) }, { width: 640, bytes: new Uint8Array([1]) }] });
  await store.put(`${pictureKey(kept, 320)}.0a1b.part`, new Uint8Array([1]), "image/webp");
  await age(old);
  await age(kept);
  const long = new Date(Date.now() - 2 * DAY_MS);
  await utimes(join(folder, `${pictureKey(kept, 320)}.0a1b.part`), long, long);
  expect((await sweepPictures(new Date(), Date.now() + 20_000, store)).files).toBe(3);
  expect([await filesOf(old), await filesOf(young), await filesOf(kept)]).toEqual([0, 2, 2]);
});

test("a sweep that dies before the files went leaves them to the next", async () => {
  const id = await aPicture(new Date(Date.now() - 40 * DAY_MS));
  const broken: Storage = { ...store, delete: () => Promise.reject(new Error("the bucket is out of reach")) };
  await expect(sweepPictures(new Date(), Date.now() + 20_000, broken)).rejects.toThrow("out of reach");
  expect([await count("SELECT COUNT(*) FROM pictures WHERE public_id = ?", [id]), await filesOf(id)]).toEqual([0, 2]);
  await aPicture();
  await sweepPictures(new Date(Date.now() + 2 * DAY_MS), Date.now() + 20_000, store);
  expect(await filesOf(id)).toBe(0);
});

test("a picture that is taken and swept at once is shown or refused, and never shown without its row", async () => {
  for (let round = 0; round < 5; round++) {
    const mug = await aMug();
    const id = await aPicture(new Date(Date.now() - 40 * DAY_MS));
    const [taken] = await Promise.allSettled([show(mug, [id]), perform(theShop, (ctx) => forgetUnusedPictures(ctx, new Date(Date.now() - 30 * DAY_MS), 100))]);
    expect(await shownOf(mug)).toEqual(taken.status === "fulfilled" ? [id] : []);
    expect(await count("SELECT COUNT(*) FROM pictures WHERE public_id = ?", [id])).toBe(taken.status === "fulfilled" ? 1 : 0);
  }
});
