import "server-only";

import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat, unlink } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";

import { env, s3SettingsOf } from "./env";
import { invariant } from "./invariant";

/** Something kept under a key, and since when. */
export type StoredFile = { key: string; writtenAt: Date };

/** Where uploads are kept: on this machine's disk, or in a bucket that all machines share. */
export type Storage = {
  /** Whole or not at all: nobody reads half of what is being written. */
  put: (key: string, bytes: Uint8Array, contentType: string) => Promise<void>;
  get: (key: string) => Promise<Uint8Array<ArrayBuffer> | null>;
  /** What is not there is gone already. */
  delete: (key: string) => Promise<void>;
  /** Everything whose key begins so, in no order. */
  list: (prefix: string) => AsyncIterable<StoredFile>;
};

const shared = globalThis as { pointsMallBucket?: Promise<Storage> };

/** The shop's storage, as its settings say. */
export async function storage(): Promise<Storage> {
  const settings = s3SettingsOf(env());
  if (!settings) return diskStorage(resolve(env().STORAGE_DIR));
  return (shared.pointsMallBucket ??= import("./storage-s3").then(({ s3Storage }) => s3Storage(settings)));
}

const KEY_MAX = 200;

/** A key is a path of plain names: none leads up or out, and none is another one's where a disk ignores case. */
export const isKey = (key: string): boolean => key.length <= KEY_MAX && /^[a-z0-9_-][a-z0-9_.-]*(?:\/[a-z0-9_-][a-z0-9_.-]*)*$/.test(key);

export function assertKey(key: string): void {
  invariant(isKey(key), "a key of the storage is a path of plain names");
}

/** Files under a folder. A file appears under its name when it is whole and on the disk. */
export function diskStorage(folder: string): Storage {
  const pathOf = (key: string): string => {
    assertKey(key);
    return join(folder, ...key.split("/"));
  };
  return {
    async put(key, bytes) {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true });
      await writeWhole(path, bytes);
    },
    async get(key) {
      const found = await readFile(pathOf(key)).catch(nullIfMissing);
      return found && new Uint8Array(found);
    },
    async delete(key) {
      const path = pathOf(key);
      await unlink(path).catch(nullIfMissing);
      // The last file of a picture takes its folder with it; one that is not empty stays.
      if (dirname(path) !== folder) await rmdir(dirname(path)).catch(() => null);
    },
    list: (prefix) => filesUnder(folder, prefix),
  };
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const unfinished = `${path}.${randomUUID()}.part`;
  try {
    const file = await open(unfinished, "wx", 0o644);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** What a process that died left unfinished is among them: it is nobody's file, and swept as such. */
async function* filesUnder(folder: string, prefix: string): AsyncGenerator<StoredFile> {
  const start = join(folder, ...prefix.split("/").slice(0, -1));
  const entries = await readdir(start, { recursive: true, withFileTypes: true }).catch(nullIfMissing);
  for (const entry of entries ?? []) {
    const path = join(entry.parentPath, entry.name);
    const key = relative(folder, path).split(sep).join("/");
    if (!entry.isFile() || !key.startsWith(prefix)) continue;
    const seen = await stat(path).catch(nullIfMissing);
    if (seen) yield { key, writtenAt: seen.mtime };
  }
}

function nullIfMissing(error: unknown): null {
  if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR" || error.code === "EISDIR")) return null;
  throw error;
}
