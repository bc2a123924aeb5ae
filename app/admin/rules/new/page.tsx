import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { startStaffReading } from "../../reading";
import { createRuleForm } from "../actions";
import { emptyRule, firstPreview, readFormParts } from "../form-parts";
import { RuleForm } from "@/components/admin/rule-form";
import { PageHeader } from "@/components/page-header";
import { publicId } from "@/lib/id";
import { getRuleNames } from "@/lib/rules/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminRules"))("new") };
}

export default async function NewRulePage() {
  const reading = await startStaffReading("programme.write", "/admin/rules/new");
  const rule = emptyRule();
  const [t, names, first] = await Promise.all([
    getTranslations("adminRules"), getRuleNames(reading.db, reading.locale, reading.policy), firstPreview(reading, { ...rule, from: null, until: null }),
  ]);
  return (
    <>
      <PageHeader title={t("new")} back={{ href: "/admin/rules", label: t("title") }} />
      <RuleForm rule={rule} requestId={publicId()} action={createRuleForm} {...(await readFormParts(reading, names, first))} />
    </>
  );
}
