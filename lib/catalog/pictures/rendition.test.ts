import fc from "fast-check";
import { expect, test } from "vitest";

import { fit, HEIGHT_RATIO_MAX, kindOf, PICTURE_WIDTHS, pictureHref, sourceSet, widthIn, widthsOf, type Size } from "./rendition";

const size = fc.record({ width: fc.integer({ min: 1, max: 1_280 }), height: fc.integer({ min: 1, max: 2_560 }) });

test("whatever its size, a picture is never enlarged, keeps its shape within a pixel and stays within its box", () => {
  fc.assert(fc.property(size, fc.constantFrom(...PICTURE_WIDTHS), (whole, within) => {
    const made = fit(whole, within);
    expect(made.width).toBeLessThanOrEqual(Math.min(whole.width, within));
    expect(made.height).toBeLessThanOrEqual(Math.min(whole.height, within * HEIGHT_RATIO_MAX));
    expect(Math.min(made.width, made.height)).toBeGreaterThanOrEqual(1);
    const scale = Math.min(1, within / whole.width, (within * HEIGHT_RATIO_MAX) / whole.height);
    expect(Math.abs(made.width - whole.width * scale)).toBeLessThanOrEqual(1);
    expect(Math.abs(made.height - whole.height * scale)).toBeLessThanOrEqual(1);
  }));
});

test("it is kept in every width up to the first in which it is whole, so that the largest file is the picture itself", () => {
  fc.assert(fc.property(size, (whole) => {
    const widths = widthsOf(whole);
    expect(widths).toEqual(PICTURE_WIDTHS.slice(0, widths.length));
    expect(fit(whole, widths.at(-1)!)).toEqual(whole);
    for (const width of widths.slice(0, -1)) expect(fit(whole, width)).not.toEqual(whole);
  }));
});

test.each<[Size, string]>([
  [{ width: 1_280, height: 720 }, "/pictures/x/320.webp 320w, /pictures/x/640.webp 640w, /pictures/x/1280.webp 1280w"],
  [{ width: 500, height: 500 }, "/pictures/x/320.webp 320w, /pictures/x/640.webp 500w"],
  [{ width: 100, height: 50 }, "/pictures/x/320.webp 100w"],
  [{ width: 400, height: 1_600 }, "/pictures/x/320.webp 160w, /pictures/x/640.webp 320w, /pictures/x/1280.webp 400w"],
])("a picture of %o is offered with the widths that its files really have", (whole, set) => {
  expect(sourceSet({ id: "x", ...whole })).toBe(set);
});

test("an address names a width that is kept, and nothing else", () => {
  expect(PICTURE_WIDTHS.map((width) => widthIn(pictureHref("x", width).split("/").at(-1)!))).toEqual([...PICTURE_WIDTHS]);
  for (const file of ["320", "0320.webp", "320.webp.webp", "320.WEBP", "1e3.webp", "", "__proto__"]) expect(widthIn(file)).toBeNull();
});

test("a file is told by its first bytes alone, and short ones are nothing", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 16 }), (bytes) => {
    const kind = kindOf(bytes);
    if (kind === "jpeg") expect([...bytes.slice(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    else if (kind !== null) expect(bytes.length).toBeGreaterThanOrEqual(6);
  }));
  expect([kindOf(new Uint8Array([0xff, 0xd8])), kindOf(new TextEncoder().encode("GIF88a")), kindOf(new TextEncoder().encode("RIFF____WEBP"))]).toEqual([null, null, "webp"]);
});
