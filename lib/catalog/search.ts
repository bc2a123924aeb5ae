/** What somebody typed into the search box, as the database is asked for it. All words must be found. */
export type Search = {
  /** The whole, for names that hold it as it stands. */
  text: string;
  /** Pairs of characters that a product must hold somewhere: an expression of MySQL's boolean mode. Null when no word has one. */
  fulltext: string | null;
  /** Words with such a pair: to be found in names and descriptions. */
  long: readonly string[];
  /** Words too short for the index, or of signs alone: to be found in the names. */
  short: readonly string[];
};

export const SEARCH_MAX = 60;
const WORDS_MAX = 8;
/** So many pairs narrow the search down; the words themselves decide. */
const PAIRS_MAX = 16;

/** What the index surely holds side by side: letters and digits of the first plane. */
const RUNS = /(?:(?![\u{10000}-\u{10FFFF}])[\p{L}\p{Nd}])+/gu;
const SAYS_NOTHING = /^[\p{P}\p{S}]+$/u;
const PICTURE = /\p{Extended_Pictographic}/u;

/** Reads what was typed; null when there is nothing to search for. Nothing typed is an operator: words are looked up, whatever they are made of. */
export function readSearch(typed: string): Search | null {
  const text = cut(typed.normalize("NFKC").replace(/[\p{C}\s]+/gu, " ").trim());
  const all = [...new Set(text.toLowerCase().split(" ").filter(Boolean))].slice(0, WORDS_MAX);
  const telling = all.filter((word) => !SAYS_NOTHING.test(word) || PICTURE.test(word));
  const words = telling.length > 0 ? telling : all;
  if (words.length === 0) return null;
  const long = words.filter((word) => pairsIn(word).length > 0);
  const pairs = [...new Set(long.flatMap(pairsIn))].slice(0, PAIRS_MAX);
  return {
    text: words.length === all.length ? text : words.join(" "),
    fulltext: pairs.length > 0 ? pairs.map((pair) => `+"${pair}"`).join(" ") : null,
    long,
    short: words.filter((word) => !long.includes(word)),
  };
}

/**
 * A word as the index keeps it (`ngram_token_size` is 2). Each pair is asked for by itself and never the word as a phrase: MySQL 9.7 misses phrases
 * in rows that were committed at the same time as others.
 */
function pairsIn(word: string): string[] {
  return (word.match(RUNS) ?? []).flatMap((run) => Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2)));
}

/** By characters, so that none is cut in two. */
const cut = (text: string): string => [...text].slice(0, SEARCH_MAX).join("").trim();
