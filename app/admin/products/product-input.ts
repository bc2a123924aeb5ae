import { formFields } from "@/app/outcome";
import { centsFromYuan } from "@/lib/catalog/yuan";

const SKUS_MAX = 50;

/** The form's flat fields as the input of the command. An empty choice is no choice; amounts in yuan become cents. */
export function productFrom(form: FormData): Record<string, unknown> {
  const fields = formFields(form);
  return {
    requestId: fields.requestId,
    id: fields.productId || undefined,
    slug: fields.slug || undefined,
    name: fields.name,
    nameEn: fields.nameEn,
    description: fields.description,
    descriptionEn: fields.descriptionEn,
    categoryId: fields.categoryId || null,
    picture: fields.picture,
    delivery: fields.delivery,
    status: fields.status,
    skus: Array.from({ length: SKUS_MAX + 1 }, (_, index) => skuFrom(fields, index)).filter((sku) => sku !== null),
  };
}

/** A field that the price mode does not have was not shown, and is left to its default. */
function skuFrom(fields: Record<string, string>, index: number): Record<string, unknown> | null {
  const field = (name: string): string | undefined => fields[`skus.${index}.${name}`];
  if (field("priceMode") === undefined) return null;
  const cash = field("cashYuan");
  return {
    id: field("skuId"),
    name: field("name"),
    nameEn: field("nameEn"),
    priceMode: field("priceMode"),
    pointsPrice: field("pointsPrice"),
    cashPriceCents: cash === undefined ? undefined : centsFromYuan(cash),
    discountPointsMax: field("discountPointsMax"),
    limitPerOrder: field("limitPerOrder"),
    limitPerUser: field("limitPerUser"),
    isActive: field("isActive") !== undefined,
    initialStock: field("initialStock"),
  };
}
