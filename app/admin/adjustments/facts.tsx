import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import type { AdjustmentStatus } from "@/db/schema/control";
import { formatInstant } from "@/lib/i18n";

export const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="grid gap-0.5 sm:grid-cols-[9rem_minmax(0,1fr)] sm:gap-4">
    <dt className="text-muted">{label}</dt>
    <dd className="min-w-0 break-words">{children}</dd>
  </div>
);

type Told = { maker: string; decider: string | null; status: AdjustmentStatus; createdAt: Date; decidedAt: Date | null; decisionNote: string | null };

/** Who asked and what became of it. */
export function History({ of: { maker, decider, status, createdAt, decidedAt, decisionNote }, zone }: { of: Told; zone: string }) {
  const t = useTranslations("adminAdjustments.history");
  const locale = useLocale();
  const steps = [{ what: t("asked", { name: maker }), at: createdAt, note: null as string | null }];
  if (decidedAt) steps.push({ what: decider && status !== "pending" ? t(status, { name: decider }) : t(status === "applied" ? "atOnce" : "left"), at: decidedAt, note: decisionNote });
  return (
    <Card as="section" aria-labelledby="history-title">
      <h2 id="history-title" className="mb-1 text-section font-semibold">{t("title")}</h2>
      <ol className="divide-y divide-border">
        {steps.map(({ what, at, note }) => (
          <li key={what} className="py-2.5 text-dense">
            <p className="font-medium">{what}</p>
            {note && <p className="break-words">{t("note", { note })}</p>}
            <p className="text-caption text-muted"><time dateTime={at.toISOString()}>{formatInstant(locale, at, zone)}</time></p>
          </li>
        ))}
      </ol>
    </Card>
  );
}
