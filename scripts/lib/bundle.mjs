/** TypeScript of this project as one file for Node.js; packages stay outside, in node_modules. */
import { fileURLToPath } from "node:url";
import { projectRoot } from "./paths.mjs";
import { PlainError } from "./shutdown.mjs";

/** Our own modules, which esbuild would take for a package's because of the leading @. */
const ownModules = {
  name: "own-modules",
  setup(build) {
    build.onResolve({ filter: /^@\// }, ({ path, kind }) => build.resolve(`./${path.slice(2)}`, { resolveDir: projectRoot, kind }));
  },
};

/**
 * @param {{ entry: string, outfile: string, sourcemap: "inline" | "linked" }} bundle
 */
export async function bundleTs({ entry, outfile, sourcemap }) {
  // Loaded here: this file is read before the packages are installed.
  const { build, stop } = await import("esbuild");
  const done = build({
    entryPoints: [entry],
    outfile,
    sourcemap,
    absWorkingDir: projectRoot,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    jsx: "automatic",
    packages: "external",
    alias: { "server-only": fileURLToPath(new URL("./empty.mjs", import.meta.url)) },
    plugins: [ownModules],
    logLevel: "silent",
  });
  await done.catch((error) => Promise.reject(new PlainError(`${entry} cannot be bundled: ${error.message}`))).finally(stop);
}
