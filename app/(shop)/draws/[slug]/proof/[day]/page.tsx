import type { Metadata, Route } from "next";
import { getMessages, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { PageFrame } from "../../../../page-frame";
import { readParams, startReading, type Reading, type SearchParams } from "../../../../reading";
import { inLanguage } from "../../../../views";
import { How } from "./how";
import { SpinTable } from "./spin-table";
import { Verifier } from "./verifier";
import { PageHeader } from "@/components/page-header";
import { buttonClass } from "@/components/ui/button";
import { Panel } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { currentShopper } from "@/lib/auth";
import { parseDay, type Day } from "@/lib/day";
import { tellSeeds } from "@/lib/draw-rounds";
import { findDrawBySlug, findRound, type PublicRound } from "@/lib/draws/queries";
import { env } from "@/lib/env";
import { formatDay, formatInstant } from "@/lib/i18n";

type ProofPageProps = { params: Promise<{ slug: string; day: string }>; searchParams: SearchParams };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("draws.proof");
  return { title: t("title"), description: t("description") };
}

export default async function ProofPage({ params, searchParams }: ProofPageProps) {
  const [reading, shopper, t, { slug, day: text }, { from }] = await Promise.all([startReading(), currentShopper(), getTranslations("draws"), params, readParams(searchParams, "from")]);
  const day = dayIn(text);
  const draw = await findDrawBySlug(reading.db, slug.slice(0, 60));
  const round = draw && day ? await roundOf(reading, draw.id, day) : null;
  if (!draw || !round) notFound();
  const name = inLanguage(reading.locale, draw.name, draw.nameEn);
  const address = `/api/draws/${draw.slug}/proof/${round.day}`;
  return (
    <PageFrame
      heading={<PageHeader title={t("proof.heading", { name, day: formatDay(reading.locale, round.day, "dayAndYear") })} lead={t("proof.lead")} back={{ href: `/draws/${draw.slug}` as Route, label: t("proof.back") }} />}
      rail={<Commitment reading={reading} round={round} address={address} />}
    >
      <SpinTable reading={reading} round={round} userId={shopper?.id} slug={draw.slug} from={/^\d{1,9}$/.test(from) ? Number(from) : 0} />
      <How slug={draw.slug} day={round.day} address={`${env().NEXTAUTH_URL}${address}`} />
    </PageFrame>
  );
}

/** A seed is told when its day is over, whether or not the clock's own work has come by. */
async function roundOf({ db, today }: Reading, drawId: number, day: Day): Promise<PublicRound | null> {
  const round = await findRound(db, drawId, day);
  if (!round || round.seed !== null || round.day >= today) return round;
  await tellSeeds();
  return findRound(db, drawId, day);
}

function dayIn(text: string): Day | null {
  try {
    return parseDay(text);
  } catch {
    return null;
  }
}

async function Commitment({ reading: { locale, policy }, round, address }: { reading: Reading; round: PublicRound; address: string }) {
  const [t, { draws }] = await Promise.all([getTranslations("draws.proof"), getMessages()]);
  const { verify, verifying, wrongCommitment, wrongSpins, failed, unsupported, right, wrong } = draws.proof;
  return (
    <Panel aria-label={t("parts")}>
      {round.seed === null ? <Notice>{t("hidden")}</Notice> : (
        <Verifier
          address={address}
          words={{ verify, verifying, wrongCommitment, wrongSpins, failed, unsupported, right, wrong, verifiedNone: t("verifiedNone"), verified: t("verified", { count: round.spins }) }}
        />
      )}
      <dl className="mt-4 grid gap-3 text-dense">
        <Term label={t("commitment")}><span className="font-mono text-caption break-all">{round.commitment}</span></Term>
        <Term label={t("seed")}>{round.seed ? <span className="font-mono text-caption break-all">{round.seed}</span> : <span className="text-muted">{t("hiddenSeed")}</span>}</Term>
        <Term label={t("table")}><pre className="font-mono text-caption break-all whitespace-pre-wrap">{round.prizeTable}</pre></Term>
      </dl>
      <p className="mt-2 text-caption text-muted">{t("tableNote")}</p>
      {round.revealedAt && <p className="mt-2 text-caption text-muted tabular-nums">{t("revealedAt", { at: formatInstant(locale, round.revealedAt, policy.timeZone) })}</p>}
      <a href={address} download={`draw-${round.day}.json`} className={buttonClass({ size: "medium", wide: true }, "mt-4")}><Icon name="download" />{t("download")}</a>
    </Panel>
  );
}

const Term = ({ label, children }: { label: string; children: React.ReactNode }) => (
  <div className="min-w-0 rounded-control bg-sunken px-3.5 py-2.5">
    <dt className="text-caption text-muted">{label}</dt>
    <dd className="min-w-0">{children}</dd>
  </div>
);
