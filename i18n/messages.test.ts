import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { namespaces } from "./namespaces";

const messagesDir = join(import.meta.dirname, "../messages");

/** Every sentence of a file under its dotted key. */
function sentences(language: string, file: string): Map<string, string> {
  const flat = new Map<string, string>();
  const walk = (value: unknown, key: string): void => {
    if (typeof value === "string") flat.set(key, value);
    else for (const [name, inner] of Object.entries(value as object)) walk(inner, key ? `${key}.${name}` : name);
  };
  walk(JSON.parse(readFileSync(join(messagesDir, language, file), "utf8")), "");
  return flat;
}

/** The arguments that a sentence takes: `{points}`, `{days, plural, …}`; not the one word of a plural's branch, as in `one {day}`. */
const argumentsOf = (sentence: string): string[] =>
  [...new Set([...sentence.matchAll(/(?<!\b(?:zero|one|two|few|many|other|=\d+) ?)\{(\w+)\s*[,}]/g)].map((match) => match[1]!))].sort();

/** English counts points ("1 pt", "2 pts"), Chinese does not. */
const ENGLISH_ONLY = new Set(["unit:points", "unit:pt", "unit:pts"]);

const files = readdirSync(join(messagesDir, "zh-CN")).sort();

test("both languages have the same files, and the pages' namespaces are among them", () => {
  expect(readdirSync(join(messagesDir, "en")).sort()).toEqual(files);
  expect(files).toEqual(expect.arrayContaining(namespaces.map((name) => `${name}.json`)));
});

describe.each(files)("%s", (file) => {
  const chinese = sentences("zh-CN", file);
  const english = sentences("en", file);

  test("says the same things in both languages", () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  test("never says nothing", () => {
    expect([...chinese, ...english].filter(([, sentence]) => sentence.trim() === "")).toEqual([]);
  });

  test("asks for no argument in one language that the other does not know", () => {
    const isKnown = (key: string, name: string) => ENGLISH_ONLY.has(`${key}:${name}`) || argumentsOf(chinese.get(key) ?? "").includes(name);
    const unknown = [...english].filter(([key, sentence]) => !argumentsOf(sentence).every((name) => isKnown(key, name)));
    expect(unknown).toEqual([]);
  });
});
