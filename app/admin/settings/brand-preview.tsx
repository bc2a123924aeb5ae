import type { SettingsWords } from "./fields";
import { brandColours, GROUNDS, hueSwatch, type BrandToken } from "@/lib/brand";

const THEMES = ["light", "dark"] as const;
/** Our own colours, as in app/globals.css. */
const OURS: Record<Exclude<BrandToken, "chart-1" | "mark">, Record<(typeof THEMES)[number], string>> = {
  primary: { light: "#0b6b4e", dark: "#4fc99a" }, "on-primary": { light: "#ffffff", dark: "#06291c" }, "primary-soft": { light: "#e2f3eb", dark: "#11362a" },
  hero: { light: "#0a4a38", dark: "#0c3a2d" }, "hero-fg": { light: "#f4fbf7", dark: "#f1faf5" }, "hero-muted": { light: "#b5d8ca", dark: "#a9cdbe" },
};

/** The same few things in both themes, whichever the page is in. Drawn, because a style attribute is not allowed here. */
export function BrandPreview({ hue, words }: { hue: number | null; words: SettingsWords["brand"]["preview"] }) {
  const colours = hue === null ? OURS : brandColours(hue);
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {THEMES.map((theme) => {
        const ground = GROUNDS[theme];
        const of = (token: keyof typeof OURS) => colours[token][theme];
        return (
          <figure key={theme} className="min-w-0">
            <svg viewBox="0 0 320 190" role="img" aria-label={words[theme]} className="w-full rounded-card border border-border">
              <rect width="320" height="190" fill={ground.bg} />
              <rect x="12" y="12" width="296" height="76" rx="14" fill={of("hero")} />
              <text x="26" y="36" fontSize="12" fill={of("hero-muted")}>{words.balance}</text>
              <text x="26" y="70" fontSize="28" fontWeight="600" fill={ground.points}>{words.figure}</text>
              <text x="294" y="70" fontSize="12" textAnchor="end" fill={of("hero-fg")}>{words.wallet}</text>
              <rect x="12" y="98" width="296" height="80" rx="14" fill={ground.card} />
              <rect x="26" y="112" width="92" height="24" rx="12" fill={of("primary-soft")} />
              <text x="72" y="128" fontSize="12" fontWeight="500" textAnchor="middle" fill={of("primary")}>{words.chosen}</text>
              <text x="26" y="160" fontSize="13" textDecoration="underline" fill={of("primary")}>{words.link}</text>
              <rect x="196" y="142" width="98" height="28" rx="14" fill={of("primary")} />
              <text x="245" y="160.5" fontSize="13" fontWeight="600" textAnchor="middle" fill={of("on-primary")}>{words.button}</text>
            </svg>
            <figcaption className="mt-1 text-caption text-muted">{words[theme]}</figcaption>
          </figure>
        );
      })}
    </div>
  );
}

const STRIPES = 60;

/** What lies along the slider. */
export function HueStrip() {
  return (
    <svg viewBox={`0 0 ${STRIPES} 1`} preserveAspectRatio="none" aria-hidden="true" className="h-3 w-full rounded-full">
      {Array.from({ length: STRIPES }, (_, index) => <rect key={index} x={index} width="1.1" height="1" fill={hueSwatch((index * 360) / STRIPES)} />)}
    </svg>
  );
}
