import { chmod, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { aBucket, type Bucket } from "@/test/bucket";

import { encodePicture, keepPicture } from "./picture-files";
import { diskStorage, isKey, type Storage } from "./storage";
import { s3Storage } from "./storage-s3";

let folder: string;
let bucket: Bucket;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "storage-"));
  bucket = await aBucket();
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await bucket.close();
});

const drivers: Record<string, () => Promise<Storage>> = { disk: async () => diskStorage(folder), S3: () => s3Storage(bucket.settings) };

async function keysOf(store: Storage, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys.sort();
}

describe.each(Object.keys(drivers))("%s", (name) => {
  const bytes = new Uint8Array([0, 1, 2, 255, 10, 13]);

  test("gives back what was put, byte for byte, and takes the latest for the truth", async () => {
    const store = await drivers[name]!();
    await store.put("a/one.webp", bytes, "image/webp");
    expect(new Uint8Array((await store.get("a/one.webp"))!)).toEqual(bytes);
    await store.put("a/one.webp", new Uint8Array([7]), "image/webp");
    expect(new Uint8Array((await store.get("a/one.webp"))!)).toEqual(new Uint8Array([7]));
    const large = new Uint8Array(3_000_000).fill(9);
    await store.put("a/large.webp", large, "image/webp");
    expect((await store.get("a/large.webp"))!.length).toBe(3_000_000);
  });

  test("has nothing where nothing was put, and what is deleted is gone, however often", async () => {
    const store = await drivers[name]!();
    expect(await store.get("b/nothing.webp")).toBeNull();
    await store.put("b/two.webp", bytes, "image/webp");
    await store.delete("b/two.webp");
    await store.delete("b/two.webp");
    expect(await store.get("b/two.webp")).toBeNull();
  });

  test("lists what is under a name, page after page, and since when", async () => {
    const store = await drivers[name]!();
    const keys = [1, 2, 3, 4, 5, 6, 7].map((number) => `list/p${number}/320.webp`);
    for (const key of keys) await store.put(key, bytes, "image/webp");
    await store.put("lists/other.webp", bytes, "image/webp");
    expect(await keysOf(store, "list/")).toEqual(keys);
    expect(await keysOf(store, "none/")).toEqual([]);
    for await (const { writtenAt } of store.list("list/p1/")) expect(Math.abs(Date.now() - writtenAt.getTime())).toBeLessThan(60_000);
  });

  test.each(["../up", "a/../../up", "/etc/passwd", "a//b", "", "A/b", "a/.hidden", "a\\b", "a b", "a/b/", "%2e%2e/up", "a\0b", "x".repeat(300)])("the key %j is refused by every door", async (key) => {
    const store = await drivers[name]!();
    expect(isKey(key)).toBe(false);
    await expect(store.put(key, bytes, "image/webp")).rejects.toThrow("a key of the storage");
    await expect(store.get(key)).rejects.toThrow("a key of the storage");
    await expect(store.delete(key)).rejects.toThrow("a key of the storage");
  });
});

test("on a disk an unfinished file is never under the name, and a failure leaves none behind", async () => {
  const store = diskStorage(folder);
  await writeFile(join(folder, "in-the-way"), "a file");
  await expect(store.put("in-the-way/one.webp", new Uint8Array([1]), "image/webp")).rejects.toThrow();
  await Promise.all(Array.from({ length: 20 }, (_, index) => store.put("same/one.webp", new Uint8Array(50_000).fill(index), "image/webp")));
  const kept = new Set((await store.get("same/one.webp"))!);
  expect(kept.size).toBe(1);
  expect(await readdir(join(folder, "same"))).toEqual(["one.webp"]);
});

test("a disk that cannot be written says so, and no file of the picture stays", async () => {
  const picture = await encodePicture(await import("sharp").then(({ default: sharp }) => sharp({ create: { width: 900, height: 900, channels: 3, background: "#fff" } }).png().toBuffer()));
  const full: Storage = { ...diskStorage(folder), put: async (key, bytes, type) => {
    if (key.endsWith("640.webp")) throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    await diskStorage(folder).put(key, bytes, type);
  } };
  await expect(keepPicture(full, "AAAAAAAAAAAAAAAAAAAAAA", picture)).rejects.toThrow("no space left");
  expect(await keysOf(diskStorage(folder), "pictures/")).toEqual([]);
});

test("a folder without permission is an error that names it, and no silence", async () => {
  const closed = await mkdtemp(join(tmpdir(), "closed-"));
  await chmod(closed, 0o500);
  // Root may write anywhere: for it a file in the way stands for the lack of permission.
  const store = diskStorage(process.getuid?.() === 0 ? "/dev/null" : closed);
  await expect(store.put("a/one.webp", new Uint8Array([1]), "image/webp")).rejects.toThrow(/EACCES|ENOTDIR|EEXIST/);
  await rm(closed, { recursive: true, force: true });
});

test("S3 gets the bucket's name in the path and the type of what it keeps, and every request is signed", async () => {
  const store = await s3Storage(bucket.settings);
  await store.put("type/one.webp", new Uint8Array([1]), "image/webp");
  expect(bucket.requests.at(-1)).toMatch(/^PUT \/shop\/type\/one\.webp/);
  expect(bucket.objects.get("type/one.webp")?.type).toBe("image/webp");
});

test("a wrong secret is refused by the bucket, and a bucket that is down is an error: neither is taken for a missing file", async () => {
  const stranger = await s3Storage({ ...bucket.settings, secretAccessKey: "another secret" });
  await expect(stranger.put("c/one.webp", new Uint8Array([1]), "image/webp")).rejects.toThrow("SignatureDoesNotMatch");
  await expect(stranger.get("a/large.webp")).rejects.toThrow("SignatureDoesNotMatch");
  expect(bucket.objects.has("c/one.webp")).toBe(false);
  const store = await s3Storage(bucket.settings);
  bucket.breakWith(503);
  await expect(store.get("a/large.webp")).rejects.toThrow();
  bucket.breakWith(null);
  expect((await store.get("a/large.webp"))?.length).toBe(3_000_000);
});
