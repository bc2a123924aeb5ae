import { useTranslations } from "next-intl";
import type { Route } from "next";
import Link from "next/link";
import type { Reading } from "../../(shop)/reading";
import { Values } from "./values";
import { factSentence, subjectHref, subjectWord } from "./fact-words";
import { TRAIL, type TrailState } from "./list";
import { DataTable, type Column } from "@/components/admin/data-table";
import type { ListFace } from "@/components/admin/list-face";
import { Moment } from "@/components/admin/moment";
import { CopyButton } from "@/components/ui/copy-button";
import { tell } from "@/lib/audit/trail/trail";
import type { TrailRow } from "@/lib/audit/trail/queries";
import type { Staff } from "@/lib/auth";
import { formatInstant, type Locale } from "@/lib/i18n";
import { listAddress } from "@/lib/list-address";

type TrailTableProps = { rows: readonly TrailRow[]; state: TrailState; face: ListFace; reading: Reading & { staff: Staff } };

const quiet = "inline-flex min-h-6 min-w-6 items-center hover:underline";

/** Records in words: what, by whom, about what and when, each with the values that were set. */
export function TrailTable({ rows, state, face, reading }: TrailTableProps) {
  const t = useTranslations("adminAudit");
  const { staff, policy, now, locale } = reading;
  const zone = policy.timeZone;
  const mayContact = staff.permissions.has("people.contact");
  const only = (filters: Record<string, string | number | undefined>): Route => listAddress(TRAIL, state, { filters }) as Route;
  const columns: Column<TrailRow>[] = [
    {
      key: "what", label: t("columns.what"), phone: "title",
      cell: ({ name, data }) => (
        <div className="max-w-xl min-w-0">
          <p className="font-medium">{factSentence(t, name)}</p>
          <Values told={tell(data, mayContact)} zone={zone} />
        </div>
      ),
    },
    {
      key: "who", label: t("columns.who"), phone: "pair",
      cell: ({ actorId, actorName }) => {
        if (actorId === null) return <span className="text-muted">{t("clock")}</span>;
        const name = actorName ?? t("nobody", { id: actorId });
        return <Link href={only({ actor: actorId })} prefetch={false} title={t("onlyActor", { name })} className={quiet}>{name}</Link>;
      },
    },
    { key: "subject", label: t("columns.subject"), phone: "pair", cell: (row) => <Subject row={row} href={subjectHref(row.subjectType, row.subjectId, staff.permissions)} only={only({ type: row.subjectType, subject: row.subjectId })} /> },
    {
      key: "when", label: t("columns.when"), phone: "corner",
      cell: ({ createdAt }) => (
        <span className="text-caption text-muted">
          <Moment at={createdAt} now={now} zone={zone} />
          <span className="sr-only">{formatInstant(locale as Locale, createdAt, zone)}</span>
        </span>
      ),
    },
    { key: "id", label: t("columns.id"), phone: "pair", cell: ({ id }) => <span className="font-mono text-caption tabular-nums">{id}</span> },
  ];
  return <DataTable caption={t("list")} columns={columns} rows={rows} keyOf={({ id }) => id} list={face} />;
}

function Subject({ row: { subjectType, subjectId }, href, only }: { row: TrailRow; href: Route | null; only: Route }) {
  const t = useTranslations("adminAudit");
  const id = <span className="font-mono text-caption break-all">{subjectId}</span>;
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2">
      <span className="whitespace-nowrap">{subjectWord(t, subjectType)}</span>
      {href ? <Link href={href} prefetch={false} className={`${quiet} text-primary`}>{id}</Link> : id}
      <CopyButton text={subjectId} label={t("copyId")} copiedLabel={t("copied")} />
      <Link href={only} prefetch={false} className={`${quiet} text-caption text-muted`}>{t("onlySubject")}</Link>
    </span>
  );
}
