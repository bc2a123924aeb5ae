"use client";

import { useState } from "react";
import { Field, Select, TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { fill, formatInstant } from "@/lib/i18n";
import { Part, type FieldsProps } from "./fields";

/** What the shop is called, and whose midnight starts its days. */
export function ProgrammeFields({ policy, zones, words: { programme: words }, locale, now, errors }: FieldsProps) {
  const name = (field: "shopName" | "shopNameEn") => (
    <TextField id={field} name={field} shape="dense" label={words[field]} hint={words.shopNameHint} defaultValue={policy[field]} maxLength={40} required error={errors[field]} />
  );
  const [zone, setZone] = useState(policy.timeZone);
  const at = (place: string) => formatInstant(locale, now, place);
  return (
    <>
      <Part id="names" title={words.names}>
        <div className="grid items-start gap-4 sm:grid-cols-2">{name("shopName")}{name("shopNameEn")}</div>
      </Part>
      <Part id="day" title={words.day}>
        <Field id="timeZone" label={words.timeZone} hint={`${words.timeZoneHint} ${fill(words.nowThere, { there: at(zone) })}`} error={errors.timeZone}>
          {(wiring) => (
            <Select {...wiring} name="timeZone" shape="dense" defaultValue={policy.timeZone} onChange={(event) => setZone(event.target.value)} className="max-w-96">
              {byRegion(zones, words.otherZones).map(([region, names]) => (
                <optgroup key={region} label={region}>{names.map((each) => <option key={each} value={each}>{each.replaceAll("_", " ")}</option>)}</optgroup>
              ))}
            </Select>
          )}
        </Field>
        <div role="status" className="empty:-mt-4">
          {zone !== policy.timeZone && <Notice tone="warning">{fill(words.zoneWarning, { zone, there: at(zone), here: at(policy.timeZone) })}</Notice>}
        </div>
      </Part>
    </>
  );
}

/** "Asia/Shanghai" is found under "Asia"; a zone without a place, such as UTC, under the others. */
function byRegion(zones: readonly string[], others: string): [string, string[]][] {
  const regions = new Map<string, string[]>();
  for (const zone of zones) {
    const region = zone.includes("/") ? zone.slice(0, zone.indexOf("/")) : others;
    regions.set(region, [...(regions.get(region) ?? []), zone]);
  }
  return [...regions];
}
