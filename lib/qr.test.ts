import jsQR from "jsqr";
import { expect, test } from "vitest";

import { qrPath } from "./qr";

/** The path as a camera would see it, four pixels a square. */
function photograph(text: string): { pixels: Uint8ClampedArray; width: number } {
  const { size, path } = qrPath(text);
  const width = size * 4;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)) {
    for (let row = Number(y) * 4; row < Number(y) * 4 + 4; row++) {
      for (let column = Number(x) * 4; column < (Number(x) + Number(length)) * 4; column++) pixels.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
    }
  }
  return { pixels, width };
}

test("what is drawn is read again by another maker's reader", () => {
  for (const code of ["000000000", "123456789", "987654321"]) {
    const { pixels, width } = photograph(code);
    expect(jsQR(pixels, width, width)?.data).toBe(code);
  }
});
