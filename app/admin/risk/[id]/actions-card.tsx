import { useLocale, useTranslations } from "next-intl";
import { decideAlertForm, freezeAlertForm } from "../actions";
import { VerdictFields } from "../verdict-fields";
import { CommandForm } from "@/components/admin/command-form";
import { Card } from "@/components/ui/card";
import type { Staff } from "@/lib/auth";
import type { Day } from "@/lib/day";
import { formatInstant, type Locale } from "@/lib/i18n";
import { publicId } from "@/lib/id";
import type { StaffAlert } from "@/lib/risk/staff-queries";

type ActionsProps = { alert: StaffAlert; staff: Staff; today: Day; zone: string };

/** What can be decided about an alert; afterwards who did and why. Nobody decides about themselves. */
export function Actions({ alert, staff, today, zone }: ActionsProps) {
  const t = useTranslations("adminRisk");
  const isOwn = alert.userId === staff.id;
  const canDecide = staff.permissions.has("risk.decide") && !isOwn;
  return (
    <Card as="section" aria-labelledby="decide-title">
      <h2 id="decide-title" className="mb-3 text-section font-semibold">{t("decide")}</h2>
      <div className="grid gap-4 divide-y divide-border *:not-last:pb-4">
        {alert.status !== "open" && <Decided alert={alert} zone={zone} />}
        {!canDecide && <p className="text-dense text-muted">{t(isOwn ? "ownAlert" : "readOnly")}</p>}
        {canDecide && alert.status === "open" && <Decide alertId={alert.id} />}
        {canDecide && <Freeze alertId={alert.id} isFrozen={alert.account.status === "frozen"} today={today} />}
      </div>
    </Card>
  );
}

function Decide({ alertId }: { alertId: number }) {
  const t = useTranslations("adminRisk");
  const common = useTranslations("common");
  return (
    <CommandForm key="decide" action={decideAlertForm} label={t("verdict")} hidden={{ requestId: publicId(), id: alertId }} submit={t("decide")} pending={common("pending")}>
      <VerdictFields id="decide" />
    </CommandForm>
  );
}

function Freeze({ alertId, isFrozen, today }: { alertId: number; isFrozen: boolean; today: Day }) {
  const t = useTranslations("adminRisk");
  const common = useTranslations("common");
  const name = t(isFrozen ? "refreeze" : "freeze");
  return (
    <CommandForm
      key="freeze" action={freezeAlertForm} label={name} hidden={{ requestId: publicId(), id: alertId }} look="danger" submit={name} pending={common("pending")}
      fields={[
        { name: "reason", label: t("reason"), hint: t("reasonHint"), maxLength: 200, autoComplete: "off" },
        { name: "until", type: "date", min: today, label: t("until"), hint: t("untilHint") },
      ]}
    >
      <p className="text-caption text-muted">{t("freezeLead")}</p>
    </CommandForm>
  );
}

function Decided({ alert: { decidedAt, deciderName, decisionNote, status }, zone }: { alert: StaffAlert; zone: string }) {
  const t = useTranslations("adminRisk");
  const locale = useLocale() as Locale;
  return (
    <div className="grid gap-1 text-dense">
      {decidedAt && <p>{t("decidedBy", { name: deciderName ?? t("byClock"), at: formatInstant(locale, decidedAt, zone), status: t(`status.${status}`) })}</p>}
      {decisionNote && <p className="break-words text-muted">{t("decidedNote", { note: decisionNote })}</p>}
    </div>
  );
}
