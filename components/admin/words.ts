/** A text as it is searched: without case, width of letters and spaces beyond one. */
export const plain = (text: string): string => text.normalize("NFKC").trim().toLowerCase().replace(/\s+/g, " ");

/** Whether a name has every word of the text; an empty text has none that could be missing. */
export function hasWords(name: string, text: string): boolean {
  const searched = plain(name);
  return plain(text).split(" ").every((word) => searched.includes(word));
}
