import { useTranslations } from "next-intl";
import { CommandForm } from "@/components/admin/command-form";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { FormAction } from "@/components/ui/form-state";
import { mayDecide, mayWithdraw, type Waiting } from "@/lib/adjustments/adjustment";
import type { Staff } from "@/lib/auth";
import { publicId } from "@/lib/id";

type DecisionProps = {
  staff: Staff; waiting: Waiting; /** What names it in the forms. */ hidden: Readonly<Record<string, string>>;
  actions: { approve: FormAction; reject: FormAction; withdraw: FormAction };
  hint: string; /** Why it cannot be allowed now. */ obstacle: string | null;
};

/** Allow it or turn it down, for those who may; who asked can take it back. Nothing is shown that would be refused. */
export function Decision({ staff, waiting, hidden, actions, hint, obstacle }: DecisionProps) {
  const t = useTranslations("adminAdjustments.decide");
  const common = useTranslations("common");
  const verdict = mayDecide(waiting, staff.id);
  const isApprover = staff.permissions.has("adjustments.approve");
  const why = !verdict.ok ? (verdict.code === "own_adjustment" ? t("own") : t("aboutYou")) : isApprover ? null : t("notAllowed");
  const withId = () => ({ ...hidden, requestId: publicId() });
  return (
    <Card as="section" aria-labelledby="decision-title">
      <h2 id="decision-title" className="mb-3 text-section font-semibold">{t("title")}</h2>
      <div className="grid gap-4 divide-y divide-border *:not-last:pb-4">
        {why !== null && <p className="text-dense text-muted">{why}</p>}
        {why === null && obstacle !== null && <Notice tone="warning">{obstacle}</Notice>}
        {why === null && obstacle === null && (
          <CommandForm
            key="approve" action={actions.approve} label={t("approve")} hidden={withId()} submit={t("approve")} pending={common("pending")}
            fields={[{ name: "note", id: "approve-note", label: t("noteOptional"), maxLength: 200, autoComplete: "off" }]}
          >
            <p className="text-caption text-muted">{hint}</p>
          </CommandForm>
        )}
        {why === null && (
          <CommandForm
            key="reject" action={actions.reject} label={t("reject")} hidden={withId()} look="danger" submit={t("reject")} pending={common("pending")}
            fields={[{ name: "note", id: "reject-note", label: t("note"), hint: t("noteHint"), maxLength: 200, autoComplete: "off" }]}
          />
        )}
        {staff.permissions.has("adjustments.request") && mayWithdraw(waiting, staff.id).ok && (
          <CommandForm key="withdraw" action={actions.withdraw} label={t("withdraw")} hidden={withId()} look="secondary" submit={t("withdraw")} pending={common("pending")}>
            <p className="text-caption text-muted">{t("withdrawHint")}</p>
          </CommandForm>
        )}
      </div>
    </Card>
  );
}
