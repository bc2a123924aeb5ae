"use client";

import { Part, Ways, Whole, type FieldsProps } from "./fields";

const BASES = ["earned", "spend"] as const;
const DOWNGRADES = ["none", "one", "full"] as const;

/** How levels are reached and lost. Which levels there are has a page of its own. */
export function LevelFields(props: FieldsProps) {
  const { policy, words: { levels: words }, errors } = props;
  return (
    <>
      <Part id="reach" title={words.reach}>
        <Ways name="levelBasis" legend={words.levelBasis} values={BASES} value={policy.levelBasis} titles={words.bases} means={words.basisMeans} error={errors.levelBasis} />
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Whole {...props} name="levelWindowDays" label={words.levelWindowDays} hint={words.levelWindowDaysHint} unit="days" />
        </div>
      </Part>
      <Part id="lose" title={words.lose}>
        <Ways
          name="levelDowngrade" legend={words.levelDowngrade} values={DOWNGRADES} value={policy.levelDowngrade} titles={words.downgrades} means={words.downgradeMeans}
          error={errors.levelDowngrade}
        />
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Whole {...props} name="levelGraceDays" label={words.levelGraceDays} hint={words.levelGraceDaysHint} unit="days" />
        </div>
      </Part>
    </>
  );
}
