import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { PageFrame } from "../../page-frame";
import { startReading, type Reading } from "../../reading";
import { inLanguage } from "../../views";
import { costOf, slicesOf, timeOf } from "../draw-views";
import { Fairness } from "./fairness";
import { History, Winners } from "./history";
import { Prizes } from "./prizes";
import { SpinPanel } from "./spin-panel";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/ui/card";
import { currentShopper } from "@/lib/auth";
import { addDays } from "@/lib/day";
import { ensureRounds } from "@/lib/draw-rounds";
import { phaseOf } from "@/lib/draws/draw";
import { findDrawBySlug, findRound, listPrizes, readPrizeStock, type NamedDraw, type PublicRound } from "@/lib/draws/queries";

type DrawPageProps = { params: Promise<{ slug: string }> };

export async function generateMetadata({ params }: DrawPageProps): Promise<Metadata> {
  const { db, locale } = await startReading();
  const [draw, t] = await Promise.all([findDrawBySlug(db, (await params).slug.slice(0, 60)), getTranslations("draws")]);
  return { title: draw ? inLanguage(locale, draw.name, draw.nameEn) : t("title"), description: t("description") };
}

export default async function DrawPage({ params }: DrawPageProps) {
  const [reading, shopper, t] = await Promise.all([startReading(), currentShopper(), getTranslations("draws")]);
  const draw = await findDrawBySlug(reading.db, (await params).slug.slice(0, 60));
  if (!draw) notFound();
  const round = await roundOfToday(reading, draw);
  const tomorrow = await findRound(reading.db, draw.id, addDays(reading.today, 1));
  const prizes = round?.prizes ?? (await listPrizes(reading.db, draw.id));
  const slices = slicesOf(reading, t, prizes, await readPrizeStock(reading.db, prizes.map(({ id }) => id)));
  const lead = [costOf(reading, t, draw), timeOf(reading, t, draw)].filter((part) => part !== null).join(" · ");
  const rules = inLanguage(reading.locale, draw.rules, draw.rulesEn);
  return (
    <PageFrame
      heading={<PageHeader title={inLanguage(reading.locale, draw.name, draw.nameEn)} lead={lead} back={{ href: "/draws" as Route, label: t("title") }} />}
      rail={<SpinPanel reading={reading} shopper={shopper} draw={draw} isReady={round?.seed === null} slices={slices} />}
    >
      <Prizes slices={slices} />
      {shopper && <History reading={reading} userId={shopper.id} draw={draw} />}
      <Winners reading={reading} draw={draw} />
      {rules && (
        <Panel aria-labelledby="rules" className="mt-3">
          <h2 id="rules" className="mb-2 text-body font-semibold">{t("rules")}</h2>
          <p className="text-dense whitespace-pre-line text-muted">{rules}</p>
        </Panel>
      )}
      <Fairness reading={reading} draw={draw} today={round} tomorrow={phaseOf(draw, reading.now) === "ended" ? null : tomorrow} />
    </PageFrame>
  );
}

/** Nobody spins in a round whose commitment no page could have shown: where the clock has not opened it yet, the page does. */
async function roundOfToday({ db, now, today }: Reading, draw: NamedDraw): Promise<PublicRound | null> {
  const round = await findRound(db, draw.id, today);
  if (round || phaseOf(draw, now) !== "open") return round;
  await ensureRounds(draw);
  return findRound(db, draw.id, today);
}
