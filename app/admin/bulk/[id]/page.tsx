import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { stopRunForm } from "../actions";
import { nameOf } from "../bulk-choices";
import { maySeeRun } from "../may-see";
import { RunBadge } from "../run-badge";
import { startStaffReading } from "../../reading";
import { CommandForm } from "@/components/admin/command-form";
import { hrefWith } from "@/components/admin/href";
import { LiveRefresh } from "@/components/admin/live-refresh";
import { Moment } from "@/components/admin/moment";
import { PageHeader } from "@/components/page-header";
import { buttonClass } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { ProgressBar } from "@/components/ui/progress-bar";
import { isOver, OPERATIONS } from "@/lib/bulk/operation";
import { findRun, listFailures, namesOf, type BulkRun } from "@/lib/bulk/queries";
import { formatPoints } from "@/lib/i18n";
import { PUBLIC_ID, publicId } from "@/lib/id";
import { sentenceFor } from "@/lib/sentence";
import type { Staff } from "@/lib/staff";
import type { Reading } from "../../../(shop)/reading";

const REFRESH_MS = 2_000;
const FAILURES_SHOWN = 20;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminBulk"))("title") };
}

/** How far a run is, and what it could not do. */
export default async function RunPage({ params }: { params: Promise<{ id: string }> }) {
  const reading = await startStaffReading(null, "/admin/bulk");
  const { id } = await params;
  const run = PUBLIC_ID.test(id) ? await findRun(reading.db, id) : null;
  if (!run || !maySeeRun(reading.staff, run)) notFound();
  const [t, common] = await Promise.all([getTranslations("adminBulk"), getTranslations("common")]);
  const over = isOver(run);
  return (
    <>
      <PageHeader
        title={t(`operations.${nameOf(run.operation)}.label`)} back={{ href: hrefWith("/admin/bulk"), label: t("title") }} lead={<RunBadge status={run.status} />}
        actions={<ButtonLink href={hrefWith(`/admin/${OPERATIONS[run.operation].list}`)} size="dense">{t(`back.${OPERATIONS[run.operation].list}`)}</ButtonLink>}
      />
      <div className="grid max-w-3xl gap-4">
        <Card as="section" aria-label={t("progress")} className="grid gap-3">
          <ProgressBar label={t("progress")} value={run.done + run.failed} max={Math.max(run.total, 1)} />
          <p role="status" className="text-dense tabular-nums">{t("counts", { gone: run.done + run.failed, total: run.total, done: run.done, failed: run.failed })}</p>
          <p className="text-caption text-muted">{t("askedBy", { name: run.requesterName })} · <Moment at={run.createdAt} now={reading.now} zone={reading.policy.timeZone} /></p>
          {run.params.reason && <p className="text-caption text-muted">{t("reasonIs", { reason: run.params.reason })}</p>}
          {!over && (
            <>
              <LiveRefresh everyMs={REFRESH_MS} />
              <p className="text-caption text-muted">{t("leave")}</p>
              <CommandForm action={stopRunForm} label={t("stop")} hidden={{ requestId: publicId(), runId: run.publicId }} look="danger" submit={t("stop")} pending={common("pending")} />
            </>
          )}
          {over && run.failed === 0 && run.status === "done" && <Notice tone="success">{t("allDone")}</Notice>}
          {run.status === "stopped" && <Notice tone="warning">{t("wasStopped")}</Notice>}
        </Card>
        {run.failed > 0 && <Failures run={run} reading={reading} />}
      </div>
    </>
  );
}

async function Failures({ run, reading: { db, locale, staff } }: { run: BulkRun; reading: Reading & { staff: Staff } }) {
  const [t, failures] = await Promise.all([getTranslations("adminBulk"), listFailures(db, run.id, { limit: FAILURES_SHOWN })]);
  const { list } = OPERATIONS[run.operation];
  const names = await namesOf(db, list, failures.map(({ item }) => Number(item)), { locale, seesStaff: staff.permissions.has("staff.read") });
  return (
    <Card as="section" aria-labelledby="failures-title">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 id="failures-title" className="text-section font-semibold">{t("failures", { count: run.failed })}</h2>
        <a href={`/admin/bulk/${run.publicId}/failures.csv`} download className={buttonClass({ size: "dense" })}>{t("failuresFile")}</a>
      </div>
      <ul className="divide-y divide-border">
        {failures.map(({ item, code, detail }) => (
          <li key={item} className="grid gap-0.5 py-2.5 text-dense sm:grid-cols-[12rem_1fr] sm:gap-4">
            <b className="min-w-0 truncate font-medium">{names.get(Number(item)) ?? item}</b>
            <span className="text-muted">{sentenceFor(locale, code, detail)}</span>
          </li>
        ))}
      </ul>
      {run.failed > failures.length && <p className="mt-2 text-caption text-muted">{t("moreFailures", { count: formatPoints(locale, run.failed - failures.length) })}</p>}
    </Card>
  );
}
