import { create } from "qrcode";

/** A text as the dark squares of a QR code: one path on a grid of `size`, with the quiet border that scanners need. */
export function qrPath(text: string): { size: number; path: string } {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const parts: string[] = [];
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (!modules.get(row, column)) continue;
      const from = column;
      while (column + 1 < modules.size && modules.get(row, column + 1)) column++;
      parts.push(`M${from + QUIET} ${row + QUIET}h${column - from + 1}v1H${from + QUIET}z`);
    }
  }
  return { size: modules.size + 2 * QUIET, path: parts.join("") };
}

const QUIET = 4;
