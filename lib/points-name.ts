import type { Locale } from "./i18n";

/** What a point is called: in Chinese, and in English for one and for several. */
export type PointsName = { zh: string; one: string; many: string };

export const ORDINARY_NAME: PointsName = { zh: "积分", one: "point", many: "points" };

export const pointsNameOf = (policy: { pointsName: string; pointsNameEn: string; pointsNameEnPlural: string }): PointsName => ({ zh: policy.pointsName, one: policy.pointsNameEn, many: policy.pointsNameEnPlural });

/** Two names with the same key say the same in this language. */
export const nameKey = (locale: Locale, { zh, one, many }: PointsName): string => (locale === "en" ? `${one}\n${many}` : zh);

const isOrdinary = (locale: Locale, name: PointsName): boolean => nameKey(locale, name) === nameKey(locale, ORDINARY_NAME);

/** All of some messages with points called so. What is already called so comes back as it is. */
export function withPointsName<Messages>(messages: Messages, locale: Locale, name: PointsName): Messages {
  return isOrdinary(locale, name) ? messages : (renamedDeep(messages, locale, name) as Messages);
}

function renamedDeep(value: unknown, locale: Locale, name: PointsName): unknown {
  if (typeof value === "string") return renamePoints(value, locale, name);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, renamedDeep(inner, locale, name)]));
}

/** One message with points called so: only in what it says, never in the names of its arguments, the keywords of its branches or its tags. */
export function renamePoints(message: string, locale: Locale, name: PointsName): string {
  const rename = locale === "en" ? (text: string) => renamedInEnglish(text, name) : (text: string) => text.replaceAll(CHINESE, () => name.zh);
  return mapLiterals(message, rename) ?? message;
}

/** The shop's own name, and its English one, are no amounts. */
const CHINESE = /积分(?!商城)/g;
/** Points that are places, and words within addresses, are not the shop's currency. */
const ENGLISH = /(?<!pick-up |[/.@_-])\b(?:(a) )?(points?|pts?)\b(?! mall\b|[_@/]|\.\w)/gi;

const renamedInEnglish = (text: string, { one, many }: PointsName): string =>
  text.replaceAll(ENGLISH, (_, article: string | undefined, word: string) => {
    const name = word.toLowerCase().endsWith("s") ? many : one;
    const said = /^[A-Z]/.test(word) ? name.charAt(0).toLocaleUpperCase("en") + name.slice(1) : name;
    return article ? `${article}${/^[aeiou]/i.test(name) ? "n" : ""} ${said}` : said;
  });

const BRANCHING = /^\s*(plural|select|selectordinal)\s*$/;
const TAG = /^<\/?[A-Za-z][\w.-]*\s*\/?>/;

/** A message of ICU with each of its literal parts changed; null for one whose braces do not match. */
export function mapLiterals(message: string, change: (literal: string) => string): string | null {
  try {
    const { text, end } = readText(message, 0, false, change);
    return end === message.length ? text : null;
  } catch (error) {
    if (error instanceof Unmatched) return null;
    throw error;
  }
}

class Unmatched extends Error {}
type Read = { text: string; end: number };

/** What is said, up to the end of the message or of the branch. */
function readText(message: string, start: number, isBranch: boolean, change: (literal: string) => string): Read {
  let [text, literal, at] = ["", "", start];
  const flush = () => {
    text += literal && change(literal);
    literal = "";
  };
  while (at < message.length && !(isBranch && message[at] === "}")) {
    const other = readQuoted(message, at, isBranch) ?? readTag(message, at) ?? (message[at] === "{" ? readArgument(message, at, change) : null);
    if (!other) literal += message[at++];
    else {
      flush();
      text += other.text;
      at = other.end;
    }
  }
  flush();
  return { text, end: at };
}

/** An apostrophe quotes when it stands before what would have a meaning, up to the next one; two are one that is said. */
function readQuoted(message: string, at: number, isBranch: boolean): Read | null {
  if (message[at] !== "'") return null;
  if (message[at + 1] === "'") return { text: "''", end: at + 2 };
  if (!/[{}<>]/.test(message[at + 1] ?? "") && !(isBranch && message[at + 1] === "#")) return null;
  const close = message.indexOf("'", at + 1);
  const end = close < 0 ? message.length : close + 1;
  return { text: message.slice(at, end), end };
}

function readTag(message: string, at: number): Read | null {
  const tag = message[at] === "<" ? TAG.exec(message.slice(at))?.[0] : undefined;
  return tag ? { text: tag, end: at + tag.length } : null;
}

/** `{name}`, `{name, number, style}`, or `{name, plural, one {…} other {…}}` with what each branch says. */
function readArgument(message: string, start: number, change: (literal: string) => string): Read {
  const head = /^\{[^{},]*(?:,([^{},]*))?/.exec(message.slice(start))!;
  let at = start + head[0].length;
  if (!BRANCHING.test(head[1] ?? "")) return { text: message.slice(start, closingOf(message, at)), end: closingOf(message, at) };
  let text = head[0];
  for (;;) {
    const opens = /^[^{}]*/.exec(message.slice(at))![0];
    text += opens;
    at += opens.length;
    if (message[at] === "}") return { text: `${text}}`, end: at + 1 };
    if (message[at] !== "{") throw new Unmatched();
    const branch = readText(message, at + 1, true, change);
    if (message[branch.end] !== "}") throw new Unmatched();
    text += `{${branch.text}}`;
    at = branch.end + 1;
  }
}

/** Behind the brace that ends what is open at `at`. */
function closingOf(message: string, at: number): number {
  for (let open = 1; at < message.length; at++) {
    if (message[at] === "{") open++;
    if (message[at] === "}" && --open === 0) return at + 1;
  }
  throw new Unmatched();
}
