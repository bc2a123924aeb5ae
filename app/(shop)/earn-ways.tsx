import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import type { Reading } from "./reading";
import { Panel } from "@/components/ui/card";
import { Icon, type IconName } from "@/components/ui/icon";
import { formatSignedPoints } from "@/lib/i18n";
import { findRule } from "@/lib/rules/queries";

type Way = { key: "register" | "visit" | "purchase"; icon: IconName; points: number; href: Route | null };

/** What else earns points, read from the rules in force. */
export async function EarnWays({ reading: { db, locale }, isGuest }: { reading: Reading; isGuest: boolean }) {
  const [register, visit, purchase, t] = await Promise.all([findRule(db, "register"), findRule(db, "login"), findRule(db, "purchase"), getTranslations("home")]);
  const ways: Way[] = [
    ...(register && isGuest ? [{ key: "register" as const, icon: "gift" as const, points: register.pointsValue, href: "/sign-up" as const }] : []),
    ...(visit ? [{ key: "visit" as const, icon: "calendar-check" as const, points: visit.pointsValue, href: null }] : []),
    ...(purchase && purchase.pointsPerYuan > 0 ? [{ key: "purchase" as const, icon: "bag" as const, points: purchase.pointsPerYuan, href: "/shop" as const }] : []),
  ];
  if (ways.length === 0) return null;
  return (
    <Panel aria-labelledby="earn-ways" className="mt-3">
      <h2 id="earn-ways" className="mb-1 text-body font-semibold">{t("earnWays")}</h2>
      <ul className="divide-y divide-border">
        {ways.map((way) => (
          <li key={way.key} className="flex min-h-12 items-center gap-3 text-dense">
            <span className="grid size-8 shrink-0 place-items-center rounded-control bg-points-soft text-points"><Icon name={way.icon} /></span>
            <span className="min-w-0 grow">{t(`ways.${way.key}`)}</span>
            <b className="font-semibold text-points tabular-nums">{formatSignedPoints(locale, way.points)}</b>
            <WayState way={way} isGuest={isGuest} words={{ done: t("wayDone"), go: t("wayGo"), goTo: t(`ways.${way.key}`) }} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The day's visit counts by itself; the others are a link away. */
function WayState({ way, isGuest, words }: { way: Way; isGuest: boolean; words: { done: string; go: string; goTo: string } }) {
  if (!way.href) return isGuest ? null : <span className="shrink-0 text-caption font-medium text-success">✓ {words.done}</span>;
  return (
    <Link href={way.href} aria-label={`${words.go} · ${words.goTo}`} className="inline-flex min-h-8 shrink-0 items-center text-caption font-medium text-primary">
      {words.go}
      <Icon name="chevron-right" size={16} />
    </Link>
  );
}
