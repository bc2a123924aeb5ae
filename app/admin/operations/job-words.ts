import { useTranslations } from "next-intl";
import { countsOf, errorIn, type JobRun } from "@/lib/jobs/schedule";

type Key = Parameters<ReturnType<typeof useTranslations<"adminOperations">>>[0];

/** What a job is called and what it does, and what a run did, in words. What has none yet is said as it is written down. */
export function useJobWords() {
  const t = useTranslations("adminOperations");
  const say = (key: string, values?: Record<string, number>): string | null => (t.has(key as Key) ? t(key as "title", values) : null);

  function resultOf({ report, error, finishedAt }: JobRun): string {
    if (error !== null) return errorIn(error).slice(0, ERROR_SHOWN);
    if (finishedAt === null) return "—";
    const counts = [...countsOf(report)].map(([name, count]) => say(`results.${name}`, { count }) ?? `${name} ${count}`);
    const did = counts.length > 0 ? counts.slice(0, COUNTS_SHOWN).join(t("join")) : t("nothingToDo");
    return report?.finished === 0 ? t("leftOver", { did }) : did;
  }
  return { name: (job: string) => say(`jobs.${job}.name`) ?? job, does: (job: string) => say(`jobs.${job}.does`) ?? "", resultOf };
}

const ERROR_SHOWN = 300;
const COUNTS_SHOWN = 6;

/** `12 s`, or `0.4 s` for what is quick. */
export function useDuration() {
  const t = useTranslations("adminOperations");
  return ({ startedAt, finishedAt }: Pick<JobRun, "startedAt" | "finishedAt">): string | null => {
    if (finishedAt === null) return null;
    const seconds = Math.max(0, (finishedAt.getTime() - startedAt.getTime()) / 1000);
    return t("seconds", { seconds: seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds) });
  };
}
