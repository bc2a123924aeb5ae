import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { startStaffReading } from "../../reading";
import { createSegmentForm, previewSegment } from "../actions";
import { emptySegment, readGroupChoices, readLevelChoices, readSegmentWords } from "../form-parts";
import { SegmentForm } from "@/components/admin/segment-form";
import { PageHeader } from "@/components/page-header";
import { publicId } from "@/lib/id";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminSegments"))("new") };
}

export default async function NewSegmentPage() {
  const reading = await startStaffReading("marketing.write", "/admin/segments/new");
  const [t, words, levels, groups] = await Promise.all([getTranslations("adminSegments"), readSegmentWords(), readLevelChoices(reading), readGroupChoices()]);
  return (
    <>
      <PageHeader title={t("new")} back={{ href: "/admin/segments" as Route, label: t("title") }} />
      <SegmentForm segment={emptySegment} levels={levels} groups={groups} words={words} requestId={publicId()} first={{ sentence: null, count: words.previewNone }} action={createSegmentForm} preview={previewSegment} />
    </>
  );
}
