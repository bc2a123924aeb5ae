import { getLocale, getTranslations } from "next-intl/server";
import { Badge, type Progress, type Tone } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { readHealth, type Health } from "@/lib/health";
import { formatInstant } from "@/lib/i18n";

type Look = readonly [Tone, Progress];
const FINE: Look = ["success", "done"];
const QUIET: Look = ["neutral", "waiting"];
const BAD: Look = ["danger", "ended"];
const HALF: Look = ["warning", "underway"];

/** What each state of each part looks like. */
const LOOKS = {
  database: { up: FINE, down: BAD },
  redis: { up: FINE, down: HALF, away: QUIET },
  storage: { up: FINE, down: BAD },
  mail: { smtp: FINE, sink: HALF, none: BAD },
  migrations: { current: FINE, behind: BAD, ahead: HALF, unknown: QUIET },
} as const satisfies { [Part in keyof Health]: Record<Health[Part], Look> };

/** What the shop leans on, asked just now. */
export async function HealthList({ now, zone }: { now: Date; zone: string }) {
  const [t, locale, health] = await Promise.all([getTranslations("adminOperations.health"), getLocale(), readHealth()]);
  const parts = (Object.keys(LOOKS) as (keyof Health)[]).map((part) => ({ part, state: health[part], look: (LOOKS[part] as Record<string, Look>)[health[part]]! }));
  return (
    <Card as="section" aria-labelledby="health-title">
      <h2 id="health-title" className="text-section font-semibold">{t("title")}</h2>
      <p className="mb-2 text-caption text-muted">{t("asOf", { at: formatInstant(locale, now, zone) })}</p>
      <ul className="divide-y divide-border">
        {parts.map(({ part, state, look }) => (
          <li key={part} className="flex items-center justify-between gap-3 py-2">
            <span className="min-w-0 text-dense"><span className="font-medium">{t(`parts.${part}`)}</span><span className="block text-caption text-muted">{t(`means.${part}.${state}` as "means.database.up")}</span></span>
            <Badge tone={look[0]} progress={look[1]}>{t(`states.${state}`)}</Badge>
          </li>
        ))}
        <li className="flex items-center justify-between gap-3 py-2">
          <span className="min-w-0 text-dense"><span className="font-medium">{t("parts.backup")}</span><span className="block text-caption text-muted">{t("means.backup")}</span></span>
          <Badge progress="waiting">{t("states.unknown")}</Badge>
        </li>
      </ul>
    </Card>
  );
}
