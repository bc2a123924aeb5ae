import { Card } from "../ui/card";
import { Field, Select, TextField } from "../ui/field";
import type { NamedChoice } from "./use-found";
import type { CouponPartProps } from "./coupon-form";
import { NumberField } from "./number-field";
import { StatusCard } from "./status-card";

const STATUSES = ["draft", "active", "archived"] as const;

/** How it reads, whether it is given out, to whom and how many. */
export function CouponAside({ coupon, choices, words, errors, sentence }: CouponPartProps & { sentence: string | null }) {
  return (
    <div className="grid min-w-0 gap-4">
      <Card as="section" aria-labelledby="sentence-title">
        <h2 id="sentence-title" className="mb-2 text-section font-semibold">{words.sentence}</h2>
        <p id="coupon-sentence" role="status" className={sentence ? "text-body text-pretty" : "text-dense text-muted"}>{sentence ?? words.incomplete}</p>
      </Card>
      <StatusCard title={words.status} statuses={STATUSES} current={coupon.status} names={words.statuses} means={words.statusMeans} error={errors.status} />
      <Card as="section" aria-labelledby="claim-title">
        <h2 id="claim-title" className="mb-3 text-section font-semibold">{words.claim}</h2>
        <div className="grid gap-4">
          <label className="flex min-h-6 items-start gap-2.5 text-dense">
            <input type="checkbox" name="isClaimable" defaultChecked={coupon.isClaimable} className="size-6 shrink-0 accent-primary" />
            <span>
              <span className="block font-medium">{words.isClaimable}</span>
              <span className="block text-caption text-muted">{words.isClaimableHint}</span>
            </span>
          </label>
          <div className="grid gap-4">
            <TextField id="claimFrom" name="claimFrom" type="date" shape="dense" label={words.claimFrom} defaultValue={coupon.claimFrom} error={errors.claimFrom} />
            <TextField id="claimUntil" name="claimUntil" type="date" shape="dense" label={words.claimUntil} defaultValue={coupon.claimUntil} error={errors.claimUntil} />
          </div>
          <NumberField name="claimLimit" label={words.claimLimit} hint={words.claimLimitHint} defaultValue={coupon.claimLimit} error={errors.claimLimit} />
          <OneOf name="minLevelId" label={words.minLevelId} none={words.anyLevel} choices={choices.levels} chosen={coupon.minLevelId} error={errors.minLevelId} />
          <OneOf name="segmentId" label={words.segmentId} none={words.anySegment} choices={choices.segments} chosen={coupon.segmentId} error={errors.segmentId} />
        </div>
      </Card>
      <Card as="section" aria-labelledby="limit-title">
        <h2 id="limit-title" className="mb-3 text-section font-semibold">{words.limit}</h2>
        <div className="grid gap-4">
          <NumberField name="issuedMax" label={words.issuedMax} hint={words.issuedMaxHint} defaultValue={coupon.issuedMax} error={errors.issuedMax} />
          <NumberField name="position" label={words.position} hint={words.positionHint} defaultValue={coupon.position} error={errors.position} />
        </div>
      </Card>
    </div>
  );
}

type OneOfProps = { name: string; label: string; none: string; choices: readonly NamedChoice[]; chosen: number | null; error?: string };

function OneOf({ name, label, none, choices, chosen, error }: OneOfProps) {
  return (
    <Field id={name} label={label} error={error}>
      {(wiring) => (
        <Select {...wiring} name={name} shape="dense" defaultValue={chosen ?? ""}>
          <option value="">{none}</option>
          {choices.map((choice) => <option key={choice.id} value={choice.id}>{choice.name}</option>)}
        </Select>
      )}
    </Field>
  );
}
