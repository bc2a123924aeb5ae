import { defineConfig, globalIgnores } from "eslint/config";
import nextVitals from "eslint-config-next/core-web-vitals";
import nextTs from "eslint-config-next/typescript";

// Words belong in messages/; marks that read the same in every language may stay.
const marks = ["·", "›", "‹", "+", "−", "×", "/", ":", "✓", "%", "—", "(", ")"];

export default defineConfig([
  ...nextVitals,
  ...nextTs,
  {
    files: ["app/**/*.tsx", "components/**/*.tsx"],
    rules: { "react/jsx-no-literals": ["error", { noStrings: false, allowedStrings: marks, ignoreProps: true }] },
  },
  {
    // Product pictures are small SVG files of ours: the image optimiser has nothing to do for them.
    rules: { "@next/next/no-img-element": "off" },
  },
  {
    // An underscore says that a field is named to be left out of the rest.
    files: ["**/*.ts", "**/*.tsx"],
    rules: { "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }] },
  },
  globalIgnores([".next/**", ".data/**", "next-env.d.ts", "drizzle/**"]),
]);
