import "server-only";

import { getMessages } from "next-intl/server";
import { inLanguage } from "../../(shop)/views";
import type { Reading } from "../../(shop)/reading";
import type { ProductChoices, ProductDraft } from "@/components/admin/product-draft";
import type { ProductWords } from "@/components/admin/product-words";
import { listCategoryTree } from "@/lib/catalog/categories/queries";
import { listAudienceChoices, listTemplateChoices } from "@/lib/catalog/offers/queries";
import type { StaffProduct } from "@/lib/catalog/staff-queries";
import { pathOf } from "@/lib/catalog/tree";
import { formatZone } from "@/lib/i18n";
import { wallTimeOf } from "@/lib/rules/window";

export async function readProductWords(): Promise<ProductWords> {
  return (await getMessages()).admin.productForm;
}

export async function readProductChoices({ db, locale, policy, now }: Reading): Promise<ProductChoices> {
  const [tree, audiences, templates] = await Promise.all([listCategoryTree(db), listAudienceChoices(db), listTemplateChoices(db)]);
  const named = ({ id, name, nameEn }: { id: number; name: string; nameEn: string }) => ({ id, name: inLanguage(locale, name, nameEn) });
  return {
    categories: tree.map(({ id }) => ({ id, name: pathOf(tree, id).map((each) => named(each).name).join(" › ") })),
    levels: audiences.levels.map(named),
    segments: audiences.segments.map(named),
    templates: templates.map(({ isActive, ...template }) => ({ ...named(template), isActive })),
    pointsPerYuan: policy.pointsPerYuan,
    lowStock: policy.lowStock,
    zone: formatZone(locale, policy.timeZone, now),
  };
}

export const emptyProduct: ProductDraft = {
  slug: "", name: "", nameEn: "", description: "", descriptionEn: "", categoryId: null, picture: "gift", delivery: "shipped", status: "draft",
  onSaleFrom: "", onSaleUntil: "", gateLevelId: null, gateSegmentIds: [], skus: [],
};

/** Only what the form edits goes to the browser. Of several levels that open a product the lowest says it all: `choices` has them from the lowest up. */
export function draftOf({ updatedAt, gates, skus, ...product }: StaffProduct, choices: Pick<ProductChoices, "levels">, zone: string): ProductDraft {
  const wallTime = (at: Date | null): string => (at ? wallTimeOf(at, zone) : "");
  const gateIds = (kind: "level" | "segment"): number[] => gates.filter((gate) => gate.kind === kind).map(({ audienceId }) => audienceId);
  return {
    ...product,
    version: updatedAt.toISOString(),
    onSaleFrom: wallTime(product.onSaleFrom),
    onSaleUntil: wallTime(product.onSaleUntil),
    gateLevelId: choices.levels.find(({ id }) => gateIds("level").includes(id))?.id ?? null,
    gateSegmentIds: gateIds("segment"),
    skus: skus.map((sku) => ({ ...sku, onSaleFrom: wallTime(sku.onSaleFrom), onSaleUntil: wallTime(sku.onSaleUntil) })),
  };
}
