import en from "@/messages/en/refusals.json";
import enApi from "@/messages/en/api.json";
import zh from "@/messages/zh-CN/refusals.json";
import zhApi from "@/messages/zh-CN/api.json";

import type { Locale } from "./i18n";
import { knownPointsName } from "./known-policy";
import { nameKey, type PointsName } from "./points-name";
import { translatorsOf } from "./points-words";
import type { RefusalCode, RefusalDetail } from "./refusal";

const refusals = translatorsOf({ "zh-CN": zh, en });
const api = translatorsOf({ "zh-CN": zhApi, en: enApi });

const said = new Map<string, string>();
const SAID_MAX = 2_000;

/** The sentence for a refusal, where no page is there to translate it: the HTTP API. */
export function sentenceFor(locale: Locale, code: RefusalCode | keyof typeof zh, detail: RefusalDetail = {}, name: PointsName = knownPointsName()): string {
  const key = `${locale} ${nameKey(locale, name)} ${code} ${JSON.stringify(detail)}`;
  let sentence = said.get(key);
  if (sentence === undefined) {
    sentence = refusals(locale, name)(code as keyof typeof zh, detail as Record<string, string | number>);
    if (said.size >= SAID_MAX) said.clear();
    said.set(key, sentence);
  }
  return sentence;
}

/** What the article's calls answer in their `message` field. */
export const apiMessage = (locale: Locale, name: keyof typeof zhApi): string => api(locale, knownPointsName())(name);
