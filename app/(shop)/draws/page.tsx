import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { startReading, type Reading } from "../reading";
import { inLanguage } from "../views";
import { costOf, timeOf } from "./draw-views";
import { EmptyState } from "@/components/empty-state";
import { PageHeader } from "@/components/page-header";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { Panel } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { phaseOf } from "@/lib/draws/draw";
import { listDraws, type NamedDraw } from "@/lib/draws/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("draws");
  return { title: t("title"), description: t("description") };
}

export default async function DrawsPage() {
  const [reading, t] = await Promise.all([startReading(), getTranslations("draws")]);
  const draws = await listDraws(reading.db, reading.now);
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      {draws.length > 0 ? (
        <ul className="grid gap-3 md:grid-cols-2">
          {draws.map((draw) => <li key={draw.id}><DrawLink reading={reading} draw={draw} /></li>)}
        </ul>
      ) : (
        <Panel>
          <EmptyState
            title={t("empty")}
            action={<><ButtonLink href={"/tasks" as Route} look="primary">{t("toEarn")}</ButtonLink><ButtonLink href="/shop">{t("toShop")}</ButtonLink></>}
          >
            {t("emptyHint")}
          </EmptyState>
        </Panel>
      )}
    </>
  );
}

async function DrawLink({ reading, draw }: { reading: Reading; draw: NamedDraw }) {
  const t = await getTranslations("draws");
  const name = inLanguage(reading.locale, draw.name, draw.nameEn);
  const isOpen = phaseOf(draw, reading.now) === "open";
  const time = timeOf(reading, t, draw);
  return (
    <Link href={`/draws/${draw.slug}` as Route} aria-label={isOpen ? t("enterNamed", { name }) : name} className="pressable flex items-center gap-4 rounded-hero border border-border bg-card p-4 hover:border-input">
      <span className="grid size-12 shrink-0 place-items-center rounded-full bg-points-soft text-points"><Icon name="gift" size={24} /></span>
      <span className="min-w-0 grow">
        <span className="flex flex-wrap items-center gap-2">
          <b className="text-body font-semibold">{name}</b>
          <Badge tone={isOpen ? "success" : "neutral"} progress={isOpen ? "underway" : "waiting"}>{t(isOpen ? "phase.open" : "phase.upcoming")}</Badge>
        </span>
        <span className="block text-dense text-muted">{costOf(reading, t, draw)}</span>
        {time && <span className="block text-caption text-muted tabular-nums">{time}</span>}
      </span>
      <Icon name="chevron-right" size={20} className="text-muted" />
    </Link>
  );
}
