import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { readParams, type SearchParams } from "../../../(shop)/reading";
import { inLanguage } from "../../../(shop)/views";
import { idIn, startStaffReading } from "../../reading";
import { changeFlashForm, closeFlashForm } from "../actions";
import { FlashPhaseBadge } from "../flash-table";
import { draftOf, readFlashWords } from "../form-parts";
import { FlashResults } from "./flash-results";
import { CommandForm } from "@/components/admin/command-form";
import { FlashForm } from "@/components/admin/flash-form";
import { LiveRefresh } from "@/components/admin/live-refresh";
import { ReadOnly } from "@/components/admin/read-only";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { phaseOf, type FlashPhase } from "@/lib/flash/sale";
import { findFlashForStaff } from "@/lib/flash/staff-queries";
import { publicId } from "@/lib/id";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminFlash"))("edit") };
}

const LIVE_MS = 5_000;

type FlashSalePageProps = { params: Promise<{ id: string }>; searchParams: SearchParams };

export default async function FlashSalePage({ params, searchParams }: FlashSalePageProps) {
  const reading = await startStaffReading("marketing.read");
  const id = idIn((await params).id);
  const sale = id === undefined ? null : await findFlashForStaff(reading.db, id);
  if (!sale) notFound();
  const [t, words, { created }] = await Promise.all([getTranslations("adminFlash"), readFlashWords(reading), readParams(searchParams, "created")]);
  const mayWrite = reading.staff.permissions.has("marketing.write");
  const phase = phaseOf(sale, reading.now);
  return (
    <>
      <PageHeader
        title={inLanguage(reading.locale, sale.name, sale.nameEn)} back={{ href: "/admin/flash" as Route, label: t("title") }} lead={<FlashPhaseBadge phase={phase} />}
        actions={phase !== "over" && <ButtonLink href={`/products/${sale.slug}#flash` as Route} size="dense">{t("seeInShop")}</ButtonLink>}
      />
      {created === "1" && <Notice tone="success" role="status" className="mb-4">{t("created")}</Notice>}
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <div className="grid min-w-0 gap-4 max-lg:order-2">
          {phase === "over" ? <Notice>{words.overHint}</Notice> : <ReadOnly when={!mayWrite}><FlashForm sale={draftOf(sale, reading)} choices={[]} words={words} requestId={publicId()} action={changeFlashForm} /></ReadOnly>}
        </div>
        <div className="grid min-w-0 gap-4">
          <FlashResults sale={sale} isLive={phase === "on"} zone={reading.policy.timeZone} />
          {mayWrite && phase !== "over" && <Close id={sale.id} phase={phase} />}
        </div>
      </div>
      {phase !== "over" && <LiveRefresh everyMs={LIVE_MS} />}
    </>
  );
}

async function Close({ id, phase }: { id: number; phase: FlashPhase }) {
  const t = await getTranslations("adminFlash.close");
  const hasBegun = phase === "on";
  return (
    <Card as="section" aria-labelledby="close-title">
      <h2 id="close-title" className="mb-1 text-section font-semibold">{hasBegun ? t("title") : t("submitSoon")}</h2>
      <p className="mb-3 text-caption text-pretty text-muted">{hasBegun ? t("hint") : t("hintSoon")}</p>
      <CommandForm action={closeFlashForm} label={t("title")} hidden={{ requestId: publicId(), id }} submit={hasBegun ? t("submit") : t("submitSoon")} pending={t("pending")} look="danger" />
    </Card>
  );
}
