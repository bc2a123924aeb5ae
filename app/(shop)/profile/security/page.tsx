import type { Metadata, Route } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { startReading } from "../../reading";
import { savePassword } from "../actions";
import { Devices } from "./devices";
import { SecondFactor } from "./second-factor";
import { Section } from "../section";
import { leave, leaveEverywhere } from "@/app/account";
import { PageHeader } from "@/components/page-header";
import { PlainForm } from "@/components/ui/plain-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { requireShopper } from "@/lib/auth";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("profile"))("security") };
}

export default async function SecurityPage() {
  const [reading, person, t, tProfile, tAuth, tNav, tCommon] = await Promise.all([
    startReading(), requireShopper("/profile/security"), getTranslations("account"), getTranslations("profile"), getTranslations("auth"), getTranslations("nav"), getTranslations("common"),
  ]);
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader title={tProfile("security")} back={{ href: "/profile", label: tProfile("title") }} />
      <div className="grid gap-4">
        <Section title={t("security.password")} lead={t("security.passwordLead")}>
          <PlainForm
            action={savePassword} submit={t("security.change")} pending={tCommon("pending")} look={{ look: "primary", size: "medium" }}
            fields={[
              { name: "current", label: t("current"), type: "password", autoComplete: "current-password", required: true, maxLength: 200 },
              { name: "password", label: t("security.new"), type: "password", autoComplete: "new-password", required: true, maxLength: 200, hint: tAuth("passwordHint") },
            ]}
          />
          <Link href={"/forgot-password" as Route} className="mt-3 inline-flex min-h-6 items-center text-dense font-medium text-primary underline underline-offset-3">{tAuth("forgot")}</Link>
        </Section>
        <SecondFactor person={person} reading={reading} />
        <Devices person={person} reading={reading} />
        <Section title={t("security.sessions")} lead={tProfile("signOutEverywhereHint")}>
          <div className="grid gap-3 sm:grid-cols-2">
            <form action={leave}><SubmitButton pendingLabel={tCommon("pending")} wide>{tNav("signOut")}</SubmitButton></form>
            <form action={leaveEverywhere}><SubmitButton pendingLabel={tCommon("pending")} look="danger" wide>{tProfile("signOutEverywhere")}</SubmitButton></form>
          </div>
        </Section>
      </div>
    </div>
  );
}
