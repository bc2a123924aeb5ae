/** Languages, and how points, money and dates read in each. Pure: the server and the browser share it. */
export const locales = ["zh-CN", "en"] as const;
export type Locale = (typeof locales)[number];
export const defaultLocale: Locale = "zh-CN";
export const LOCALE_COOKIE = "locale";

export const themes = ["light", "dark"] as const;
/** No cookie means that the system decides. */
export type Theme = (typeof themes)[number];
export const THEME_COOKIE = "theme";

/** The zone in which the programme's days begin, unless its settings say otherwise. */
export const PROGRAMME_ZONE = "Asia/Shanghai";

const MINUS = "−";

export function isLocale(value: unknown): value is Locale {
  return locales.includes(value as Locale);
}

export function isTheme(value: unknown): value is Theme {
  return themes.includes(value as Theme);
}

/** The cookie wins; else the first language of Accept-Language that we speak. */
export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(cookie)) return cookie;
  for (const part of (acceptLanguage ?? "").split(",").slice(0, 20)) {
    const language = part.split(";")[0]?.trim().toLowerCase() ?? "";
    if (language.startsWith("zh")) return "zh-CN";
    if (language.startsWith("en")) return "en";
  }
  return defaultLocale;
}

const formatters = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n${locale}${JSON.stringify(options)}`;
  const known = formatters.get(key) ?? new Intl.NumberFormat(locale, options);
  formatters.set(key, known);
  return known as Intl.NumberFormat;
}

function dateFormat(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `d${locale}${JSON.stringify(options)}`;
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(key, known);
  return known as Intl.DateTimeFormat;
}

/** `12,480`; a user's points are never abbreviated. */
export function formatPoints(locale: Locale, points: number): string {
  return numberFormat(locale, { maximumFractionDigits: 0 }).format(points).replace("-", MINUS);
}

/** `+15` or `−2,400`, with a true minus sign. */
export function formatSignedPoints(locale: Locale, points: number): string {
  return numberFormat(locale, { maximumFractionDigits: 0, signDisplay: "exceptZero" }).format(points).replace("-", MINUS);
}

/** Charts and narrow tables only: `1.2万` or `12.5K`. */
export function formatCompact(locale: Locale, value: number): string {
  return numberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }).format(value);
}

/** `¥9.90` from whole cents. */
export function formatCash(locale: Locale, cents: number): string {
  return numberFormat(locale, { style: "currency", currency: "CNY", currencyDisplay: "narrowSymbol" }).format(cents / 100);
}

const dayStyles = {
  day: { month: "long", day: "numeric" },
  dayAndYear: { year: "numeric", month: "long", day: "numeric" },
  month: { year: "numeric", month: "long" },
  weekday: { weekday: "short" },
  weekdayLong: { weekday: "long" },
  short: { year: "numeric", month: "2-digit", day: "2-digit" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
export type DayStyle = keyof typeof dayStyles;

/** A calendar day (`2026-11-21`) has no zone: it reads the same everywhere. */
export function formatDay(locale: Locale, day: string, style: DayStyle = "day"): string {
  return dateFormat(locale, { ...dayStyles[style], timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}

/** The calendar day on which an instant falls in the programme's zone. */
export function formatDayOf(locale: Locale, at: Date, zone: string, style: DayStyle = "dayAndYear"): string {
  return dateFormat(locale, { ...dayStyles[style], timeZone: zone }).format(at);
}

/** Day and minute of an instant in the programme's zone. */
export function formatInstant(locale: Locale, at: Date, zone: string): string {
  return dateFormat(locale, {
    year: "numeric", month: locale === "en" ? "short" : "numeric", day: "numeric",
    hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone,
  }).format(at);
}

/** Minute of the day, `09:30`. */
export function formatTime(locale: Locale, at: Date, zone: string): string {
  return dateFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).format(at);
}

/** Fills `{name}` in a message that a client leaf received as a template. */
export function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A zone by name and by its identifier: `中国标准时间 (Asia/Shanghai)`. */
export function formatZone(locale: Locale, zone: string, now: Date): string {
  const name = dateFormat(locale, { timeZone: zone, timeZoneName: "long" }).formatToParts(now).find((part) => part.type === "timeZoneName")?.value;
  return name ? `${name} (${zone})` : zone;
}
