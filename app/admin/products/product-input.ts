import { formFields } from "@/app/outcome";
import { centsFromYuan } from "@/lib/catalog/yuan";
import { instantAt } from "@/lib/rules/window";

const SKUS_MAX = 50;
const PRICES_MAX = 20;

/** The form's flat fields as the input of the command. An empty choice is no choice; amounts in yuan become cents, wall times instants. */
export function productFrom(form: FormData, zone: string): Record<string, unknown> {
  const fields = formFields(form);
  const version = form.get("$version");
  return {
    requestId: fields.requestId,
    id: fields.productId || undefined,
    version: typeof version === "string" ? version : undefined,
    slug: fields.slug || undefined,
    name: fields.name,
    nameEn: fields.nameEn,
    description: fields.description,
    descriptionEn: fields.descriptionEn,
    categoryId: fields.categoryId || null,
    picture: fields.picture,
    delivery: fields.delivery,
    status: fields.status,
    onSaleFrom: instantIn(fields.onSaleFrom, zone),
    onSaleUntil: instantIn(fields.onSaleUntil, zone),
    gates: [
      ...(fields.gateLevel ? [{ kind: "level", audienceId: fields.gateLevel }] : []),
      ...form.getAll("gateSegments").map((audienceId) => ({ kind: "segment", audienceId })),
    ],
    skus: Array.from({ length: SKUS_MAX + 1 }, (_, index) => skuFrom((name) => fields[`skus.${index}.${name}`], zone)).filter((sku) => sku !== null),
  };
}

type FieldOf = (name: string) => string | undefined;

/** A field that the price mode or the delivery does not have was not shown, and is left to its default. */
function skuFrom(field: FieldOf, zone: string): Record<string, unknown> | null {
  if (field("priceMode") === undefined) return null;
  return {
    id: field("skuId"),
    name: field("name"),
    nameEn: field("nameEn"),
    priceMode: field("priceMode"),
    pointsPrice: field("pointsPrice"),
    cashPriceCents: centsIn(field("cashYuan")),
    discountPointsMax: field("discountPointsMax"),
    discountPointsMin: field("discountPointsMin"),
    discountShareMax: field("discountShareMax"),
    discountPointsPerYuan: field("discountPointsPerYuan") || null,
    limitPerOrder: field("limitPerOrder"),
    limitPerUser: field("limitPerUser"),
    limitPerDay: field("limitPerDay"),
    onSaleFrom: instantIn(field("onSaleFrom"), zone),
    onSaleUntil: instantIn(field("onSaleUntil"), zone),
    hasCodes: field("hasCodes") !== undefined,
    couponTemplateId: field("couponTemplateId") || null,
    lowStock: field("lowStock") || null,
    isActive: field("isActive") !== undefined,
    prices: Array.from({ length: PRICES_MAX + 1 }, (_, index) => priceFrom((name) => field(`prices.${index}.${name}`))).filter((price) => price !== null),
    initialStock: field("initialStock"),
  };
}

function priceFrom(field: FieldOf): Record<string, unknown> | null {
  const audience = field("audience");
  if (audience === undefined) return null;
  const [kind, audienceId] = audience.split(":");
  // Nobody was chosen: that is said of the kind, and not once more of the id.
  return { kind: kind || undefined, audienceId: audienceId ?? 1, pointsPrice: field("pointsPrice"), cashPriceCents: centsIn(field("cashYuan")) };
}

const centsIn = (text: string | undefined): number | undefined => (text === undefined ? undefined : centsFromYuan(text));
/** What is no time is passed on as it is: the schema says so at its field. */
const instantIn = (text: string | undefined, zone: string): Date | string | null => (text ? (instantAt(text, zone) ?? "no time") : null);
