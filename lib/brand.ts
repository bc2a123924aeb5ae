// The shop's colours from one hue, in OKLCH: lightness says how well text reads, so it is set first, and the hue can be anything.

export type Tone = { light: string; dark: string };
export const BRAND_TOKENS = ["primary", "on-primary", "primary-soft", "hero", "hero-fg", "hero-muted", "chart-1", "mark"] as const;
export type BrandToken = (typeof BRAND_TOKENS)[number];
export type BrandColours = Record<BrandToken, Tone>;

/** What the brand's colours stand on and beside; the same as in app/globals.css. */
export const GROUNDS = {
  light: { bg: "#faf8f4", card: "#ffffff", sunken: "#f1eee7", fg: "#1b1a17", muted: "#615c52", success: "#176b3a", points: "#ffc646" },
  dark: { bg: "#121311", card: "#1b1d1a", sunken: "#0c0d0b", fg: "#f2f0ea", muted: "#aba69a", success: "#6fd39a", points: "#ffc646" },
} as const;

export const TEXT_CONTRAST = 4.5;
export const UI_CONTRAST = 3;

type Theme = keyof Tone;
type Need = { beside: BrandToken | keyof (typeof GROUNDS)["light"]; ratio: number };
/** Where a colour begins, and what it must be told apart from; `towards` is the way in which it moves until it is. */
type Plan = { token: BrandToken; lightness: Tone2; chroma: Tone2; towards: Record<Theme, "darker" | "lighter">; needs: readonly Need[] };
type Tone2 = Record<Theme, number>;

const text = (...beside: Need["beside"][]): Need[] => beside.map((each) => ({ beside: each, ratio: TEXT_CONTRAST }));
const part = (...beside: Need["beside"][]): Need[] => beside.map((each) => ({ beside: each, ratio: UI_CONTRAST }));

/** In the order in which they lean on each other. */
const PLANS: readonly Plan[] = [
  { token: "primary-soft", lightness: { light: 0.945, dark: 0.3 }, chroma: { light: 0.022, dark: 0.045 }, towards: { light: "lighter", dark: "darker" }, needs: text("fg", "muted", "success") },
  { token: "primary", lightness: { light: 0.47, dark: 0.76 }, chroma: { light: 0.14, dark: 0.13 }, towards: { light: "darker", dark: "lighter" }, needs: text("bg", "card", "sunken", "primary-soft") },
  { token: "on-primary", lightness: { light: 1, dark: 0.26 }, chroma: { light: 0, dark: 0.045 }, towards: { light: "lighter", dark: "darker" }, needs: text("primary") },
  { token: "hero", lightness: { light: 0.37, dark: 0.32 }, chroma: { light: 0.09, dark: 0.06 }, towards: { light: "darker", dark: "darker" }, needs: text("points") },
  { token: "hero-fg", lightness: { light: 0.982, dark: 0.96 }, chroma: { light: 0.008, dark: 0.01 }, towards: { light: "lighter", dark: "lighter" }, needs: text("hero") },
  { token: "hero-muted", lightness: { light: 0.85, dark: 0.82 }, chroma: { light: 0.04, dark: 0.04 }, towards: { light: "lighter", dark: "lighter" }, needs: text("hero") },
  { token: "chart-1", lightness: { light: 0.41, dark: 0.7 }, chroma: { light: 0.12, dark: 0.13 }, towards: { light: "darker", dark: "lighter" }, needs: part("bg", "card") },
  { token: "mark", lightness: { light: 0.47, dark: 0.47 }, chroma: { light: 0.14, dark: 0.14 }, towards: { light: "darker", dark: "darker" }, needs: part("points") },
];

const STEP = 0.005;

/** Every colour that follows from a hue. Throws for a hue under which some text could not be read; there is none from 0 to 359. */
export function brandColours(hue: number): BrandColours {
  const found = {} as BrandColours;
  for (const plan of PLANS) found[plan.token] = { light: colourOf(plan, hue, "light", found), dark: colourOf(plan, hue, "dark", found) };
  return found;
}

function colourOf({ token, lightness, chroma, towards, needs }: Plan, hue: number, theme: Theme, found: Partial<BrandColours>): string {
  const besides = needs.map(({ beside, ratio }) => ({ colour: found[beside as BrandToken]?.[theme] ?? GROUNDS[theme][beside as "bg"], ratio }));
  const step = towards[theme] === "darker" ? -STEP : STEP;
  for (let at = lightness[theme]; at >= 0 && at <= 1; at += step) {
    const colour = hexOf(at, chroma[theme], hue);
    if (besides.every(({ colour: other, ratio }) => contrast(colour, other) >= ratio)) return colour;
  }
  throw new RangeError(`no ${token} of hue ${hue} can be read in the ${theme} theme`);
}

/** As a style sheet that takes the place of the shop's own colours. It outweighs `:root`, wherever it stands. */
export function brandStyles(hue: number): string {
  const colours = brandColours(hue);
  return `html:root{${BRAND_TOKENS.map((token) => `--${token}:light-dark(${colours[token].light},${colours[token].dark})`).join(";")}}\n`;
}

/** Hues close to the red of errors: buttons would look like warnings. */
export const isLikeDanger = (hue: number): boolean => hue >= 12 && hue <= 40;

/** The relation of two luminances, by WCAG 2.2. */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255)) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const linear = (channel: number): number => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
const encoded = (channel: number): number => (channel <= 0.0031308 ? 12.92 * channel : 1.055 * channel ** (1 / 2.4) - 0.055);

const HALVINGS = 16;

/** The most colourful of this lightness and hue that a screen can show, up to `chroma`. */
function hexOf(lightness: number, chroma: number, hue: number): string {
  let [from, to] = [0, chroma];
  if (isShown(channelsOf(lightness, chroma, hue))) from = chroma;
  else for (let turn = 0; turn < HALVINGS; turn++) {
    const middle = (from + to) / 2;
    if (isShown(channelsOf(lightness, middle, hue))) from = middle;
    else to = middle;
  }
  return `#${channelsOf(lightness, from, hue).map((channel) => Math.round(255 * encoded(Math.min(1, Math.max(0, channel)))).toString(16).padStart(2, "0")).join("")}`;
}

const TINY = 1e-4;
const isShown = (channels: readonly number[]): boolean => channels.every((channel) => channel >= -TINY && channel <= 1 + TINY);

/** OKLCH in linear sRGB, by Björn Ottosson's matrices. Channels outside of 0 to 1 cannot be shown. */
export function channelsOf(lightness: number, chroma: number, hue: number): [number, number, number] {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)];
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ];
}

/** A hue by itself, as it lies along a slider. */
export const hueSwatch = (hue: number): string => hexOf(0.65, 0.13, hue);
