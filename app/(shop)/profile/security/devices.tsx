import { getTranslations } from "next-intl/server";
import type { Reading } from "../../reading";
import { Section } from "../section";
import { endOneForm, endOthersForm } from "./actions";
import { DeviceForm } from "./device-form";
import { Badge } from "@/components/ui/badge";
import { listOwnSessions } from "@/lib/accounts/sessions/queries";
import { currentSession, type Shopper } from "@/lib/auth";
import { formatInstant } from "@/lib/i18n";

/** Where the person is signed in, this device among them. */
export async function Devices({ person, reading: { db, now, locale, policy } }: { person: Shopper; reading: Reading }) {
  const [t, common, sessions, current] = await Promise.all([getTranslations("account.devices"), getTranslations("common"), listOwnSessions(db, person.id, now), currentSession()]);
  const ownId = current?.toString("hex");
  const others = sessions.filter(({ id }) => id !== ownId);
  return (
    <Section title={t("title")} lead={t("lead")}>
      <ul className="divide-y divide-border">
        {sessions.map(({ id, device, since }) => {
          const name = device || t("unknown");
          const at = formatInstant(locale, since, policy.timeZone);
          return (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5">
              <div className="min-w-0">
                <p className="text-body font-medium">{name}{id === ownId && <Badge tone="success" className="ms-2">{t("this")}</Badge>}</p>
                <p className="text-caption text-muted">{t("since", { at })}</p>
              </div>
              {id !== ownId && <DeviceForm action={endOneForm} hidden={{ id }} label={t("endOf", { device: name, at })} submit={t("end")} pending={common("pending")} />}
            </li>
          );
        })}
      </ul>
      {others.length === 0 ? <p className="mt-2 text-dense text-muted">{t("alone")}</p> : (
        <div className="mt-3"><DeviceForm action={endOthersForm} hidden={{}} label={t("endOthers")} submit={t("endOthers")} pending={common("pending")} wide /></div>
      )}
    </Section>
  );
}
