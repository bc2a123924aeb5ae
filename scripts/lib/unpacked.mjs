/** Trees of unpacked packages in the shared cache, and how to run a program of theirs with nothing of the system. */
import { existsSync, readdirSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { cacheDir } from "./paths.mjs";

export const packagesDir = join(cacheDir, "packages");

/** Finished trees of `name`, newest name first. A half-made one has another name until it is complete. */
export function unpackedTrees(name) {
  if (!existsSync(packagesDir)) return [];
  const trees = readdirSync(packagesDir).filter((entry) => entry.startsWith(`${name}@`) && !entry.includes(".part-"));
  return trees.sort().reverse().map((entry) => join(packagesDir, entry));
}

/** Library directories of a tree, for the loader's --library-path or LD_LIBRARY_PATH. */
export function libraryDirs(tree) {
  return ["usr/lib", "lib"].flatMap((dir) => multiarchDirs(join(tree, dir)));
}

function multiarchDirs(dir) {
  if (!existsSync(dir)) return [];
  const dirs = readdirSync(dir).filter((entry) => /-linux-gnu/.test(entry)).map((entry) => join(dir, entry));
  // Parts of PulseAudio name the folder that they expect to be installed in.
  return dirs.flatMap((path) => [path, join(path, "pulseaudio")]).filter(existsSync);
}

/**
 * The command that runs `program` with the tree's own loader and libraries: newer than the system's, yet apart from them.
 * @returns {string[]}
 */
export function commandIn(tree, program) {
  const dirs = libraryDirs(tree);
  const loader = dirs.flatMap(filesIn).find((file) => /\/ld-linux[^/]*\.so\.\d+$/.test(file));
  if (!loader) throw new Error(`no loader in ${tree}`);
  return [named(tree, loader, program), "--library-path", dirs.join(":"), join(tree, program)];
}

function filesIn(dir) {
  return readdirSync(dir).map((name) => join(dir, name));
}

/** A link to the loader that bears the program's name: `ps` and `pgrep` then show mysqld, not ld-linux. */
function named(tree, loader, program) {
  const link = join(tree, basename(program));
  try {
    symlinkSync(loader, link);
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  return link;
}
