import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { readParams, type SearchParams } from "../../../../(shop)/reading";
import { idIn, oneOf, startStaffReading } from "../../../reading";
import { approveBatchForm, rejectBatchForm, withdrawBatchForm } from "../../actions";
import { Decision } from "../../decision";
import { Fact, History } from "../../facts";
import { AdjustmentStatusBadge } from "../../status-badge";
import { LineTable, Trouble } from "./lines";
import { hrefWith } from "@/components/admin/href";
import { Pager } from "@/components/admin/resource-index";
import { PageHeader } from "@/components/page-header";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { findBatch, isInBatch, listBatchLines, listBatchTrouble } from "@/lib/adjustments/staff-queries";
import { formatPoints } from "@/lib/i18n";
import { PUBLIC_ID } from "@/lib/id";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminAdjustments"))("batch") };
}

const LINES_PER_PAGE = 50;
/** One more than is named tells that there are others. */
const TROUBLE_READ = 6;

type BatchPageProps = { params: Promise<{ id: string }>; searchParams: SearchParams };

export default async function BatchPage({ params, searchParams }: BatchPageProps) {
  const { now, policy, staff, locale } = await startStaffReading("adjustments.read", "/admin/adjustments");
  const { id } = await params;
  const batch = PUBLIC_ID.test(id) ? await findBatch(id) : null;
  if (!batch) notFound();
  const [t, list, { done, page: asked }] = await Promise.all([getTranslations("adminAdjustments"), getTranslations("admin.list"), readParams(searchParams, "done", "page")]);
  const isWaiting = batch.status === "pending";
  const page = Math.min(idIn(asked) ?? 1, Math.max(1, Math.ceil(batch.people / LINES_PER_PAGE)));
  const offset = (page - 1) * LINES_PER_PAGE;
  const [lines, trouble, isAboutMe] = await Promise.all([
    listBatchLines(id, now, { limit: LINES_PER_PAGE, offset }), isWaiting ? listBatchTrouble(id, now, TROUBLE_READ) : [], isWaiting && isInBatch(id, staff.id),
  ]);
  const news = oneOf(["applied", "asked", "known"] as const, done);
  const to = (wanted: number) => hrefWith(`/admin/adjustments/batch/${id}`, { page: wanted === 1 ? undefined : wanted });
  return (
    <>
      <PageHeader title={t("batch")} back={{ href: hrefWith("/admin/adjustments"), label: t("title") }} lead={<AdjustmentStatusBadge status={batch.status} />} />
      {news && <Notice tone={news === "known" ? "info" : "success"} role="status" className="mb-4">{t(`done.${news}`)}</Notice>}
      {trouble.length > 0 && <Trouble lines={trouble} now={now} shown={TROUBLE_READ - 1} />}
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <div className="grid min-w-0 gap-4">
          <Card as="section" aria-labelledby="facts-title">
            <h2 id="facts-title" className="mb-3 text-section font-semibold">{t("batchPage.facts")}</h2>
            <dl className="grid gap-3 text-dense">
              <Fact label={t("batchPage.file")}><span className="break-all">{batch.fileName || t("batchPage.noFile")}</span></Fact>
              <Fact label={t("batchPage.people")}>{formatPoints(locale, batch.people)}</Fact>
              <Fact label={t("batchPage.in")}><b className="font-semibold tabular-nums">{formatPoints(locale, batch.pointsIn)}</b></Fact>
              <Fact label={t("batchPage.out")}><b className="font-semibold tabular-nums">{formatPoints(locale, batch.pointsOut)}</b></Fact>
              <Fact label={t("facts.reason")}>{t(`reasons.${batch.reason}`)}</Fact>
              <Fact label={t("facts.note")}>{batch.note || <span className="text-muted">{t("facts.noteGone")}</span>}</Fact>
            </dl>
          </Card>
          <Card as="section" padded={false} aria-labelledby="lines-title" className="overflow-hidden">
            <h2 id="lines-title" className="p-4 text-section font-semibold">{t("batchPage.lines")}</h2>
            <LineTable lines={lines} isWaiting={isWaiting} zone={policy.timeZone} />
            <Pager
              summary={list("range", { first: offset + 1, last: offset + lines.length, total: batch.people })}
              previous={page > 1 ? to(page - 1) : null} next={offset + lines.length < batch.people ? to(page + 1) : null}
            />
          </Card>
        </div>
        <div className="grid min-w-0 gap-4 max-lg:order-first">
          {isWaiting && (
            <Decision
              staff={staff} waiting={{ status: batch.status, requestedBy: batch.makerId, people: isAboutMe ? [staff.id] : [] }} hidden={{ batchId: batch.publicId }}
              actions={{ approve: approveBatchForm, reject: rejectBatchForm, withdraw: withdrawBatchForm }} hint={t("batchPage.decide")}
              obstacle={trouble.length > 0 ? t("file.someProblems") : null}
            />
          )}
          <History of={batch} zone={policy.timeZone} />
        </div>
      </div>
    </>
  );
}
