import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createTranslator } from "use-intl/core";

export type Language = "zh-CN" | "en";
export const languages: readonly Language[] = ["zh-CN", "en"];

const messagesDir = join(import.meta.dirname, "../messages");

/** The shop's own sentences, so that a journey reads the same in both languages: `say("product.redeem")`. */
export function wordsIn(language: Language): (key: string, values?: Record<string, string | number>) => string {
  const dir = join(messagesDir, language);
  const messages = Object.fromEntries(readdirSync(dir).map((file) => [file.replace(".json", ""), JSON.parse(readFileSync(join(dir, file), "utf8"))]));
  return createTranslator({ locale: language, messages }) as unknown as (key: string, values?: Record<string, string | number>) => string;
}
