import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { BRAND_TOKENS, brandColours, brandStyles, channelsOf, contrast, GROUNDS, TEXT_CONTRAST, UI_CONTRAST } from "./brand";

const HUES = Array.from({ length: 360 }, (_, hue) => hue);
const THEMES = ["light", "dark"] as const;

test("contrast is that of WCAG", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.478, 3);
  expect(contrast("#ffffff", "#777777")).toBe(contrast("#777777", "#ffffff"));
});

test("OKLCH is turned into the screen's red, green and blue", () => {
  const [red, green, blue] = channelsOf(0.627955, 0.257683, 29.2339);
  expect([red, green, blue].map((channel) => Math.round(channel * 1000) / 1000 + 0)).toEqual([1, 0, 0]);
  expect(channelsOf(1, 0, 0).map((channel) => Math.round(channel * 1000))).toEqual([1000, 1000, 1000]);
});

test("the grounds are those of the style sheet", () => {
  const sheet = readFileSync(join(import.meta.dirname, "../app/globals.css"), "utf8");
  for (const name of ["bg", "card", "sunken", "fg", "muted", "success"] as const) expect(sheet).toContain(`--${name}: light-dark(${GROUNDS.light[name]}, ${GROUNDS.dark[name]});`);
  expect(sheet).toContain(`--points-fill: ${GROUNDS.light.points};`);
  for (const token of BRAND_TOKENS) expect(sheet).toContain(`--${token}: `);
});

describe.each(THEMES)("in the %s theme", (theme) => {
  const ground = GROUNDS[theme];
  test.each([
    ["links and names of buttons", "primary", [ground.bg, ground.card, ground.sunken], TEXT_CONTRAST],
    ["parts of charts", "chart-1", [ground.bg, ground.card], UI_CONTRAST],
    ["the hero behind points", "hero", [ground.points], TEXT_CONTRAST],
    ["the ground of what is chosen", "primary-soft", [ground.fg, ground.muted, ground.success], TEXT_CONTRAST],
    ["the mark behind its coin", "mark", [ground.points], UI_CONTRAST],
  ] as const)("%s can be told apart under each of the 360 hues", (_, token, grounds, ratio) => {
    const weak = HUES.flatMap((hue) => grounds.filter((each) => contrast(brandColours(hue)[token][theme], each) < ratio).map((each) => `${hue} on ${each}`));
    expect(weak).toEqual([]);
  });

  test.each([["on-primary", "primary"], ["primary", "primary-soft"], ["hero-fg", "hero"], ["hero-muted", "hero"]] as const)("%s can be read on %s under each of the 360 hues", (front, back) => {
    const weak = HUES.filter((hue) => contrast(brandColours(hue)[front][theme], brandColours(hue)[back][theme]) < TEXT_CONTRAST);
    expect(weak).toEqual([]);
  });
});

test("every colour is one that a screen can show, and two hues differ", () => {
  for (const hue of HUES) for (const token of BRAND_TOKENS) for (const theme of THEMES) expect(brandColours(hue)[token][theme]).toMatch(/^#[0-9a-f]{6}$/);
  expect(new Set(HUES.map((hue) => brandColours(hue).primary.light)).size).toBeGreaterThan(300);
});

test("lightness moves as little as the contrast asks for: neighbours look alike", () => {
  for (const hue of HUES) {
    const [one, next] = [brandColours(hue), brandColours((hue + 1) % 360)];
    for (const theme of THEMES) expect(contrast(one.primary[theme], next.primary[theme])).toBeLessThan(1.12);
  }
});

test("what cannot be read is refused and named", () => {
  expect(() => brandColours(Number.NaN)).toThrow("can be read");
});

test("the style sheet has every token in both themes, and nothing else", () => {
  const sheet = brandStyles(250);
  expect(sheet).toMatch(/^html:root\{(--[a-z0-9-]+:light-dark\(#[0-9a-f]{6},#[0-9a-f]{6}\);?)+\}\n$/);
  for (const token of BRAND_TOKENS) expect(sheet).toContain(`--${token}:`);
});
