import { hasWords, plain } from "./words";

/** What the command palette offers, and how it is searched. Pure: the server and the browser share it. */
export const PALETTE_KINDS = ["page", "action", "order", "user", "product"] as const;
export type PaletteKind = (typeof PALETTE_KINDS)[number];

export type PaletteItem = { kind: PaletteKind; /** One of its kind. */ id: string; label: string; hint: string; href: string };

/** A page or an action, with its names in both languages to be found by. */
export type PalettePlace = PaletteItem & { names: string };

/** All that a role can go to, and the kinds of things it may look for. */
export type PalettePlaces = { places: PalettePlace[]; kinds: PaletteKind[] };

export const PALETTE_TEXT_MAX = 100;
export const keyOf = ({ kind, id }: Pick<PaletteItem, "kind" | "id">): string => `${kind}-${id}`;

/** Places whose names have every word of the text, those that begin with it first. Nothing typed finds them all. */
export function matchPlaces(places: readonly PalettePlace[], text: string): PalettePlace[] {
  const wanted = plain(text);
  if (wanted === "") return [...places];
  const found = places.filter(({ names }) => hasWords(names, wanted));
  const begins = ({ names }: PalettePlace): boolean => names.split("\n").some((name) => plain(name).startsWith(wanted));
  return [...found.filter(begins), ...found.filter((place) => !begins(place))];
}

export type PaletteSection = { kind: PaletteKind | "recent"; items: PaletteItem[] };

/**
 * What is shown for a text. Without one: what was opened last, then every place. With one: places first, because they are there before
 * the answer to the rest comes, and nothing may move under a hand that presses Enter.
 */
export function sectionsOf(text: string, places: readonly PalettePlace[], recent: readonly PaletteItem[], found: readonly PaletteItem[]): PaletteSection[] {
  const matching = matchPlaces(places, text);
  const known = new Set(text.trim() === "" ? recent.map(keyOf) : []);
  const of = (kind: PaletteKind, items: readonly PaletteItem[]): PaletteSection => ({ kind, items: items.filter((item) => item.kind === kind && !known.has(keyOf(item))) });
  const sections: PaletteSection[] = [
    ...(text.trim() === "" ? [{ kind: "recent" as const, items: [...recent] }] : []),
    of("page", matching), of("action", matching), of("order", found), of("user", found), of("product", found),
  ];
  return sections.filter(({ items }) => items.length > 0);
}

/** Which item an arrow leads to: around the ends, and the first from nowhere. */
export function stepTo(keys: readonly string[], from: string | null, by: 1 | -1): string | null {
  if (keys.length === 0) return null;
  const at = from === null ? -1 : keys.indexOf(from);
  if (at < 0) return keys[by === 1 ? 0 : keys.length - 1]!;
  return keys[(at + by + keys.length) % keys.length]!;
}

const RECENT_MAX = 6;

/** The opened item first, each once, the oldest forgotten. */
export const withRecent = (recent: readonly PaletteItem[], opened: PaletteItem): PaletteItem[] =>
  [opened, ...recent.filter((item) => keyOf(item) !== keyOf(opened))].slice(0, RECENT_MAX);

/** What a device kept, as far as it is still something that the role may open. */
export function recentFrom(kept: unknown, { places, kinds }: PalettePlaces): PaletteItem[] {
  if (!Array.isArray(kept)) return [];
  const known = new Map(places.map((place) => [keyOf(place), place]));
  return kept.flatMap((item): PaletteItem[] => {
    if (!isItem(item)) return [];
    const place = known.get(keyOf(item));
    if (place) return [{ kind: place.kind, id: place.id, label: place.label, hint: place.hint, href: place.href }];
    return item.kind !== "page" && item.kind !== "action" && kinds.includes(item.kind) ? [item] : [];
  }).slice(0, RECENT_MAX);
}

function isItem(value: unknown): value is PaletteItem {
  if (typeof value !== "object" || value === null) return false;
  const { kind, id, label, hint, href } = value as Record<string, unknown>;
  return PALETTE_KINDS.includes(kind as PaletteKind) && [id, label, hint].every((text) => typeof text === "string") && typeof href === "string" && /^\/admin(\/|$|\?)/.test(href);
}
