import { formFields } from "@/app/outcome";
import { endOfDay, parseDay, startOfDay, type Day } from "@/lib/day";
import { ppmFromPercent } from "@/lib/draws/percent";
import { PRIZES_MAX } from "@/lib/draws/schema";

/** The form's flat fields as the input of the command. An empty field is nothing; days become the instants at which they begin and end. */
export function drawFrom(form: FormData, timeZone: string): Record<string, unknown> {
  const fields = formFields(form);
  return {
    requestId: fields.requestId,
    id: fields.drawId || undefined,
    slug: fields.drawId ? undefined : fields.slug || undefined,
    name: fields.name,
    nameEn: fields.nameEn,
    rules: fields.rules,
    rulesEn: fields.rulesEn,
    status: fields.status,
    startsAt: instantOf(fields.startsAt, (day) => startOfDay(day, timeZone)),
    endsAt: instantOf(fields.endsAt, (day) => endOfDay(day, timeZone)),
    spinPoints: fields.spinPoints,
    freeSpinsPerDay: fields.freeSpinsPerDay,
    spinsPerDay: fields.spinsPerDay,
    prizes: Array.from({ length: PRIZES_MAX + 1 }, (_, index) => prizeFrom(fields, index)).filter((prize) => prize !== null),
  };
}

/** A field that the prize's kind does not have was not shown, and is left to its default. */
function prizeFrom(fields: Record<string, string>, index: number): Record<string, unknown> | null {
  const field = (name: string): string | undefined => fields[`prizes.${index}.${name}`];
  if (field("kind") === undefined) return null;
  return {
    id: field("prizeId"),
    name: field("name"),
    nameEn: field("nameEn"),
    kind: field("kind"),
    points: field("points"),
    couponTemplateId: field("couponTemplateId") || null,
    quantity: field("quantity"),
    oddsPpm: ppmFromPercent(field("odds") ?? ""),
    stock: field("stock") || null,
    stockShown: field("stockShown") || null,
  };
}

/** What is no day is passed on as it is: the schema says so at its field. */
function instantOf(text: string | undefined, at: (day: Day) => Date): Date | string | null {
  if (!text) return null;
  try {
    return at(parseDay(text));
  } catch {
    return "no day";
  }
}
