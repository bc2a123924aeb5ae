import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { startReading } from "../../reading";
import { saveEmail, saveOwnProfile } from "../actions";
import { Section } from "../section";
import { PageHeader } from "@/components/page-header";
import { Notice } from "@/components/ui/notice";
import { PlainForm } from "@/components/ui/plain-form";
import { getOwnProfile, type OwnProfile } from "@/lib/accounts/queries";
import { requireShopper } from "@/lib/auth";
import { formatDay, type Locale } from "@/lib/i18n";
import { mailIsConfigured } from "@/lib/mail";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("account.title") };
}

export default async function AccountPage() {
  const [{ db, locale }, shopper, t, tProfile] = await Promise.all([startReading(), requireShopper("/profile/account"), getTranslations("account"), getTranslations("profile")]);
  const profile = await getOwnProfile(db, shopper.id);
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader title={t("account.title")} back={{ href: "/profile", label: tProfile("title") }} />
      <div className="grid gap-4">
        <Person profile={profile} locale={locale} />
        <Email profile={profile} />
      </div>
    </div>
  );
}

async function Person({ profile, locale }: { profile: OwnProfile; locale: Locale }) {
  const [t, tAuth, tCommon] = await Promise.all([getTranslations("account"), getTranslations("auth"), getTranslations("common")]);
  const name = { name: "username", label: tAuth("username"), autoComplete: "nickname", required: true, maxLength: 50, hint: tAuth("usernameHint"), defaultValue: profile.username };
  const birthday = { name: "birthday", label: t("account.birthday"), type: "date", autoComplete: "bday", optionalLabel: tCommon("optional"), hint: t("account.birthdayHint") };
  return (
    <Section title={t("account.person")}>
      <PlainForm
        action={saveOwnProfile} submit={t("save")} pending={tCommon("pending")} look={{ look: "primary", size: "medium" }}
        fields={profile.birthday ? [name] : [name, birthday]}
      >
        {profile.birthday && <p className="text-dense"><span className="text-muted">{t("account.birthday")}</span> {formatDay(locale, profile.birthday, "dayAndYear")}</p>}
      </PlainForm>
    </Section>
  );
}

async function Email({ profile }: { profile: OwnProfile }) {
  const [t, tAuth, tCommon] = await Promise.all([getTranslations("account"), getTranslations("auth"), getTranslations("common")]);
  return (
    <Section title={tAuth("email")} lead={<>{t.rich("account.emailNow", { email: profile.email, b: (text) => <b className="font-semibold break-all text-fg">{text}</b> })} {t("account.emailLead")}</>}>
      {mailIsConfigured() ? (
        <PlainForm
          action={saveEmail} submit={t("account.changeEmail")} pending={tCommon("pending")} look={{ look: "secondary", size: "medium" }}
          fields={[
            { name: "email", label: t("account.newEmail"), type: "email", autoComplete: "email", required: true, maxLength: 254, spellCheck: false },
            { name: "current", label: t("current"), type: "password", autoComplete: "current-password", required: true, maxLength: 200 },
          ]}
        />
      ) : (
        <Notice tone="warning">{tAuth("noMail")}</Notice>
      )}
    </Section>
  );
}
