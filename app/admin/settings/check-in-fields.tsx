"use client";

import { Part, Switch, Whole, type FieldsProps } from "./fields";

/** What helps a streak along. What a day earns is a rule. */
export function CheckInFields(props: FieldsProps) {
  const { policy, words: { checkIn: words } } = props;
  return (
    <>
      <Part id="makeUps" title={words.makeUps}>
        <div className="grid items-start gap-4 sm:grid-cols-3">
          <Whole {...props} name="makeUpDays" label={words.makeUpDays} hint={words.makeUpDaysHint} unit="days" />
          <Whole {...props} name="makeUpsPerMonth" label={words.makeUpsPerMonth} hint={words.makeUpsPerMonthHint} unit="times" />
          <Whole {...props} name="makeUpPoints" label={words.makeUpPoints} hint={words.makeUpPointsHint} unit="points" />
        </div>
      </Part>
      <Part id="freezes" title={words.freezes}>
        <div className="grid items-start gap-4 sm:grid-cols-3">
          <Whole {...props} name="freezesHeldMax" label={words.freezesHeldMax} hint={words.freezesHeldMaxHint} unit="pieces" />
        </div>
      </Part>
      <Part id="zones" title={words.zones}>
        <Switch name="ownTimeZone" label={words.ownTimeZone} hint={words.ownTimeZoneHint} isOn={policy.ownTimeZone} />
      </Part>
    </>
  );
}
