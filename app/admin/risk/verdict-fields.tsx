import { useTranslations } from "next-intl";
import { Field, Input } from "@/components/ui/field";
import { VERDICTS } from "@/lib/risk/schema";

/** The three ways to settle an alert, each with what follows, and a note for colleagues. */
export function VerdictFields({ id }: { id: string }) {
  const t = useTranslations("adminRisk");
  return (
    <>
      <fieldset className="grid gap-2.5">
        <legend className="mb-1.5 text-caption font-medium">{t("verdict")}</legend>
        {VERDICTS.map((verdict) => (
          <label key={verdict} className="flex min-h-6 cursor-pointer items-start gap-2.5 text-dense">
            <input type="radio" name="verdict" value={verdict} required aria-describedby={`${id}-${verdict}`} className="size-6 shrink-0 accent-primary" />
            <span>
              <span className="font-medium">{t(`verdicts.${verdict}`)}</span>
              <span id={`${id}-${verdict}`} className="block text-caption text-muted">{t(`verdicts.${verdict}Hint`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Field id={`${id}-note`} label={t("note")}>{(wiring) => <Input {...wiring} name="note" shape="dense" maxLength={200} autoComplete="off" />}</Field>
    </>
  );
}
