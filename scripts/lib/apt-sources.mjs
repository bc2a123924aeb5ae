/** The package sources that this Debian or Ubuntu itself uses: where from, and by whose keys. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const GENERIC_SUITES = ["stable", "oldstable", "testing", "unstable", "sid"];

/** What /etc/os-release says, or nothing on other systems. */
export function osRelease() {
  if (!existsSync("/etc/os-release")) return {};
  const lines = readFileSync("/etc/os-release", "utf8").matchAll(/^(\w+)="?([^"\n]*)"?$/gm);
  return Object.fromEntries([...lines].map(([, key, value]) => [key, value]));
}

/**
 * Stanzas of the release itself with its updates and security fixes; sources of other vendors are left out.
 * @returns {Record<string, string>[]} deb822 fields
 */
export function releaseSources() {
  const { UBUNTU_CODENAME, VERSION_CODENAME } = osRelease();
  const codename = UBUNTU_CODENAME ?? VERSION_CODENAME;
  const names = [codename, ...GENERIC_SUITES].filter(Boolean);
  const suites = names.flatMap((name) => [name, `${name}-updates`, `${name}-security`, `${name}/updates`]);
  const ofRelease = (source) => words(source.Suites).filter((suite) => suites.includes(suite)).join(" ");
  return allSources()
    .map((source) => ({ ...source, Types: "deb", Suites: ofRelease(source) }))
    .filter((source) => source.Suites !== "");
}

/** The same mirror and keys, asked for Debian unstable; null where the system is not Debian. */
export function unstableSources() {
  if (osRelease().ID !== "debian") return null;
  const mirror = releaseSources().find((source) => !/security/.test(source.Suites) && !/security/.test(source.URIs));
  return mirror ? [{ ...mirror, Suites: "sid", Components: "main" }] : null;
}

/** @param {Record<string, string>[]} sources */
export function formatSources(sources) {
  return sources.map((source) => Object.entries(source).map(([key, value]) => `${key}: ${value}\n`).join("")).join("\n");
}

function allSources() {
  const dir = "/etc/apt/sources.list.d";
  const files = ["/etc/apt/sources.list", ...(existsSync(dir) ? readdirSync(dir).map((name) => join(dir, name)) : [])].filter(existsSync);
  return files.flatMap((file) => {
    if (file.endsWith(".sources")) return parseStanzas(readFileSync(file, "utf8"));
    return file.endsWith(".list") ? parseLines(readFileSync(file, "utf8")) : [];
  });
}

/** The deb822 format: fields, continued on indented lines (a key may be written out that way). */
export function parseStanzas(text) {
  const stanzas = text.replace(/^#.*\n?/gm, "").split(/\n\s*\n/).map((stanza) =>
    Object.fromEntries([...stanza.matchAll(/^([\w-]+):[ \t]*(.*(?:\n[ \t].*)*)/gm)].map(([, key, value]) => [key, value.trimEnd()])),
  );
  return stanzas.filter((stanza) => words(stanza.Types).includes("deb") && stanza.Enabled?.toLowerCase() !== "no");
}

/** The classic format: `deb [option=value …] URI suite component …`. */
export function parseLines(text) {
  const lines = text.matchAll(/^deb[ \t]+(?:\[([^\]]*)\][ \t]+)?(\S+)[ \t]+(\S+)[ \t]*([^#\n]*)/gm);
  return [...lines].map(([, options = "", URIs, Suites, Components]) => {
    const option = Object.fromEntries(words(options).map((pair) => pair.split("=")));
    return {
      Types: "deb",
      URIs,
      Suites,
      Components: Components.trim(),
      ...(option["signed-by"] ? { "Signed-By": option["signed-by"].replaceAll(",", " ") } : {}),
      ...(option.arch ? { Architectures: option.arch.replaceAll(",", " ") } : {}),
      ...(option.trusted ? { Trusted: option.trusted } : {}),
    };
  });
}

function words(text = "") {
  return text.split(/\s+/).filter(Boolean);
}
