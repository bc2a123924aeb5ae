import "server-only";

import { createHash } from "node:crypto";

/** The SHA-256 digest of text or bytes, or of many one after the other. */
export function sha256(...parts: readonly (string | Buffer)[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}
