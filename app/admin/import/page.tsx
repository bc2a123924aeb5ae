import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { startStaffReading } from "../reading";
import { Past } from "./past";
import { hrefWith } from "@/components/admin/href";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { listImports } from "@/lib/imports/queries";
import { IMPORT_KINDS } from "@/lib/imports/schema";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminImport"))("title") };
}

export default async function ImportsPage() {
  const { db, policy, locale } = await startStaffReading("import.run", "/admin/import");
  const [t, past] = await Promise.all([getTranslations("adminImport"), listImports(db)]);
  const ways = [...IMPORT_KINDS.map((kind) => ({ kind, href: hrefWith(`/admin/import/${kind}`) })), { kind: "balances", href: hrefWith("/admin/adjustments/batch", { reason: "migration" }) }] as const;
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <ul className="mb-6 grid gap-4 md:grid-cols-3">
        {ways.map(({ kind, href }) => (
          <li key={kind}>
            <Card as="section" aria-labelledby={`${kind}-title`} className="flex h-full flex-col gap-2">
              <h2 id={`${kind}-title`} className="text-section font-semibold">{t(`kinds.${kind}`)}</h2>
              <p className="grow text-dense text-muted">{t(`leads.${kind}`)}</p>
              <ButtonLink href={href} size="dense" aria-describedby={`${kind}-title`} className="justify-self-start self-start">{t("begin")}</ButtonLink>
            </Card>
          </li>
        ))}
      </ul>
      <Past past={past} locale={locale} zone={policy.timeZone} />
    </>
  );
}
