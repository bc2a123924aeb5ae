"use client";

import { ExpiryFields } from "./expiry-fields";
import { NumberList, Part, Ways, Whole, type FieldsProps } from "./fields";

const CLAW_BACKS = ["debt", "to_zero", "pending_only", "keep"] as const;

/** What a point is worth, how long it lives, and when it is taken back. */
export function PointsFields(props: FieldsProps) {
  const { policy, words: { points: words }, errors } = props;
  return (
    <>
      <Part id="value" title={words.value}>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Whole {...props} name="pointsPerYuan" label={words.pointsPerYuan} hint={words.pointsPerYuanHint} unit="points" />
        </div>
      </Part>
      <Part id="expiry" title={words.expiry}>
        <ExpiryFields {...props} />
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <NumberList name="remindDaysBefore" label={words.remindDaysBefore} hint={words.remindDaysBeforeHint} values={policy.remindDaysBefore} errors={errors} />
          <Whole {...props} name="restoreGraceDays" label={words.restoreGraceDays} hint={words.restoreGraceDaysHint} unit="days" />
        </div>
      </Part>
      <Part id="clawBack" title={words.clawBack}>
        <Ways
          name="clawBack" legend={words.clawBackHint} values={CLAW_BACKS} value={policy.clawBack}
          titles={words.clawBacks} means={words.clawBackMeans} error={errors.clawBack}
        />
      </Part>
    </>
  );
}
