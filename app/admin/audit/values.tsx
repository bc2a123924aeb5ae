import { useLocale, useTranslations } from "next-intl";
import { fieldWord, valueText, type Reader } from "./fact-words";
import type { Change, Detail, Told } from "@/lib/audit/trail/trail";
import type { Locale } from "@/lib/i18n";

/** So many values stand open; more fold away under their number. */
const OPEN_MAX = 3;
const ARROW = "→";

type ValuesProps = { told: Told; zone: string };

/** What was set, before and after, and what was said beside it. */
export function Values({ told, zone }: ValuesProps) {
  const t = useTranslations("adminAudit");
  const count = told.changes.length + told.details.length;
  if (count === 0) return null;
  if (count <= OPEN_MAX) return <List told={told} zone={zone} />;
  return (
    <details>
      <summary className="flex min-h-6 cursor-pointer items-center text-caption text-primary hover:underline">{t("more", { count })}</summary>
      <List told={told} zone={zone} />
    </details>
  );
}

function List({ told: { changes, details }, zone }: ValuesProps) {
  return (
    <dl className="mt-0.5 grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-2.5 gap-y-0.5 text-caption">
      {changes.map((change) => <Changed key={change.field} change={change} zone={zone} />)}
      {details.map((detail) => <Said key={`.${detail.field}`} detail={detail} zone={zone} />)}
    </dl>
  );
}

const useReader = (zone: string): Reader => ({ t: useTranslations("adminAudit"), all: useTranslations(), locale: useLocale() as Locale, zone });

function Changed({ change: { field, before, after }, zone }: { change: Change; zone: string }) {
  const reader = useReader(zone);
  const { t } = reader;
  return (
    <>
      <dt className="text-muted">{fieldWord(t, field)}</dt>
      <dd className="min-w-0 break-words">
        <span className="text-muted line-through decoration-1">{valueText(reader, field, before)}</span>
        <span aria-hidden="true" className="px-1 text-muted">{ARROW}</span>
        <span className="sr-only"> {t("became")} </span>
        <span className="font-medium">{valueText(reader, field, after)}</span>
      </dd>
    </>
  );
}

function Said({ detail: { field, value }, zone }: { detail: Detail; zone: string }) {
  const reader = useReader(zone);
  const { t } = reader;
  return (
    <>
      <dt className="text-muted">{fieldWord(t, field)}</dt>
      <dd className="min-w-0 break-words">{valueText(reader, field, value)}</dd>
    </>
  );
}
