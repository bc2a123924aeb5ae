import type { Metadata, Route } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { readParams, startReading, type Reading, type SearchParams } from "../../reading";
import { eraseAccount } from "../actions";
import { Section } from "../section";
import { PageHeader } from "@/components/page-header";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { PlainForm } from "@/components/ui/plain-form";
import { requireShopper, type Shopper } from "@/lib/auth";
import { formatPoints } from "@/lib/i18n";
import { findErasureObstacles } from "@/lib/privacy/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("data.title") };
}

export default async function DataPage({ searchParams }: { searchParams: SearchParams }) {
  const [reading, shopper, { refused }, t, tProfile] = await Promise.all([
    startReading(), requireShopper("/profile/data"), readParams(searchParams, "refused"), getTranslations("account"), getTranslations("profile"),
  ]);
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader title={t("data.title")} back={{ href: "/profile", label: tProfile("title") }} />
      <div className="grid gap-4">
        <Section title={t("data.export")} lead={t("data.exportLead")}>
          {refused && <Notice tone="warning" role="alert" className="mb-4">{t(refused === "limit" ? "data.exportLimit" : "data.exportFailed")}</Notice>}
          {/* A file is the answer: the page stays, so there is nothing to wait for. */}
          <form action="/profile/data/export" method="post"><Button type="submit"><Icon name="download" />{t("data.exportButton")}</Button></form>
        </Section>
        <Erasure shopper={shopper} reading={reading} />
      </div>
    </div>
  );
}

async function Erasure({ shopper, reading: { db, locale } }: { shopper: Shopper; reading: Reading }) {
  const [{ orders, debt, points, isLastOwner }, t, tCommon] = await Promise.all([findErasureObstacles(db, shopper.id), getTranslations("account"), getTranslations("common")]);
  const isBlocked = orders > 0 || debt > 0 || isLastOwner;
  return (
    <Section title={t("data.erase")} lead={t("data.eraseLead")}>
      <ul className="mb-4 list-disc space-y-1 ps-5 text-dense">
        <li>{t("data.goes")}</li>
        <li>{t("data.stays")}</li>
        {points > 0 && <li className="font-semibold text-danger">{t("data.pointsLost", { points: formatPoints(locale, points) })}</li>}
      </ul>
      {isBlocked ? (
        <Notice tone="warning">
          <p className="font-semibold">{t("data.blocked")}</p>
          <ul className="list-disc ps-5">
            {orders > 0 && <li>{t("data.blockedOrders", { orders })} <Link href={"/orders" as Route} className="inline-flex min-h-6 min-w-6 items-center font-medium underline underline-offset-3">{t("data.toOrders")}</Link></li>}
            {debt > 0 && <li>{t("data.blockedDebt", { points: formatPoints(locale, debt) })}</li>}
            {isLastOwner && <li>{t("data.blockedOwner")}</li>}
          </ul>
        </Notice>
      ) : (
        <PlainForm
          action={eraseAccount} submit={t("data.eraseButton")} pending={tCommon("pending")} look={{ look: "danger", wide: true }}
          fields={[{ name: "current", label: t("current"), type: "password", autoComplete: "current-password", required: true, maxLength: 200 }]}
        >
          <label className="flex min-h-11 items-center gap-3 text-body">
            <input type="checkbox" name="confirmed" required className="size-6 shrink-0 accent-primary" />
            {t("data.understood")}
          </label>
        </PlainForm>
      )}
    </Section>
  );
}
