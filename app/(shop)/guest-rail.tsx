import { getTranslations } from "next-intl/server";
import type { Reading } from "./reading";
import { CheckInStrip } from "@/components/check-in-strip";
import { ButtonLink } from "@/components/ui/button-link";
import { Panel } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { getFirstWeek } from "@/lib/checkin/queries";
import { formatPoints } from "@/lib/i18n";

/** What a guest is offered: what a week brings, and the way in. */
export async function GuestRail({ reading }: { reading: Reading }) {
  const { db, locale } = reading;
  const [ladder, t] = await Promise.all([getFirstWeek(db, reading), getTranslations("home")]);
  const week = ladder.reduce((sum, points) => sum + points, 0);
  const top = Math.max(...ladder, 0);
  return (
    <>
      <section aria-label={t("offer")} className="hero-ring relative overflow-hidden rounded-hero bg-hero p-5 text-hero-fg md:p-7">
        <p className="text-title font-semibold text-balance">{t("offerTitle")}</p>
        <p className="mt-1 max-w-[26em] text-dense text-hero-muted">{t("offerBody", { points: formatPoints(locale, week) })}</p>
        <div className="relative z-10 mt-4 flex flex-wrap gap-3">
          <ButtonLink href="/sign-up" look="points" size="cta">{t("join")}</ButtonLink>
          <ButtonLink href="/sign-in" size="cta" className="border-hero-fg/40! bg-transparent! text-hero-fg! hover:bg-hero-fg/10!">{t("signIn")}</ButtonLink>
        </div>
      </section>
      {ladder.length > 0 && (
        <Panel className="mt-3">
          <h2 className="mb-3 flex items-center gap-1.5 text-body font-semibold">
            <Icon name="flame" filled className="text-streak" />
            {t("ladder", { days: ladder.length })}
          </h2>
          <CheckInStrip days={ladder.map((points, index) => ({ key: String(index), label: t("dayNumber", { day: index + 1 }), state: "ahead", points, top: points === top }))} />
        </Panel>
      )}
    </>
  );
}
