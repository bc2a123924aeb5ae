import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { runJobForm } from "../../actions";
import { RunTable } from "./run-table";
import { readParams, type SearchParams } from "@/app/(shop)/reading";
import { idIn, startStaffReading } from "@/app/admin/reading";
import { CommandForm } from "@/components/admin/command-form";
import { hrefWith } from "@/components/admin/href";
import { FirstUse, NoResults } from "@/components/admin/list-empty";
import { Pager, ResourceIndex } from "@/components/admin/resource-index";
import { PageHeader } from "@/components/page-header";
import { publicId } from "@/lib/id";
import { isJobName, jobs } from "@/lib/jobs";
import type { Job } from "@/lib/jobs/job";
import { listRuns } from "@/lib/jobs/queries";

type Place = { params: Promise<{ job: string }>; searchParams: SearchParams };

const RUNS_PER_PAGE = 30;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminOperations"))("title") };
}

/** What one job did, run by run. */
export default async function JobPage({ params, searchParams }: Place) {
  const { job } = await params;
  if (!isJobName(job)) notFound();
  const here = `/admin/operations/jobs/${job}`;
  const { now, policy, staff } = await startStaffReading("operations.read", here);
  const [t, tRun, { before, view }] = await Promise.all([getTranslations("adminOperations"), getTranslations("adminOperations.run"), readParams(searchParams, "before", "view")]);
  const onlyFailed = view === "failed";
  const { runs, nextBefore } = await listRuns(job, { before: idIn(before), limit: RUNS_PER_PAGE, onlyFailed });
  const { everyMinutes } = jobs[job] as Job;
  const name = t(`jobs.${job}.name`);
  return (
    <>
      <PageHeader
        title={name} lead={`${t(`jobs.${job}.does`)} ${everyMinutes === undefined ? t("isStepLong") : t("everyLong", { minutes: everyMinutes })}`} back={{ href: "/admin/operations", label: t("title") }}
        actions={staff.permissions.has("operations.run") && <CommandForm action={runJobForm} label={tRun("label", { job: name })} hidden={{ requestId: publicId(), job }} submit={tRun("now")} pending={tRun("pending")} />}
      />
      <ResourceIndex
        label={t("history")}
        views={{ label: t("history"), tabs: [{ href: hrefWith(here), label: t("allRuns"), current: !onlyFailed }, { href: hrefWith(here, { view: "failed" }), label: t("failedRuns"), current: onlyFailed }] }}
        pager={runs.length > 0 && <Pager summary={t("runsShown", { count: runs.length })} previous={before ? hrefWith(here, { view }) : null} next={nextBefore === null ? null : hrefWith(here, { view, before: nextBefore })} />}
      >
        {runs.length > 0 && <RunTable caption={t("history")} runs={runs} now={now} zone={policy.timeZone} />}
        {runs.length === 0 && (onlyFailed ? <NoResults clear={hrefWith(here)} /> : <FirstUse title={t("noRuns")}>{t("noRunsHint")}</FirstUse>)}
      </ResourceIndex>
    </>
  );
}
