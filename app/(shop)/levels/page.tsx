import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { startReading } from "../reading";
import { HowItIsCounted } from "./how-it-is-counted";
import { LevelList } from "./level-list";
import { MyLevel } from "./my-level";
import { EmptyState } from "@/components/empty-state";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Panel } from "@/components/ui/card";
import { currentShopper } from "@/lib/auth";
import { getLevel, listLevels } from "@/lib/levels/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("levels");
  return { title: t("title"), description: t("description") };
}

export default async function LevelsPage() {
  const [reading, shopper, t] = await Promise.all([startReading(), currentShopper(), getTranslations("levels")]);
  const [ladder, mine] = await Promise.all([listLevels(reading.db), shopper ? getLevel(reading.db, shopper.id, reading) : null]);
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t("title")} lead={t("lead")} />
      {ladder.length === 0 ? <EmptyState title={t("none")}>{t("noneHint")}</EmptyState> : (
        <div className="grid gap-4">
          {mine ? <MyLevel mine={mine} reading={reading} /> : !shopper && <GuestInvitation />}
          <LevelList ladder={ladder} currentId={mine?.level.id ?? null} reading={reading} />
          <HowItIsCounted reading={reading} />
        </div>
      )}
    </div>
  );
}

async function GuestInvitation() {
  const t = await getTranslations("levels");
  return (
    <Panel>
      <EmptyState scene="refused" title={t("guestTitle")} action={<ButtonLink href={"/sign-in?next=%2Flevels" as Route} look="primary">{t("guestAction")}</ButtonLink>}>{t("guestHint")}</EmptyState>
    </Panel>
  );
}
