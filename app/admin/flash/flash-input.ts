import { formFields } from "@/app/outcome";
import { centsFromYuan } from "@/lib/catalog/yuan";
import { instantAt, wallTimeOf } from "@/lib/rules/window";

/** The form's flat fields as the input of the command. Times are of the shop's wall clock; an empty amount of cash is none. */
export function flashFrom(form: FormData, zone: string): Record<string, unknown> {
  const { saleId, cashPrice = "", startsAt = "", startsAtWas = "", endsAt = "", endsAtWas = "", ...fields } = formFields(form);
  return {
    ...fields,
    ...(saleId ? { id: saleId } : {}),
    cashPriceCents: cashPrice.trim() === "" ? 0 : centsFromYuan(cashPrice),
    startsAt: instantOf(startsAt, startsAtWas, zone),
    endsAt: instantOf(endsAt, endsAtWas, zone),
  };
}

/** A field shows whole minutes: one that was not touched stays what it was, to the millisecond. */
function instantOf(wallTime: string, was: string, zone: string): Date | string {
  const before = new Date(was);
  if (was !== "" && !Number.isNaN(before.getTime()) && wallTimeOf(before, zone) === wallTime) return before;
  return instantAt(wallTime, zone) ?? "no time";
}
