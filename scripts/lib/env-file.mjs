/** `.env.local`: the settings of this machine, and the secrets that the first start makes. */
import { randomBytes } from "node:crypto";
import { appendFileSync, chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "./lock.mjs";
import { projectRoot, projectRunDir } from "./paths.mjs";

const SECRET_BYTES = 32;
const SECRETS = ["NEXTAUTH_SECRET", "CRON_SECRET"];
const file = join(projectRoot, ".env.local");

/** Reads `.env.local` into the environment. What is set already wins, even when set to nothing. */
export function loadEnvFile() {
  if (!existsSync(file)) return;
  for (const [key, value] of Object.entries(parseEnv(readFileSync(file, "utf8")))) process.env[key] ??= value;
}

/** Adds the secrets that neither the environment nor `.env.local` has. Values that exist are never changed. */
export async function ensureSecrets() {
  await withLock(join(projectRunDir, "env.lock"), async () => {
    const written = existsSync(file) ? readFileSync(file, "utf8") : "";
    const missing = SECRETS.filter((name) => !process.env[name] && !parseEnv(written)[name]);
    if (missing.length > 0) appendSecrets(written, missing);
  });
  loadEnvFile();
}

function appendSecrets(written, names) {
  const heading = written === "" ? "# Made by the first start. Keep it: a new secret signs everybody out.\n" : "";
  const separator = written === "" || written.endsWith("\n") ? "" : "\n";
  const lines = names.map((name) => `${name}=${randomSecret()}\n`).join("");
  appendFileSync(file, separator + heading + lines, { mode: 0o600 });
  chmodSync(file, 0o600);
}

export function randomSecret() {
  return randomBytes(SECRET_BYTES).toString("base64url");
}

/** @returns {Record<string, string>} */
export function parseEnv(text) {
  const lines = text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*(.*?)[ \t]*$/gm);
  return Object.fromEntries([...lines].map(([, key, value]) => [key, value.replace(/^(["'])(.*)\1$/, "$2")]));
}
