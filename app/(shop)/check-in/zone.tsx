import { getTranslations } from "next-intl/server";
import type { Reading } from "../reading";
import { saveTimeZone } from "./actions";
import { ZoneFormLater } from "./zone-form-later";
import { Panel } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import type { OwnCalendar } from "@/lib/checkin/queries";
import { formatInstant, formatZone } from "@/lib/i18n";

/** By whose midnight the person's days begin, and another choice. Left out where the programme has one zone for all. */
export async function Zone({ reading: { locale, policy, now }, calendar: { timeZone, waiting } }: { reading: Reading; calendar: OwnCalendar }) {
  if (!policy.ownTimeZone) return null;
  const [t, common] = await Promise.all([getTranslations("checkIn"), getTranslations("common")]);
  const chosen = waiting?.timeZone ?? timeZone;
  return (
    <Panel className="mb-4">
      <details className="group">
        <summary className="flex min-h-11 list-none items-center justify-between gap-3 text-body font-semibold">
          {t("zone.title")}
          <Icon name="chevron-down" size={18} className="text-muted transition-transform group-open:rotate-180" />
        </summary>
        <p className="mb-3 text-dense text-muted">{t("zone.current", { zone: formatZone(locale, timeZone, now) })}</p>
        {waiting && <Notice tone="info" className="mb-3">{t("zone.waiting", { from: formatInstant(locale, waiting.from, timeZone), zone: formatZone(locale, waiting.timeZone, now) })}</Notice>}
        <ZoneFormLater
          action={saveTimeZone} requestId={crypto.randomUUID()} chosen={chosen === policy.timeZone ? "" : chosen} programme={policy.timeZone}
          words={{ label: t("zone.label"), hint: t("zone.hint"), save: t("zone.save"), device: t.raw("zone.device") as string, programme: t("zone.programme", { zone: policy.timeZone }), pending: common("pending") }}
        />
      </details>
    </Panel>
  );
}
