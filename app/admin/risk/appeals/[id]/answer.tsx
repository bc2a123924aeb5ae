import { useLocale, useTranslations } from "next-intl";
import { decideAppealForm } from "../../actions";
import { CommandForm } from "@/components/admin/command-form";
import { Card } from "@/components/ui/card";
import { Field, Textarea } from "@/components/ui/field";
import type { Staff } from "@/lib/auth";
import { formatInstant, type Locale } from "@/lib/i18n";
import { publicId } from "@/lib/id";
import { ANSWER_MAX } from "@/lib/risk/schema";
import type { StaffAppeal } from "@/lib/risk/staff-queries";

type AnswerProps = { appeal: StaffAppeal; staff: Staff; zone: string };

/** The answer: to be written, or as it was. */
export function Answer({ appeal, staff, zone }: AnswerProps) {
  const t = useTranslations("adminRisk");
  const isOwn = appeal.userId === staff.id;
  const canDecide = staff.permissions.has("risk.decide") && !isOwn;
  return (
    <Card as="section" aria-labelledby="answer-title">
      <h2 id="answer-title" className="mb-3 text-section font-semibold">{t("answer")}</h2>
      {appeal.status !== "open" ? <Answered appeal={appeal} zone={zone} /> : canDecide ? <Choose appealId={appeal.id} /> : <p className="text-dense text-muted">{t(isOwn ? "ownAppeal" : "readOnly")}</p>}
    </Card>
  );
}

function Choose({ appealId }: { appealId: number }) {
  const t = useTranslations("adminRisk");
  const common = useTranslations("common");
  return (
    <CommandForm key="answer" action={decideAppealForm} label={t("answer")} hidden={{ requestId: publicId(), id: appealId }} submit={t("decide")} pending={common("pending")}>
      <fieldset className="grid gap-2.5">
        <legend className="mb-1.5 text-caption font-medium">{t("verdict")}</legend>
        {(["accept", "decline"] as const).map((verdict) => (
          <label key={verdict} className="flex min-h-6 cursor-pointer items-start gap-2.5 text-dense">
            <input type="radio" name="verdict" value={verdict} required aria-describedby={`appeal-${verdict}`} className="size-6 shrink-0 accent-primary" />
            <span>
              <span className="font-medium">{t(verdict)}</span>
              <span id={`appeal-${verdict}`} className="block text-caption text-muted">{t(`${verdict}Hint`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Field id="answer" label={t("answer")} hint={t("answerHint")}>{(wiring) => <Textarea {...wiring} name="answer" shape="dense" rows={4} required minLength={3} maxLength={ANSWER_MAX} />}</Field>
    </CommandForm>
  );
}

function Answered({ appeal: { answer, decidedAt, deciderName }, zone }: { appeal: StaffAppeal; zone: string }) {
  const t = useTranslations("adminRisk");
  const locale = useLocale() as Locale;
  return (
    <>
      <p className="text-body break-words whitespace-pre-line">{answer}</p>
      {decidedAt && <p className="mt-2 text-caption text-muted">{t("answered", { name: deciderName ?? t("byClock"), at: formatInstant(locale, decidedAt, zone) })}</p>}
    </>
  );
}
