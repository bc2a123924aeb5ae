import { useTranslations } from "next-intl";
import type { Reading } from "../../(shop)/reading";
import { invariantName } from "./invariant-names";
import { Moment } from "@/components/admin/moment";
import { Card } from "@/components/ui/card";
import type { ClearedHold } from "@/lib/audit/queries";

/** Who let whom earn again, and why. */
export function Cleared({ holds, reading: { now, policy } }: { holds: readonly ClearedHold[]; reading: Reading }) {
  const t = useTranslations("adminBooks");
  if (holds.length === 0) return null;
  return (
    <Card as="section" aria-labelledby="cleared-title">
      <h2 id="cleared-title" className="mb-1 text-section font-semibold">{t("cleared")}</h2>
      <ol className="divide-y divide-border">
        {holds.map((hold) => (
          <li key={hold.id} className="py-2.5 text-dense">
            <p className="break-words"><span className="font-medium">{hold.username}</span>{" · "}{hold.clearedNote}</p>
            <p className="text-caption text-muted">
              {invariantName(hold.invariant, t)}{" · "}<Moment at={hold.clearedAt} now={now} zone={policy.timeZone} />
              {hold.clearedByName && <>{" · "}{t("by", { name: hold.clearedByName })}</>}
            </p>
          </li>
        ))}
      </ol>
    </Card>
  );
}
