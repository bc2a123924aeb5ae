import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { readParams, type SearchParams } from "../../../(shop)/reading";
import { inLanguage } from "../../../(shop)/views";
import { idIn, startStaffReading } from "../../reading";
import { CouponStatusBadge } from "../coupon-table";
import { PEOPLE_PER_PAGE, readPeopleFilter } from "../filter";
import { readSentence } from "../form-parts";
import { CodesPanel } from "./codes-panel";
import { FunnelPanel, TermsPanel } from "./facts";
import { GrantPanels } from "./grant-panels";
import { PeoplePanel } from "./people-panel";
import { WithoutForms } from "@/components/admin/read-only";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { findTemplateForStaff, listBatches, listCouponsForStaff, listGrants } from "@/lib/coupons/staff-queries";
import { listLevels } from "@/lib/levels/queries";
import { listSegmentChoices } from "@/lib/segments/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminCoupons"))("title") };
}

type CouponPageProps = { params: Promise<{ id: string }>; searchParams: SearchParams };

export default async function CouponPage({ params, searchParams }: CouponPageProps) {
  const reading = await startStaffReading("marketing.read");
  const id = idIn((await params).id);
  const template = id === undefined ? null : await findTemplateForStaff(reading.db, id);
  if (!template) notFound();
  const [t, filter, { created }] = await Promise.all([getTranslations("adminCoupons"), readPeopleFilter(searchParams), readParams(searchParams, "created")]);
  const { db, locale } = reading;
  const mayWrite = reading.staff.permissions.has("marketing.write");
  const [sentence, people, batches, grants, segments, levels] = await Promise.all([
    readSentence(reading, template), listCouponsForStaff(db, template.id, { ...filter, search: filter.q }, PEOPLE_PER_PAGE), listBatches(template.id), listGrants(template.id), listSegmentChoices(db), listLevels(db),
  ]);
  const named = <Each extends { id: number; name: string; nameEn: string }>(all: readonly Each[], wanted: number | null): string | null => {
    const found = all.find((each) => each.id === wanted);
    return found ? inLanguage(locale, found.name, found.nameEn) : null;
  };
  return (
    <>
      <PageHeader
        title={inLanguage(locale, template.name, template.nameEn)} back={{ href: "/admin/coupons" as Route, label: t("title") }} lead={<CouponStatusBadge status={template.status} />}
        actions={(
          <>
            {template.status === "active" && template.isClaimable && <ButtonLink href={"/coupons?tab=centre" as Route} size="dense">{t("seeInShop")}</ButtonLink>}
            {mayWrite && <ButtonLink href={`/admin/coupons/${template.id}/edit` as Route} look="primary" size="dense">{t("toEdit")}</ButtonLink>}
          </>
        )}
      />
      {created === "1" && <Notice tone="success" role="status" className="mb-4">{template.status === "active" ? t("createdActive") : t("created")}</Notice>}
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <div className="grid min-w-0 gap-4">
          <FunnelPanel template={template} />
          <WithoutForms when={!mayWrite}><PeoplePanel templateId={template.id} people={people} search={filter.q} reading={reading} /></WithoutForms>
          <WithoutForms when={!mayWrite}><CodesPanel template={template} batches={batches} reading={reading} /></WithoutForms>
        </div>
        <div className="grid min-w-0 gap-4">
          <TermsPanel template={template} sentence={sentence} level={named(levels, template.minLevelId)} segment={named(segments, template.segmentId)} reading={reading} />
          {mayWrite && template.status === "active" && <GrantPanels templateId={template.id} segments={segments.map((each) => ({ id: each.id, name: inLanguage(locale, each.name, each.nameEn) }))} grants={grants} reading={reading} />}
        </div>
      </div>
    </>
  );
}
