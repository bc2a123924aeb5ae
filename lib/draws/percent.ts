import { ROLLS } from "./fair";

/** "12.5" percent as parts of a million; as it is when it is no percentage, so that the schema says so at its field. */
export function ppmFromPercent(text: string): number | string {
  const [, whole, part = ""] = /^(\d{1,3})(?:\.(\d{1,4}))?$/.exec(text.trim()) ?? [];
  return whole === undefined ? text : Number(whole) * 10_000 + Number(part.padEnd(4, "0"));
}

/** Parts of a million as percent, without zeros at the end. */
export const percentFromPpm = (ppm: number): string => String(ppm / (ROLLS / 100));
