import { formFields } from "@/app/outcome";
import { centsFromYuan } from "@/lib/catalog/yuan";
import { PAYMENT_METHODS } from "@/lib/settings/policy";
import { expiryFrom, numberIn, type Fields } from "./expiry-input";
import { riskFrom } from "./risk-input";

/** What each section's form sends, as the input of the command. Text that is no number stays text: the schema says what is wrong with it. */
export function settingsFrom(form: FormData): Record<string, unknown> {
  const fields = formFields(form);
  const { requestId, section = "" } = fields;
  const read = Object.hasOwn(readers, section) ? readers[section] : undefined;
  return { requestId, section, ...read?.(fields) };
}

const readers: Record<string, (fields: Fields) => Record<string, unknown>> = {
  programme: (fields) => texts(fields, "shopName", "shopNameEn", "timeZone"),
  points: (fields) => ({
    ...numbers(fields, "pointsPerYuan", "restoreGraceDays"), ...texts(fields, "clawBack"), expiry: expiryFrom(fields), remindDaysBefore: listOf(fields.remindDaysBefore),
  }),
  checkIn: (fields) => ({ ...numbers(fields, "makeUpDays", "makeUpsPerMonth", "makeUpPoints", "freezesHeldMax"), ...switches(fields, "ownTimeZone") }),
  brand: (fields) => ({ brandHue: fields.colour === "own" ? numberIn(fields.brandHue) : null, logo: fields.logo || null }),
  pointsName: (fields) => texts(fields, "pointsName", "pointsNameEn", "pointsNameEnPlural"),
  control: (fields) => ({ ...numbers(fields, "adjustmentApprovalPoints", "staffIdleMinutes", "staffSessionHours"), ...texts(fields, "secondFactor") }),
  risk: (fields) => ({ risk: riskFrom(fields) }),
  payment: (fields) => ({ paymentsOff: PAYMENT_METHODS.filter((name) => fields[`takes.${name}`] === undefined) }),
  people: (fields) => switches(fields, "verifyEmail"),
  levels: (fields) => ({ ...texts(fields, "levelBasis", "levelDowngrade"), ...numbers(fields, "levelWindowDays", "levelGraceDays") }),
  setup: (fields) => ({ setupHidden: fields.setupHidden === "1" }),
  orders: (fields) => ({ ...numbers(fields, "paymentMinutes", "lowStock", "receivedAfterDays"), ...amounts(fields, "deliveryCents", "freeDeliveryFromCents") }),
};

const texts = (fields: Fields, ...names: string[]) => Object.fromEntries(names.map((name) => [name, fields[name]]));
const numbers = (fields: Fields, ...names: string[]) => Object.fromEntries(names.map((name) => [name, numberIn(fields[name])]));
/** Yuan, as people write them, in cents. */
const amounts = (fields: Fields, ...names: string[]) => Object.fromEntries(names.map((name) => [name, centsFromYuan(fields[name] ?? "")]));
/** A box that is not ticked is not sent. */
const switches = (fields: Fields, ...names: string[]) => Object.fromEntries(names.map((name) => [name, fields[name] !== undefined]));

/** Numbers as people write lists of them: "30, 7, 1" or "30、7、1". */
const listOf = (text = ""): unknown[] => text.split(/[\s,，、;；]+/).filter(Boolean).map(numberIn);
