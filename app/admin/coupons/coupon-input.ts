import { formFields } from "@/app/outcome";
import { centsFromYuan } from "@/lib/catalog/yuan";
import { endOfDay, parseDay, startOfDay, type Day } from "@/lib/day";

/** The form's flat fields as the input of the command. An empty field is nothing; days become the instants at which they begin and end. */
export function couponFrom(form: FormData, timeZone: string): Record<string, unknown> {
  const { requestId, couponId, name, nameEn, kind, unit, scope, validity, claimLimit, issuedMax, status, position, ...fields } = formFields(form);
  const amount = (text: string | undefined): number | string => (!text ? 0 : unit === "points" ? text : centsFromYuan(text));
  const first = (text: string | undefined) => instantOf(text, (day) => startOfDay(day, timeZone));
  const last = (text: string | undefined) => instantOf(text, (day) => endOfDay(day, timeZone));
  return {
    requestId, id: couponId || undefined, name, nameEn, kind, unit, scope, status,
    amount: kind === "amount" ? amount(fields.amount) : 0,
    percent: kind === "percent" ? fields.percent || 0 : 0,
    amountMax: kind === "percent" ? amount(fields.amountMax) : 0,
    minSpend: amount(fields.minSpend),
    giftSkuId: kind === "gift" ? fields.giftSkuId || null : null,
    scopeIds: scope === "all" ? [] : form.getAll(scope === "categories" ? "categoryIds" : "productIds"),
    isClaimable: fields.isClaimable !== undefined,
    claimFrom: first(fields.claimFrom),
    claimUntil: last(fields.claimUntil),
    claimLimit: claimLimit || 1,
    minLevelId: fields.minLevelId || null,
    segmentId: fields.segmentId || null,
    issuedMax: issuedMax || 0,
    validFrom: first(fields.validFrom),
    validUntil: validity === "until" ? last(fields.validUntil) : null,
    validDays: validity === "until" ? null : fields.validDays || null,
    position: position || 0,
  };
}

/** What is no day is passed on as it is: the schema says so at its field. */
function instantOf(text: string | undefined, at: (day: Day) => Date): string | null {
  if (!text) return null;
  try {
    return at(parseDay(text)).toISOString();
  } catch {
    return "no day";
  }
}

/** The last instant of a day that staff typed for codes; null for none. */
export const untilOf = (text: string | undefined, timeZone: string): string | null => instantOf(text, (day) => endOfDay(day, timeZone));
