import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

import { expect, test } from "vitest";

// The rules of docs/ARCHITECTURE.md and docs/STYLE.md that can be read off the source text.

const ROOT = resolve(import.meta.dirname, "..");
const NOT_OURS = new Set(["node_modules", ".next", ".data", ".git", "test-results", "playwright-report", "screenshots", "next-env.d.ts", "package-lock.json", "tsconfig.tsbuildinfo"]);
const LINES_MAX = 400;
const LINES_MANY = 300;

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name) || entry.name.startsWith(".env")) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [relative(ROOT, path)];
  });
}

const files = walk(ROOT).sort();
const textOf = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const isTest = (file: string): boolean => /\.(test|spec)\.tsx?$/.test(file) || /^(test|e2e)\//.test(file);
const code = files.filter((file) => /\.(ts|tsx|mjs|mts)$/.test(file) && !file.endsWith(".d.ts") && !file.endsWith(".d.mts"));
const source = code.filter((file) => !isTest(file));

type Import = { from: string; to: string; isType: boolean };

/** What a file imports: a file of ours by its path, a package by its name. */
function importsOf(file: string): Import[] {
  const text = textOf(file);
  const found = [...text.matchAll(/^(?:import|export)\s+(type\s+)?(?:([\s\S]*?)\s+from\s+)?"([^"]+)";?$/gm), ...text.matchAll(/()()\bimport\("([^"]+)"\)/g)];
  return found.map(([, type, names, target]) => ({ from: file, to: placeOf(file, target!), isType: Boolean(type) || onlyTypes(names ?? "") }));
}

const onlyTypes = (names: string): boolean => /^\{[^}]*\}$/.test(names) && names.slice(1, -1).split(",").filter((name) => name.trim()).every((name) => /^\s*type\s/.test(name));

function placeOf(file: string, target: string): string {
  if (!target.startsWith("@/") && !target.startsWith(".")) return target;
  const base = target.startsWith("@/") ? join(ROOT, target.slice(2)) : resolve(ROOT, dirname(file), target);
  const found = ["", ".ts", ".tsx", ".mjs", "/index.ts"].map((end) => base + end).find((path) => existsSync(path) && !(path === base && !/\.\w+$/.test(base)));
  return relative(ROOT, found ?? base);
}

const imports = new Map(source.map((file) => [file, importsOf(file)]));
const valuesOf = (file: string): string[] => (imports.get(file) ?? []).filter(({ isType }) => !isType).map(({ to }) => to);
const offences = (all: Iterable<Import>, isBad: (each: Import) => boolean): string[] => [...all].filter(isBad).map(({ from, to }) => `${from} → ${to}`);
const everyImport = [...imports.values()].flat();

/** Domains by level: each may import those of lower levels, and no sibling. */
const LEVELS = [["events"], ["settings"], ["accounts"], ["points", "catalog", "views"], ["levels", "segments"], ["rules", "coupons", "flash", "risk"], ["checkin", "tasks", "orders", "sharing", "reviews", "draws", "adjustments"], ["recommend", "reports", "notifications", "integrations", "audit", "privacy", "imports", "bulk"], ["queue", "jobs"]];
const levelOf = new Map(LEVELS.flatMap((names, level) => names.map((name) => [name, level] as const)));
const domainOf = (file: string): string | undefined => /^lib\/([\w-]+)\//.exec(file)?.[1];
const domainFiles = source.filter((file) => domainOf(file));

/** Files of a domain that are neither reads nor writes and still not pure: they hash, draw random numbers, call a bank or shape statements. */
const IMPURE_BY_DESIGN = new Set(["lib/accounts/password.ts", "lib/accounts/session-token.ts", "lib/orders/payment.ts", "lib/orders/redemption/rows.ts", "lib/sharing/token.ts"]);
const isNamed = (file: string, ...names: string[]): boolean => names.some((name) => new RegExp(`(^|/|-)${name}\\.ts$`).test(file));
const pureFiles = domainFiles.filter((file) => domainOf(file) !== "jobs" && !isNamed(file, "queries", "commands", "lanes") && !IMPURE_BY_DESIGN.has(file));

