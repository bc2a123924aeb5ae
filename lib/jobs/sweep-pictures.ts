import "server-only";

import { db } from "@/db/client";
import { forgetUnusedPictures } from "@/lib/catalog/pictures/commands";
import { hasPictures, knownPictures } from "@/lib/catalog/pictures/queries";
import { perform } from "@/lib/perform";
import { dropPicture, listPictureFiles, publicIdIn } from "@/lib/picture-files";
import { isKey, storage, type Storage, type StoredFile } from "@/lib/storage";

import { clockActor, type Report } from "./job";

const DAY_MS = 86_400_000;
/** A picture that no product shows stays so long: it may be put back. */
const UNUSED_DAYS = 30;
/** Files are written before their row: what is a day old and has none never gets one. */
const ORPHAN_DAYS = 1;
const AT_ONCE = 500;

/** Throws away pictures that no product has shown for a month, and files of uploads that came to nothing. */
export async function sweepPictures(now: Date, deadline: number, store?: Storage): Promise<Report> {
  const place = store ?? (await storage());
  const unused = await sweepUnused(place, now, deadline);
  // A database that knows no picture is new, or not the one that these files belong to.
  const files = (await hasPictures(db())) ? await sweepOrphans(place, new Date(now.getTime() - ORPHAN_DAYS * DAY_MS), deadline) : 0;
  return { unused, files };
}

/** The row goes first: killed before the files went, they are orphans of a later run. */
async function sweepUnused(store: Storage, now: Date, deadline: number): Promise<number> {
  const since = new Date(now.getTime() - UNUSED_DAYS * DAY_MS);
  let total = 0;
  for (let more = true; more && Date.now() < deadline; ) {
    const gone = await perform(clockActor("housekeeping"), (ctx) => forgetUnusedPictures(ctx, since, AT_ONCE), now);
    for (const id of gone) await dropPicture(store, id);
    total += gone.length;
    more = gone.length === AT_ONCE;
  }
  return total;
}

async function sweepOrphans(store: Storage, before: Date, deadline: number): Promise<number> {
  let total = 0;
  let batch: StoredFile[] = [];
  for await (const file of listPictureFiles(store)) {
    if (Date.now() >= deadline) return total;
    if (file.writtenAt < before) batch.push(file);
    if (batch.length < AT_ONCE) continue;
    total += await deleteOrphans(store, batch);
    batch = [];
  }
  return total + (await deleteOrphans(store, batch));
}

async function deleteOrphans(store: Storage, files: readonly StoredFile[]): Promise<number> {
  const ids = files.flatMap(({ key }) => publicIdIn(key) ?? []);
  const known = await knownPictures(db(), ids);
  // What is there under no picture's name was left half written.
  const orphans = files.filter(({ key }) => isKey(key)).filter(({ key }) => !known.has(publicIdIn(key) ?? "") || !/\/\d+\.webp$/.test(key));
  for (const { key } of orphans) await store.delete(key);
  return orphans.length;
}
