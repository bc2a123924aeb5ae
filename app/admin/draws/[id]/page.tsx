import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { readParams, type SearchParams } from "../../../(shop)/reading";
import { inLanguage } from "../../../(shop)/views";
import { idIn, startStaffReading } from "../../reading";
import { saveDrawForm } from "../actions";
import { DrawStatusBadge } from "../draw-table";
import { draftOf, readCouponChoices, readDrawWords } from "../form-parts";
import { GiveSpins } from "./give-spins";
import { Results } from "./results";
import { Rounds } from "./rounds";
import { DrawForm } from "@/components/admin/draw-form";
import { ReadOnly } from "@/components/admin/read-only";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { findDrawForStaff } from "@/lib/draws/staff-queries";
import { publicId } from "@/lib/id";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminDraws"))("edit") };
}

type DrawPageProps = { params: Promise<{ id: string }>; searchParams: SearchParams };

export default async function DrawPage({ params, searchParams }: DrawPageProps) {
  const reading = await startStaffReading("marketing.read");
  const id = idIn((await params).id);
  const draw = id === undefined ? null : await findDrawForStaff(reading.db, id);
  if (!draw) notFound();
  const mayWrite = reading.staff.permissions.has("marketing.write");
  const mayGive = mayWrite && reading.staff.permissions.has("adjustments.approve");
  const [t, words, coupons, { created }] = await Promise.all([getTranslations("adminDraws"), readDrawWords(), readCouponChoices(reading), readParams(searchParams, "created")]);
  return (
    <>
      <PageHeader
        title={inLanguage(reading.locale, draw.name, draw.nameEn)} back={{ href: "/admin/draws" as Route, label: t("title") }} lead={<DrawStatusBadge status={draw.status} />}
        actions={draw.status !== "draft" && <ButtonLink href={`/draws/${draw.slug}` as Route} size="dense">{t("seeInShop")}</ButtonLink>}
      />
      {created === "1" && <Notice tone="success" role="status" className="mb-4">{draw.status === "active" ? t("createdActive") : t("created")}</Notice>}
      <ReadOnly when={!mayWrite}><DrawForm draw={draftOf(draw, reading.policy.timeZone)} coupons={coupons} words={words} requestId={publicId()} action={saveDrawForm} /></ReadOnly>
      <div className="mt-4 grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <Results reading={reading} drawId={draw.id} />
        <div className="grid min-w-0 gap-4">
          {mayGive && <GiveSpins drawId={draw.id} />}
          <Rounds reading={reading} draw={draw} />
        </div>
      </div>
    </>
  );
}
