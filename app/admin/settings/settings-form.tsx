"use client";

import { useState, type ComponentType } from "react";
import { SaveBar } from "@/components/admin/save-bar";
import { useDraft } from "@/components/admin/use-draft";
import { useLeaveGuard } from "@/components/admin/use-leave-guard";
import { useSaveShortcut } from "@/components/admin/use-save-shortcut";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import type { FormSection } from "@/lib/settings/schema";
import { BrandFields } from "./brand-fields";
import { CheckInFields } from "./check-in-fields";
import { ControlFields, PointsNameFields } from "./control-fields";
import type { FieldsProps } from "./fields";
import { LevelFields } from "./level-fields";
import { OrderFields, PeopleFields } from "./order-fields";
import { PaymentFields } from "./payment-fields";
import { PointsFields } from "./points-fields";
import { ProgrammeFields } from "./programme-fields";
import { RiskFields } from "./risk-fields";

const FIELDS: Record<FormSection, ComponentType<FieldsProps>> = {
  programme: ProgrammeFields, points: PointsFields, checkIn: CheckInFields, levels: LevelFields, orders: OrderFields, people: PeopleFields,
  brand: BrandFields, pointsName: PointsNameFields, payment: PaymentFields, control: ControlFields, risk: RiskFields,
};

type SettingsFormProps = Omit<FieldsProps, "errors" | "onChange"> & {
  section: FormSection;
  requestId: string;
  /** Others may read. */
  mayEdit: boolean;
  action: FormAction;
};

/** One section of the settings. To discard is to begin again from what is saved. */
export function SettingsForm(props: SettingsFormProps) {
  const [attempt, setAttempt] = useState(0);
  return <Draft key={attempt} {...props} onDiscard={() => setAttempt(attempt + 1)} />;
}

function Draft({ section, requestId, mayEdit, action, onDiscard, ...fields }: SettingsFormProps & { onDiscard: () => void }) {
  const { state, isReady, isDirty, check, form } = useDraft(action, requestId);
  const words = fields.words.form;
  useLeaveGuard(isDirty, words.leave);
  useSaveShortcut({ form: form.ref, isWorthIt: isDirty, isReady });
  const SectionFields = FIELDS[section];
  return (
    <form {...form} aria-label={fields.words.sections[section]} className="max-w-4xl">
      <input type="hidden" name="requestId" value={requestId} />
      <input type="hidden" name="section" value={section} />
      <div role="alert">{state.status === "refused" && <Notice tone="danger" className="mb-4">{state.message ?? words.checkFields}</Notice>}</div>
      <fieldset disabled={!mayEdit} className="grid min-w-0 gap-4">
        <SectionFields {...fields} errors={state.fields ?? {}} onChange={check} />
      </fieldset>
      <SaveBar isShown={isDirty} isPending={!isReady} words={words.bar} onDiscard={onDiscard} />
    </form>
  );
}
