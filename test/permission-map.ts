import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

import { PERMISSIONS, type Permission } from "@/lib/accounts/permission";

// What each page, file and action of the back office asks for, read off its source: the tests that walk all of them begin here.

const ROOT = resolve(import.meta.dirname, "..");
const ADMIN = join(ROOT, "app/admin");

/** What it takes; null is for what every member of staff may do. */
export type Needs = Permission | null;
export type Place = { file: string; /** Its address, with `[name]` where it has a part that varies. */ path: string; needs: readonly Needs[]; /** What it takes besides. */ also: readonly Needs[] };
export type ActionPlace = { file: string; name: string; /** The types of what it is called with, as they stand there. */ parameters: string; answersForm: boolean; needs: readonly Needs[] };

const walk = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? walk(join(folder, entry.name)) : [relative(ROOT, join(folder, entry.name))]));

const files = walk(ADMIN).sort();
const textOf = (file: string): string => readFileSync(join(ROOT, file), "utf8");

const needOf = (text: string): Needs => (text === "null" ? null : (PERMISSIONS.find((permission) => `"${permission}"` === text) ?? unknown(text)));

function unknown(text: string): never {
  throw new Error(`${text} is no permission`);
}

const addressOf = (file: string): string => file.replace(/^app/, "").replace(/\/(page\.tsx|route\.ts)$/, "");

/** All reports begin with one opening, which is a gate itself. */
const REPORTS = { opening: /\bopenReports\(/, file: "app/admin/reports/reading.ts" };

const askedBy = (text: string, gate: RegExp): Needs[] => [...text.matchAll(gate)].map((match) => needOf(match[1]!));

const placesIn = (name: RegExp, gate: RegExp): Place[] =>
  files.filter((file) => name.test(file)).map((file) => {
    const text = textOf(file) + (REPORTS.opening.test(textOf(file)) ? textOf(REPORTS.file) : "");
    return { file, path: addressOf(file), needs: askedBy(text, gate), also: askedBy(text, /\brefuseUnlessAllowed\([^\n]*?("[a-z.]+")\)/g) };
  });

export const pages = (): Place[] => placesIn(/\/page\.tsx$/, /\bstartStaffReading\(\s*("[a-z.]+"|null)/g);
export const routes = (): Place[] => placesIn(/\/route\.ts$/, /\b(?:staffDownload|staffAnswer)\(\s*("[a-z.]+"|null)/g);

/** Every list of the back office: the name that views of it are kept under, and its page. */
export const lists = (): { key: string; path: string }[] =>
  [...files, ...walk(join(ROOT, "lib"))].filter((file) => file.endsWith("-list.ts") || file.endsWith("/list.ts")).flatMap((file) =>
    [...textOf(file).matchAll(/\bdefineList\(\{\s*key: "([\w-]+)",\s*path: "([\w/-]+)"/g)].map(([, key, path]) => ({ key: key!, path: path! })));

const GATE = /\bstaffCommand\(\s*"[\w-]+",\s*("[a-z.]+"|null)|\b(?:staffAction|startStaffReading|requireStaff)\(\s*("[a-z.]+"|null)/g;

/** Every function that a browser can call, with the gates that it reaches through what stands in its file. */
export const actions = (): ActionPlace[] => files.filter((file) => /^"use server"/.test(textOf(file))).flatMap((file) => actionsIn(file));

function actionsIn(file: string): ActionPlace[] {
  const parts = new Map(textOf(file).split(/\n(?=(?:export )?(?:async )?(?:const|function) )/).slice(1).map((text) => [/(?:const|function) (\w+)/.exec(text)![1]!, text]));
  const reached = (name: string, way: Set<string>): Needs[] => {
    if (way.has(name)) return [];
    way.add(name);
    const text = parts.get(name)!;
    const own = [...text.matchAll(GATE)].map((match) => needOf((match[1] ?? match[2])!));
    return [...own, ...[...parts.keys()].filter((other) => other !== name && new RegExp(`\\b${other}\\b`).test(text)).flatMap((other) => reached(other, way))];
  };
  return [...parts].filter(([, text]) => text.startsWith("export")).map(([name, text]) => {
    const [, parameters = "", answer = ""] = /\(([^)]*)\): Promise<([^=]*)>/.exec(text) ?? [];
    return { file, name, parameters, answersForm: answer.startsWith("FormState"), needs: [...new Set(reached(name, new Set()))] };
  });
}

const HANDLERS = ["app/api/points/event/handler.ts", "app/api/products/handler.ts", "app/api/admin/pictures/handler.ts", "app/api/admin/attachments/handler.ts"];

/** What the API does for staff, and what each asks for last: a picture is for a product, or for the shop's own logo. */
export const gatesElsewhere = (): { file: string; needs: Needs[] }[] =>
  HANDLERS.map((file) => ({ file, needs: [...textOf(file).matchAll(/\bstaffWithPermission\([^\n]*?("[a-z]+\.[a-z]+"), await/g)].map((match) => needOf(match[1]!)) }));

/** Whether a text of the back office asks for a permission by name. */
export const isAsked = (permission: Permission): boolean => files.some((file) => !/\.test\.tsx?$/.test(file) && textOf(file).includes(`"${permission}"`));
