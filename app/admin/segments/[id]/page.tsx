import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { readParams, type SearchParams } from "../../../(shop)/reading";
import { inLanguage } from "../../../(shop)/views";
import { idIn, startStaffReading } from "../../reading";
import { previewSegment, refreshSegmentForm, saveSegmentForm } from "../actions";
import { MEMBERS_PER_PAGE, readMembersCursor } from "../filter";
import { draftOf, firstPreview, readGroupChoices, readLevelChoices, readSegmentWords } from "../form-parts";
import { SegmentStatusBadge } from "../segment-table";
import { GiveCoupon } from "./give-coupon";
import { MembersPanel } from "./members-panel";
import { CommandForm } from "@/components/admin/command-form";
import { SegmentForm } from "@/components/admin/segment-form";
import { ReadOnly } from "@/components/admin/read-only";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { formatInstant } from "@/lib/i18n";
import { publicId } from "@/lib/id";
import { findSegmentForStaff, listMembers } from "@/lib/segments/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminSegments"))("edit") };
}

type SegmentPageProps = { params: Promise<{ id: string }>; searchParams: SearchParams };

export default async function SegmentPage({ params, searchParams }: SegmentPageProps) {
  const reading = await startStaffReading("marketing.read");
  const { db, locale, policy, staff } = reading;
  const id = idIn((await params).id);
  const segment = id === undefined ? null : await findSegmentForStaff(db, id);
  if (!segment) notFound();
  const [t, words, levels, groups, cursor, { created }] = await Promise.all([getTranslations("adminSegments"), readSegmentWords(), readLevelChoices(reading), readGroupChoices(), readMembersCursor(searchParams), readParams(searchParams, "created")]);
  const [draft, first, members] = await Promise.all([draftOf(reading, segment), firstPreview(reading, segment, levels), listMembers(db, segment.id, cursor, MEMBERS_PER_PAGE)]);
  const { refreshedAt } = segment;
  const isReader = !reading.staff.permissions.has("marketing.write");
  return (
    <>
      <PageHeader
        title={inLanguage(locale, segment.name, segment.nameEn)} back={{ href: "/admin/segments" as Route, label: t("title") }} lead={<SegmentStatusBadge isActive={segment.isActive} />}
        actions={<ButtonLink href={"/admin/coupons" as Route} size="dense">{t("uses.coupon")}</ButtonLink>}
      />
      {created === "1" && <Notice tone="success" role="status" className="mb-4">{t("created")}</Notice>}
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 text-dense text-muted">
        <p>{refreshedAt ? t("refreshedAt", { at: formatInstant(locale, refreshedAt, policy.timeZone) }) : t("waiting")}</p>
        {!isReader && <CommandForm action={refreshSegmentForm} label={t("refresh")} hidden={{ requestId: publicId(), id: segment.id }} submit={t("refresh")} pending={t("refreshing")} look="secondary" />}
      </div>
      <ReadOnly when={isReader}><SegmentForm segment={draft} levels={levels} groups={groups} words={words} requestId={publicId()} first={first} action={saveSegmentForm} preview={previewSegment} /></ReadOnly>
      {staff.permissions.has("marketing.write") && segment.isActive && <GiveCoupon segmentId={segment.id} locale={locale} />}
      <MembersPanel segment={segment} members={members} reading={reading} />
    </>
  );
}
