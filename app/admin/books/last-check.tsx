import { useTranslations } from "next-intl";
import type { Reading } from "../../(shop)/reading";
import { EvidenceTable } from "./evidence";
import { invariantName } from "./invariant-names";
import { Moment } from "@/components/admin/moment";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { BooksCheck } from "@/lib/audit/queries";

type LastCheckProps = { last: { at: Date; check: BooksCheck } | null; reading: Reading };

/** When the books were checked last, and everything that was found, of persons or not. */
export function LastCheck({ last, reading: { now, policy } }: LastCheckProps) {
  const t = useTranslations("adminBooks");
  return (
    <Card as="section" aria-labelledby="last-title">
      <h2 id="last-title" className="text-section font-semibold">{t("last")}</h2>
      {!last && <p className="py-3 text-dense text-muted">{t("never")}</p>}
      {last && (
        <>
          <p className="mt-1 flex flex-wrap items-center gap-2 text-dense">
            {last.check.broken === 0 ? <Badge tone="success" progress="done">{t("clean")}</Badge> : <Badge tone="danger" progress="ended">{t("broken", { broken: last.check.broken })}</Badge>}
            <span className="text-caption text-muted"><Moment at={last.at} now={now} zone={policy.timeZone} /></span>
          </p>
          <p className="mt-2 text-caption text-muted">{t("checkedIn", { checked: last.check.checked, seconds: last.check.seconds, people: last.check.people })}</p>
          {last.check.next !== null && <Notice tone="warning" className="mt-3">{t("unfinished")}</Notice>}
          {last.check.unchecked.length > 0 && <Notice tone="warning" className="mt-3">{t("unchecked", { names: last.check.unchecked.join("; ") })}</Notice>}
          <Findings findings={last.check.findings} />
        </>
      )}
    </Card>
  );
}

function Findings({ findings }: { findings: BooksCheck["findings"] }) {
  const t = useTranslations("adminBooks");
  return (
    <ul className="divide-y divide-border">
      {findings.map(({ invariant, evidence }) => (
        <li key={invariant} className="py-3">
          <p className="text-dense font-medium">{invariantName(invariant, t)}</p>
          <p className="text-caption text-muted">{t("rows", { rows: evidence.found })}</p>
          <EvidenceTable caption={t("evidenceOf", { invariant: invariantName(invariant, t) })} evidence={evidence} />
        </li>
      ))}
    </ul>
  );
}
