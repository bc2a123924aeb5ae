import "server-only";

import { db } from "@/db/client";
import { hasAttachments, knownAttachments } from "@/lib/adjustments/queries";
import { listAttachmentFiles } from "@/lib/attachment-files";
import { isKey, storage, type Storage, type StoredFile } from "@/lib/storage";

const DAY_MS = 86_400_000;
const AT_ONCE = 500;

/** Throws away files that were uploaded for an adjustment which was never asked for, or whose person was forgotten. */
export async function sweepAttachments(now: Date, deadline: number, store?: Storage): Promise<number> {
  // A database that knows none is new, or not the one that these files belong to.
  if (!(await hasAttachments(db()))) return 0;
  const place = store ?? (await storage());
  const before = new Date(now.getTime() - DAY_MS);
  let total = 0;
  let batch: StoredFile[] = [];
  for await (const file of listAttachmentFiles(place)) {
    if (Date.now() >= deadline) return total;
    if (file.writtenAt < before) batch.push(file);
    if (batch.length < AT_ONCE) continue;
    total += await deleteOrphans(place, batch);
    batch = [];
  }
  return total + (await deleteOrphans(place, batch));
}

async function deleteOrphans(store: Storage, files: readonly StoredFile[]): Promise<number> {
  const known = await knownAttachments(db(), files.map(({ key }) => key).filter(isKey));
  const orphans = files.filter(({ key }) => isKey(key) && !known.has(key));
  for (const { key } of orphans) await store.delete(key);
  return orphans.length;
}
