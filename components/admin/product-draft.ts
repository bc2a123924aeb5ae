import type { Delivery, ProductStatus } from "@/db/schema/catalog";
import type { StaffOwnPrice, StaffSku } from "@/lib/catalog/offers/queries";

/** A product as its form starts with it. Times are of the programme's wall clock, as their fields hold them. */
export type ProductDraft = {
  id?: number;
  /** Its last change, for whoever saves to say what they have seen. */
  version?: string;
  slug: string;
  name: string;
  nameEn: string;
  description: string;
  descriptionEn: string;
  categoryId: number | null;
  picture: string;
  delivery: Delivery;
  status: ProductStatus;
  onSaleFrom: string;
  onSaleUntil: string;
  gateLevelId: number | null;
  gateSegmentIds: number[];
  skus: SkuDraft[];
};

/** A SKU in the form: one that is new has no id yet, and instants are as a field shows them. */
export type SkuDraft = Omit<StaffSku, "id" | "onSaleFrom" | "onSaleUntil"> & { id?: number; onSaleFrom: string; onSaleUntil: string };

export type OwnPriceDraft = StaffOwnPrice;

type Named = { id: number; name: string };

/** What the form lets one choose from, in the reader's language. */
export type ProductChoices = {
  categories: readonly Named[];
  levels: readonly Named[];
  segments: readonly Named[];
  templates: readonly (Named & { isActive: boolean })[];
  /** Points that take one yuan off, and how few pieces are low, where a SKU says nothing else. */
  pointsPerYuan: number;
  lowStock: number;
  /** The programme's time zone, by name. */
  zone: string;
};
