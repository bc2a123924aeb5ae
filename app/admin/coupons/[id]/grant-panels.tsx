import { getTranslations } from "next-intl/server";
import type { Route } from "next";
import type { Reading } from "../../../(shop)/reading";
import { inLanguage } from "../../../(shop)/views";
import { grantToPersonForm, grantToSegmentForm } from "../actions";
import { CommandForm } from "@/components/admin/command-form";
import { Moment } from "@/components/admin/moment";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { Field, Select } from "@/components/ui/field";
import type { StaffGrant } from "@/lib/coupons/staff-queries";
import { publicId } from "@/lib/id";

type GrantPanelsProps = { templateId: number; segments: readonly { id: number; name: string }[]; grants: readonly StaffGrant[]; reading: Reading };

/** Gives the coupon to one person, or to everybody of a segment. */
export async function GrantPanels({ templateId, segments, grants, reading }: GrantPanelsProps) {
  const t = await getTranslations("adminCoupons");
  return (
    <>
      <Card as="section" aria-labelledby="grant-title">
        <h2 id="grant-title" className="mb-3 text-section font-semibold">{t("grant.title")}</h2>
        <CommandForm
          action={grantToPersonForm} label={t("grant.title")} hidden={{ requestId: publicId(), templateId }} submit={t("grant.submit")} pending={t("grant.pending")}
          fields={[{ name: "email", label: t("grant.email"), maxLength: 255, autoComplete: "off" }]}
        />
      </Card>
      <Card as="section" aria-labelledby="grants-title">
        <h2 id="grants-title" className="mb-3 text-section font-semibold">{t("grants.title")}</h2>
        {segments.length === 0 ? (
          <div className="grid justify-items-start gap-2">
            <p className="text-dense text-muted">{t("grants.none")}</p>
            <ButtonLink href={"/admin/segments/new" as Route} size="dense">{t("grants.toSegments")}</ButtonLink>
          </div>
        ) : (
          <CommandForm action={grantToSegmentForm} label={t("grants.title")} hidden={{ requestId: publicId(), templateId }} submit={t("grants.submit")} pending={t("grants.pending")}>
            <Field id="grant-segment" label={t("grants.segment")} hint={t("grants.hint")}>
              {(wiring) => <Select {...wiring} name="segmentId" shape="dense">{segments.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</Select>}
            </Field>
          </CommandForm>
        )}
        {grants.length > 0 && <History grants={grants} reading={reading} />}
      </Card>
    </>
  );
}

async function History({ grants, reading: { locale, now, policy } }: { grants: readonly StaffGrant[]; reading: Reading }) {
  const t = await getTranslations("adminCoupons.grants");
  return (
    <>
      <h3 className="mt-5 mb-1 text-caption font-medium text-muted">{t("history")}</h3>
      <ul className="divide-y divide-border">
        {grants.map((grant) => (
          <li key={grant.grantId} className="flex flex-wrap items-baseline justify-between gap-x-4 py-2.5 text-dense">
            <span className="min-w-0">
              <b className="font-semibold">{inLanguage(locale, grant.segment, grant.segmentEn) || t("gone")}</b>
              <span className="block text-caption text-muted"><Moment at={grant.orderedAt} now={now} zone={policy.timeZone} /></span>
            </span>
            <span className="text-caption text-muted tabular-nums">
              {grant.missed === null ? t("running", { given: grant.given, people: grant.people }) : t("finished", { given: grant.given })}
              {grant.missed !== null && grant.missed > 0 && <span className="block">{t("missed", { missed: grant.missed })}</span>}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
