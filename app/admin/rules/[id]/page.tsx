import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { readParams, type SearchParams } from "../../../(shop)/reading";
import { inLanguage } from "../../../(shop)/views";
import { idIn, startStaffReading } from "../../reading";
import { saveRuleForm } from "../actions";
import { draftOf, firstPreview, readFormParts } from "../form-parts";
import { RuleVersions } from "./rule-versions";
import { RuleForm } from "@/components/admin/rule-form";
import { RuleStatusBadge } from "@/components/admin/rule-status-badge";
import { ReadOnly, WithoutForms } from "@/components/admin/read-only";
import { PageHeader } from "@/components/page-header";
import { Notice } from "@/components/ui/notice";
import { publicId } from "@/lib/id";
import { findRuleForStaff, getRuleNames, listRuleVersions } from "@/lib/rules/staff-queries";

const VERSIONS_SHOWN = 30;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminRules"))("edit") };
}

type RulePageProps = { params: Promise<{ id: string }>; searchParams: SearchParams };

export default async function RulePage({ params, searchParams }: RulePageProps) {
  const reading = await startStaffReading("programme.read");
  const { db, policy, locale, now } = reading;
  const isReader = !reading.staff.permissions.has("programme.write");
  const id = idIn((await params).id);
  const rule = id === undefined ? null : await findRuleForStaff(db, id);
  if (!rule) notFound();
  const draft = draftOf(rule, policy.timeZone);
  const [t, names, first, versions, { created, restored, as }] = await Promise.all([
    getTranslations("adminRules"), getRuleNames(db, locale, policy), firstPreview(reading, { ...draft, from: rule.startsAt, until: rule.endsAt }),
    listRuleVersions(db, rule.id, VERSIONS_SHOWN), readParams(searchParams, "created", "restored", "as"),
  ]);
  return (
    <>
      <PageHeader
        title={inLanguage(locale, rule.name, rule.nameEn) || t(`actions.${rule.actionType}`)} back={{ href: "/admin/rules", label: t("title") }}
        lead={<RuleStatusBadge {...rule} now={now} />}
      />
      {created === "1" && <Notice tone="success" role="status" className="mb-4">{rule.status === "active" ? t("createdActive") : t("created")}</Notice>}
      {idIn(restored) !== undefined && idIn(as) === rule.version && (
        <Notice tone="success" role="status" className="mb-4">{t("versions.restored", { version: idIn(restored)!, next: rule.version })}</Notice>
      )}
      <ReadOnly when={isReader}><RuleForm key={as} rule={draft} requestId={publicId()} action={saveRuleForm} {...(await readFormParts(reading, names, first))} /></ReadOnly>
      <WithoutForms when={isReader}><RuleVersions rule={rule} versions={versions} names={names} now={now} /></WithoutForms>
    </>
  );
}
