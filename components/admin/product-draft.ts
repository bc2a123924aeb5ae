import type { AudienceKind } from "@/db/schema/audience";
import type { Delivery, PriceMode, ProductStatus } from "@/db/schema/catalog";

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

export type SkuDraft = {
  id?: number;
  name: string;
  nameEn: string;
  priceMode: PriceMode;
  pointsPrice: number;
  cashPriceCents: number;
  discountPointsMax: number;
  discountPointsMin: number;
  discountShareMax: number;
  discountPointsPerYuan: number | null;
  limitPerOrder: number;
  limitPerUser: number;
  limitPerDay: number;
  onSaleFrom: string;
  onSaleUntil: string;
  hasCodes: boolean;
  couponTemplateId: number | null;
  lowStock: number | null;
  isActive: boolean;
  prices: OwnPriceDraft[];
  stock: number;
};

export type OwnPriceDraft = { kind: AudienceKind; audienceId: number; pointsPrice: number; cashPriceCents: number };

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
