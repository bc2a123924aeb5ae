"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Select } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { useFormAction } from "@/components/ui/use-form-action";
import { fill } from "@/lib/i18n";

type ZoneFormProps = {
  action: FormAction;
  requestId: string;
  /** The person's zone; empty stands for the programme's. */
  chosen: string;
  programme: string;
  words: { label: string; hint: string; save: string; /** With {zone}. */ device: string; programme: string; pending: string };
};

/** The zones of the world, listed by the browser once somebody looks for one: they would weigh more than the rest of the page. */
export function ZoneForm({ action, requestId, chosen, programme, words }: ZoneFormProps) {
  const { state, isPending, form } = useFormAction(action);
  const [zone, setZone] = useState(chosen);
  const [zones, setZones] = useState<readonly string[]>(chosen ? [chosen] : []);
  const [device, setDevice] = useState<string | null>(null);

  function listZones() {
    if (device !== null) return;
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    setDevice(own);
    setZones([...new Set([...Intl.supportedValuesOf("timeZone"), own, ...zones])].filter((each) => each !== programme).sort());
  }

  return (
    <form {...form} className="grid gap-3" onFocus={listZones} onPointerEnter={listZones}>
      <input type="hidden" name="requestId" value={requestId} />
      <Field id="timeZone" label={words.label} hint={words.hint} error={state.fields?.timeZone}>
        {(wiring) => (
          <Select {...wiring} name="timeZone" value={zone} onChange={(event) => setZone(event.target.value)}>
            <option value="">{words.programme}</option>
            {zones.map((each) => <option key={each} value={each}>{each.replaceAll("_", " ")}</option>)}
          </Select>
        )}
      </Field>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="primary" disabled={isPending || zone === chosen} aria-busy={isPending || undefined}>{isPending ? words.pending : words.save}</Button>
        {device && device !== programme && device !== zone && <Button onClick={() => setZone(device)}>{fill(words.device, { zone: device.replaceAll("_", " ") })}</Button>}
      </div>
      <div>
        <div role="alert">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
        <div role="status">{state.status === "done" && <Notice tone="success">{state.message}</Notice>}</div>
      </div>
    </form>
  );
}
