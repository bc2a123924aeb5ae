import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { expect, test } from "vitest";

import { FACT_NAMES } from "@/lib/events/fact-subjects";

// Every command of staff leaves a fact behind: read off the source, so that a new one without is found before anybody misses it.

const ROOT = resolve(import.meta.dirname, "..");

const sources = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) ? [path] : [];
  });

type Source = { file: string; /** The text of each function and constant at the top level. */ parts: Map<string, string>; /** Where a name comes from. */ imports: Map<string, { file: string; name: string }> };

const DECLARED = /^(?:export )?(?:default )?(?:async )?(?:function\*?|const|let) (\w+)/;

function read(file: string): Source {
  const text = readFileSync(join(ROOT, file), "utf8");
  const parts = new Map<string, string>();
  let name = "";
  for (const line of text.split("\n")) {
    name = DECLARED.exec(line)?.[1] ?? name;
    if (name) parts.set(name, `${parts.get(name) ?? ""}${line}\n`);
  }
  const imports = new Map<string, { file: string; name: string }>();
  for (const [, names, target] of text.matchAll(/^import\s+\{([^}]*)\}\s+from\s+"([^"]+)";/gm)) {
    const from = placeOf(file, target!);
    for (const each of names!.split(",")) {
      const [own, as] = each.replace(/\btype\b/, "").trim().split(/\s+as\s+/);
      if (own && from) imports.set((as ?? own).trim(), { file: from, name: own.trim() });
    }
  }
  return { file, parts, imports };
}

function placeOf(file: string, target: string): string | null {
  if (!/^(@\/|\.)/.test(target)) return null;
  const base = target.startsWith("@/") ? target.slice(2) : join(dirname(file), target);
  return [".ts", ".tsx", "/index.ts"].map((end) => base + end).find((path) => existsSync(join(ROOT, path))) ?? null;
}

const all = new Map(["lib", "app", "server"].flatMap(sources).map((file) => [file, read(file)]));
const facts = new Set<string>(FACT_NAMES);

/** The facts that a piece of code can leave, by whatever functions it calls. */
function factsOf(file: string, text: string, seen = new Set<string>()): Set<string> {
  const found = new Set([...text.matchAll(/"([a-z_]+\.[a-z_]+)"/g)].map(([, name]) => name!).filter((name) => facts.has(name)));
  for (const [stem] of text.matchAll(/`(?:[a-z_]+|\$\{[^}]*\})\.(?:[a-z_]+|\$\{[^}]*\})`/g)) {
    const pattern = new RegExp(`^${stem.slice(1, -1).replaceAll(".", "\\.").replace(/\$\{[^}]*\}/g, "[a-z_]+")}$`);
    for (const fact of facts) if (pattern.test(fact)) found.add(fact);
  }
  const source = all.get(file);
  for (const [name] of text.matchAll(/\b[A-Za-z_]\w*\b/g)) {
    const target = source?.imports.get(name) ?? (source?.parts.has(name) ? { file, name } : undefined);
    const body = target && all.get(target.file)?.parts.get(target.name);
    const key = `${target?.file} ${target?.name}`;
    if (!body || seen.has(key)) continue;
    seen.add(key);
    for (const fact of factsOf(target.file, body, seen)) found.add(fact);
  }
  return found;
}

type Gate = { file: string; what: string; text: string };

/** The text between a call's brackets. */
function argumentsAt(text: string, from: number): string {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "(") depth++;
    if (text[at] === ")" && --depth === 0) return text.slice(from + 1, at);
  }
  return "";
}

const gatesIn = (file: string): Gate[] => {
  const text = readFileSync(join(ROOT, file), "utf8");
  return [...text.matchAll(/\b(staffCommand|staffAction|staffWithPermission)\(/g)].map((match) => {
    const inside = argumentsAt(text, match.index + match[1]!.length);
    // A handler of the API asks for the permission and works in the lines after that.
    const work = match[1] === "staffWithPermission" ? [...all.get(file)!.parts.values()].find((part) => part.includes(inside)) ?? "" : inside;
    return { file, what: `${match[1]} ${inside.slice(0, 60).replace(/\s+/g, " ")}`, text: work };
  });
};

const gates = [...all.keys()].filter((file) => file.startsWith("app/")).flatMap(gatesIn);

/** What changes nothing: it looks, counts or tries out. A download says itself what it tells; a file beside an adjustment is told with it. */
const ONLY_LOOKS: readonly RegExp[] = [
  /adjustments\/actions\.ts: staffAction "adjustments\.request", z\.strictObject\(\{ key/, /attachments\/handler\.ts/, /admin\/download\.ts/,
  /orders\/import\/actions\.ts: .*ParcelFileInput, async \(_/, /products\/actions\.ts: .*PreviewInput/, /rules\/actions\.ts: .*FormInput, async \(_/, /verify\/actions\.ts: .*PickupLookInput/,
  /settings\/service-actions\.ts: .*TryOutInput/, /segments\/actions\.ts: .*FormData\), async \(_/,
];

test("every command of staff leaves a fact in the audit log", () => {
  expect(gates.length).toBeGreaterThan(30);
  const silent = gates.filter(({ file, what, text }) => !ONLY_LOOKS.some((pattern) => pattern.test(`${file}: ${what}`)) && factsOf(file, text).size === 0);
  expect(silent.map(({ file, what }) => `${file}: ${what}`)).toEqual([]);
});

test("what is left out of that rule exists", () => {
  expect(ONLY_LOOKS.filter((pattern) => !gates.some(({ file, what }) => pattern.test(`${file}: ${what}`)))).toEqual([]);
});

/** What is about nobody: empty tables to fill in, digests for safekeeping, and what the page beside it shows as well. */
const TELLS_NOTHING = ["app/admin/adjustments/[id]/attachment/route.ts", "app/admin/adjustments/batch/template.csv/route.ts", "app/admin/audit/heads.json/route.ts", "app/admin/import/[kind]/template/route.ts"];

test("every table that staff takes out of the shop leaves a fact, and what is left out of that rule exists", () => {
  const downloads = [...all.keys()].filter((file) => /^app\/admin\/.+\/route\.ts$/.test(file) && readFileSync(join(ROOT, file), "utf8").includes("staffDownload("));
  expect(downloads.length).toBeGreaterThan(10);
  const silent = downloads.filter((file) => factsOf(file, readFileSync(join(ROOT, file), "utf8").replace(/^import .*$|\b(?:GET|POST|staffDownload)\b/gm, "")).size === 0);
  expect(silent.sort()).toEqual(TELLS_NOTHING);
});

test("every fact has a sentence in both languages, what it is about has a word, and no sentence is left of a fact that is gone", async () => {
  for (const locale of ["zh-CN", "en"]) {
    const words = JSON.parse(readFileSync(join(ROOT, `messages/${locale}/adminAudit.json`), "utf8")) as { facts: Record<string, Record<string, string>>; subjects: Record<string, string> };
    const told = Object.entries(words.facts).flatMap(([group, names]) => Object.keys(names).map((name) => `${group}.${name}`));
    expect(told.sort()).toEqual([...FACT_NAMES].sort());
    const sentences = Object.values(words.facts).flatMap((names) => Object.values(names));
    expect(sentences.filter((sentence) => sentence.trim() === "")).toEqual([]);
    const { SUBJECT_TYPES } = await import("@/lib/events/fact-subjects");
    expect(SUBJECT_TYPES.filter((type) => !words.subjects[type])).toEqual([]);
  }
});
