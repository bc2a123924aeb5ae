import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { expect, test } from "vitest";

test.each(["app-page-turbo.runtime.prod.js", "app-page-turbo.runtime.dev.js"])("React's script in %s still takes the time of the last paint from $RT, and shows what came with the next frame where there is none", (file) => {
  const code = readFileSync(createRequire(import.meta.url).resolve(`next/dist/compiled/next-server/${file}`), "utf8");
  expect(code).toContain('"number"!==typeof $RT?requestAnimationFrame($RV.bind(null,$RB))');
});