test("every domain has its place in the order", () => {
  expect(pureFiles).toEqual(expect.arrayContaining(["lib/points/lots.ts", "lib/orders/checkout.ts", "lib/checkin/streak.ts", "lib/catalog/price.ts"]));
  expect([...new Set(domainFiles.map(domainOf))].filter((domain) => !levelOf.has(domain!))).toEqual([]);
});

test("domains import only downward, and no sibling", () => {
  const isUpward = ({ from, to }: Import): boolean => {
    const [own, other] = [domainOf(from), domainOf(to)];
    return Boolean(own && other && own !== other) && levelOf.get(other!)! >= levelOf.get(own!)!;
  };
  expect(offences(everyImport, isUpward)).toEqual([]);
});

const ASKS = /\bDate\.now\(|\bnew Date\(\s*\)|\bMath\.random\(|\bperformance\.now\(|\bprocess\.|\bcrypto\.|\bsetTimeout\(|\bfetch\(/;

test("pure files reach nothing that waits, stores, draws or looks at the clock, by whatever detour", () => {
  const isPurePlace = (to: string): boolean => to === "zod" || to === "use-intl/core" || /^db\/(schema\/|columns\.ts)/.test(to) || /^drizzle-orm(\/mysql-core)?$/.test(to) || to.startsWith("messages/");
  const reached = (file: string, way: readonly string[]): string[] =>
    valuesOf(file).flatMap((to) => {
      if (way.includes(to) || isPurePlace(to)) return [];
      const mayBePure = imports.has(to) && !isNamed(to, "queries", "commands", "lanes") && !/^(db|app|server|scripts)\//.test(to) && !ASKS.test(textOf(to));
      return mayBePure ? reached(to, [...way, to]) : [[...way, to].join(" → ")];
    });
  expect(pureFiles.flatMap((file) => reached(file, [file]))).toEqual([]);
});

test("time and chance are passed in: pure files and commands do not ask for them", () => {
  expect([...pureFiles, ...domainFiles.filter((file) => isNamed(file, "commands"))].filter((file) => ASKS.test(textOf(file)))).toEqual([]);
});

test("what reads or writes says first that it is the server's", () => {
  const server = [...domainFiles.filter((file) => isNamed(file, "queries", "commands", "lanes")), ...IMPURE_BY_DESIGN];
  expect(server.filter((file) => !textOf(file).startsWith('import "server-only";\n'))).toEqual([]);
});

test("commands open no transaction, call no one and know nothing of Next", () => {
  const adapters = /^(next|react|ioredis|@upstash|nodemailer)\b|^lib\/(perform|act|api|auth|auth-options|auth-cookie|limits|redis|payments|clock|entrance|env)\.ts$|^db\/transact\.ts$|\/lanes\.ts$/;
  expect(offences(everyImport, ({ from, to, isType }) => Boolean(domainOf(from)) && isNamed(from, "commands") && !isType && adapters.test(to))).toEqual([]);
});

test("queries write nothing", () => {
  const writes = /\b(db|tx|reader\(\)|db\(\))\.(insert|update|delete)\(|\b(INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s|\binsertRows\(|\bupdateRows\(|\btransact\(|\bperform\(/;
  expect(domainFiles.filter((file) => isNamed(file, "queries") && writes.test(textOf(file)))).toEqual([]);
});

test("the book is the only writer of points", () => {
  const writes = /insertRows\(\s*"(points_transactions|point_lots|lot_allocations)"|updateRows\(\s*"(point_accounts|point_lots)"|(INSERT INTO|UPDATE|DELETE FROM)\s+(points_transactions|point_lots|lot_allocations|point_accounts)\b|\.(insert|update|delete)\((pointsTransactions|pointLots|lotAllocations)\)|\.delete\(pointAccounts\)/;
  // The benchmark's baseline is the article's way to write them, on a database of its own.
  const mayWrite = (file: string): boolean => file === "lib/points/commands.ts" || file.startsWith("scripts/bench/");
  expect(source.filter((file) => writes.test(textOf(file)) && !mayWrite(file))).toEqual([]);
  const changesBalance = source.filter((file) => !mayWrite(file) && /update\(pointAccounts\)\.set\(\{[^}]*\b(points|total)/.test(textOf(file)));
  expect(changesBalance).toEqual([]);
});

test("nobody imports app, but the self-hosted server its API handlers", () => {
  const isAllowed = ({ from, to }: Import): boolean => from.startsWith("app/") || (from.startsWith("server/") && /^app\/api\/.+\/handler\.ts$/.test(to));
  expect(offences(everyImport, (each) => each.to.startsWith("app/") && !isAllowed(each))).toEqual([]);
});

test("lanes and the gates of HTTP are for adapters", () => {
  const gates = /^lib\/([\w-]+\/)?lanes\.ts$|^lib\/(act|api|auth|auth-options|entrance)\.ts$/;
  const isAdapter = (file: string): boolean => /^(app|server|scripts)\//.test(file) || /^lib\/(jobs\/|(act|auth|auth-options|entrance|own-account|recovery)\.ts$)/.test(file);
  expect(offences(everyImport, ({ from, to, isType }) => gates.test(to) && !isType && !isAdapter(from))).toEqual([]);
});

test("components receive data and actions: they read nothing themselves", () => {
  const bad = ({ from, to, isType }: Import): boolean =>
    from.startsWith("components/") && !isType && (/(^|\/|-)(queries|commands|lanes)\.ts$|^db\/|^lib\/(act|api|auth|perform|redis|limits|env|log|clock|settings\/queries)(\.ts)?$/.test(to) || ["next/headers", "server-only"].includes(to));
  expect(offences(everyImport, bad)).toEqual([]);
});

test("pages, actions and route handlers hold no SQL", () => {
  const isSql = ({ from, to, isType }: Import): boolean => from.startsWith("app/") && !isType && (/^drizzle-orm/.test(to) || to === "db/schema/index.ts" || to === "db/packet.ts");
  expect(offences(everyImport, isSql)).toEqual([]);
});

test("handlers of the API import nothing of Next, so that the self-hosted server can mount them", () => {
  expect(offences(everyImport, ({ from, to }) => /^app\/api\/.*handler\.ts$/.test(from) && /^(next|react)\b/.test(to))).toEqual([]);
});

test("modules are imported by their file: there is no barrel but the schema's and the jobs'", () => {
  expect(source.filter((file) => /(^|\/)index\.tsx?$/.test(file)).sort()).toEqual(["db/schema/index.ts", "lib/jobs/index.ts"]);
});

test(`no file is longer than ${LINES_MAX} lines`, () => {
  const lengths = code.map((file) => ({ file, lines: textOf(file).split("\n").length }));
  const many = lengths.filter(({ lines }) => lines > LINES_MANY);
  if (many.length > 0) console.info(`longer than ${LINES_MANY} lines: ${many.map(({ file, lines }) => `${file} (${lines})`).join(", ")}`);
  expect(lengths.filter(({ lines }) => lines > LINES_MAX)).toEqual([]);
});

test("names of files are kebab-case nouns", () => {
  expect(code.map((file) => file.split("/").at(-1)!).filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|config|db\.test|race\.test|model\.test))?\.(ts|tsx|mjs|mts)$/.test(name))).toEqual([]);
});

/** Spelt apart, so that this file does not find itself. */
const word = (...parts: string[]): RegExp => new RegExp(`\\b${parts.join("")}\\b`);

test.each([
  ["a note of something left undone", word("TO", "DO"), code], ["a note of something broken", word("FIX", "ME"), code], ["a test that is left out", new RegExp(`\\b(test|describe|it)\\.${"(skip|only|todo|fails)"}\\b`), code.filter(isTest)],
  ["a mock of a module", word("vi\\.mo", "ck"), code], ["Drizzle's second way to read", /\bdb(\(\))?\.query\./, source], ["a debugger", word("debug", "ger"), code],
])("no file has %s", (_, pattern, where) => {
  expect(where.filter((file) => file !== "test/tidy.test.ts" && pattern.test(textOf(file)))).toEqual([]);
});

test("nothing names the machine it was written on", () => {
  const written = files.filter((file) => /\.(ts|tsx|mjs|mts|md|json|yaml|yml|css|svg|sql)$|^\.ci\/|^\.npmrc$/.test(file));
  const places = /(^|[\s"'`(=:])\/(root|home|Users|work)\/\w|\bregistry\.(?!npmjs\.org)[\w-]+\.\w+|\bartifactory\b|\bcodeartifact\b/;
  expect(written.filter((file) => file !== "test/tidy.test.ts" && places.test(textOf(file)))).toEqual([]);
});

type Lock = { packages: Record<string, { version?: string; resolved?: string; link?: boolean }> };
type Manifest = { dependencies: Record<string, string>; devDependencies: Record<string, string>; overrides: Record<string, unknown>; scripts: Record<string, string> };
const lock = JSON.parse(textOf("package-lock.json")) as Lock;
const manifest = JSON.parse(textOf("package.json")) as Manifest;

test("packages come from the public registry", () => {
  expect(Object.values(lock.packages).flatMap(({ resolved }) => (resolved && !resolved.startsWith("https://registry.npmjs.org/") ? [resolved] : []))).toEqual([]);
});

test("versions are exact", () => {
  const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(wanted.filter(([, version]) => !/^(npm:(@[\w-]+\/)?[\w-]+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test.each([
  ["next", "16.4.3"], ["react", "19.2.8"], ["react-dom", "19.2.8"], ["next-auth", "4.24.15"], ["mysql2", "3.23.1"], ["drizzle-orm", "0.45.2"], ["zod", "4.6.7"], ["nodemailer", "9.1.1"], ["sharp", "0.35.4"],
])("%s is nowhere older than %s, the first without a known hole", (name, floor) => {
  const installed = Object.entries(lock.packages).filter(([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`));
  expect(installed.filter(([, { version }]) => isOlder(version!, floor)).map(([path, { version }]) => `${path} ${version}`)).toEqual([]);
});

function isOlder(version: string, floor: string): boolean {
  const [have, need] = [version, floor].map((text) => text.split("-")[0]!.split(".").map(Number));
  const at = need!.findIndex((part, index) => part !== have![index]);
  return at >= 0 && have![at]! < need![at]!;
}

const documents = files.filter((file) => file.endsWith(".md"));
const OURS = /^(app|components|db|docs|drizzle|e2e|i18n|lib|messages|public|scripts|server|test|\.ci)\//;

test.each(documents)("every path, link and command that %s names is there", (document) => {
  const text = textOf(document);
  const named = [...text.matchAll(/`([^`\s]+)`/g)].map((match) => match[1]!).filter((path) => OURS.test(path)).map((path) => path.split("*")[0]!.replace(/[:#].*$/, ""));
  const linked = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((match) => match[1]!).filter((target) => !/^[a-z]+:/.test(target)).map((target) => relative(ROOT, resolve(ROOT, dirname(document), target)));
  expect([...named, ...linked].filter((path) => path !== "" && !existsSync(join(ROOT, path)))).toEqual([]);
  const commands = [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map((match) => match[1]!);
  expect(commands.filter((name) => !(name in manifest.scripts))).toEqual([]);
});

test("every command of package.json has its file", () => {
  const named = Object.values(manifest.scripts).flatMap((command) => [...command.matchAll(/\b(scripts\/[\w./-]+)/g)].map((match) => match[1]!));
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test("every variable that the shop reads is explained in .env.example", () => {
  const names = [...textOf("lib/env.ts").matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map((match) => match[1]!).filter((name) => name !== "NODE_ENV");
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !readFileSync(join(ROOT, ".env.example"), "utf8").includes(name))).toEqual([]);
});
