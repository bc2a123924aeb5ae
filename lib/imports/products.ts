import { PRODUCT_STATUSES } from "@/db/schema/catalog";
import { ProductInput } from "@/lib/catalog/schema";

import { rowsOf, type Judged, type SheetRow } from "./sheet";

/** Rows of one file. */
export const PRODUCT_ROWS_MAX = 2_000;

export const PRODUCT_FAULTS = ["slug_wrong", "name_wrong", "category_unknown", "delivery_wrong", "points_wrong", "cash_wrong", "stock_wrong", "status_wrong", "text_too_long", "sale_not_allowed", "repeated"] as const;
export type ProductFault = (typeof PRODUCT_FAULTS)[number];

export type SheetCategory = { id: number; slug: string; name: string; nameEn: string };
export type JudgedProduct = Judged<{ row: number; slug: string; name: string; points: number; cents: number; stock: number; input: ProductInput | null }, ProductFault>;

const HEADINGS = {
  slug: /^(编号|商品编号|slug|code|id)$/i,
  name: /^(名称|商品名|商品名称|name|product)$/i,
  nameEn: /^(英文名|英文名称|name \(en\)|english name|name_?en)$/i,
  category: /^(分类|类目|category)$/i,
  delivery: /^(交付方式|配送方式|交付|delivery)$/i,
  points: /^(积分|积分价|points( price)?)$/i,
  cash: /^(现金|现金价|价格|cash|price)$/i,
  stock: /^(库存|stock)$/i,
  status: /^(状态|status)$/i,
  description: /^(描述|商品描述|介绍|description)$/i,
  descriptionEn: /^(英文描述|description \(en\)|english description|description_?en)$/i,
};

const DELIVERY_WORDS: readonly [RegExp, "shipped" | "pickup"][] = [[/^(shipped|shipping|快递|配送|邮寄|)$/i, "shipped"], [/^(pick-?up|自提|到店自提)$/i, "pickup"]];
const STATUS_WORDS: readonly [RegExp, (typeof PRODUCT_STATUSES)[number]][] = [[/^(draft|草稿|)$/i, "draft"], [/^(active|on sale|上架|在售)$/i, "active"], [/^(archived|下架|归档)$/i, "archived"]];

export const productRows = (cells: readonly (readonly string[])[]) => rowsOf(cells, HEADINGS, ["slug", "name", "points", "stock"]);

type Known = { slugs: ReadonlySet<string>; categories: readonly SheetCategory[]; /** Whether who takes it in may put things on sale. */ maySell: boolean };

/**
 * Judges every row before anything is written: a product of one SKU, for points or for points and cash. A slug that the shop has already is left as it
 * is there. Virtual goods and coupons need a pool or a template, so they are made by hand.
 */
export function judgeProducts(rows: readonly SheetRow<keyof typeof HEADINGS>[], known: Known): JudgedProduct[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    const slug = row.slug.toLowerCase();
    const numbers = { points: wholeIn(row.points), cents: centsIn(row.cash), stock: wholeIn(row.stock) };
    const facts = { row: row.row, slug, name: row.name, points: numbers.points ?? 0, cents: numbers.cents ?? 0, stock: numbers.stock ?? 0 };
    const isRepeated = seen.has(slug);
    seen.add(slug);
    if (isRepeated) return { ...facts, input: null, verdict: "repeated" };
    const read = readProduct(row, slug, numbers, known);
    if (typeof read === "string") return { ...facts, input: null, verdict: read };
    return { ...facts, input: read, verdict: known.slugs.has(slug) ? "known" : "new" };
  });
}

type Numbers = { points: number | null; cents: number | null; stock: number | null };

function readProduct(row: SheetRow<keyof typeof HEADINGS>, slug: string, { points, cents, stock }: Numbers, known: Known): ProductInput | ProductFault {
  const categoryId = categoryIn(row.category, known.categories);
  const delivery = wordIn(DELIVERY_WORDS, row.delivery);
  const status = wordIn(STATUS_WORDS, row.status);
  if (categoryId === undefined) return "category_unknown";
  if (!delivery) return "delivery_wrong";
  if (!status) return "status_wrong";
  if (status === "active" && !known.maySell) return "sale_not_allowed";
  if (points === null) return "points_wrong";
  if (cents === null) return "cash_wrong";
  if (stock === null) return "stock_wrong";
  const sku = { priceMode: cents > 0 ? "points_cash" : "points", pointsPrice: points, cashPriceCents: cents, initialStock: stock };
  const { name, nameEn, description, descriptionEn } = row;
  const parsed = ProductInput.safeParse({ requestId: "import", slug, name, nameEn, description, descriptionEn, categoryId, delivery, status, skus: [sku] });
  return parsed.success ? parsed.data : faultAt(parsed.error.issues[0]!.path);
}

const FAULT_AT: Readonly<Record<string, ProductFault>> = { slug: "slug_wrong", name: "name_wrong", nameEn: "name_wrong", pointsPrice: "points_wrong", cashPriceCents: "cash_wrong", initialStock: "stock_wrong", description: "text_too_long", descriptionEn: "text_too_long" };

const faultAt = (path: readonly PropertyKey[]): ProductFault => FAULT_AT[String(path.at(-1))] ?? "points_wrong";

const wordIn = <Word>(words: readonly [RegExp, Word][], text: string): Word | undefined => words.find(([pattern]) => pattern.test(text))?.[1];

/** By slug or by either name; null where the row says none, undefined where it says one that the shop does not have. */
function categoryIn(text: string, categories: readonly SheetCategory[]): number | null | undefined {
  if (text === "") return null;
  const wanted = text.toLowerCase();
  return categories.find(({ slug, name, nameEn }) => [slug, name, nameEn].some((each) => each.toLowerCase() === wanted))?.id;
}

/** A spreadsheet may group thousands. */
const wholeIn = (text: string): number | null => (/^\d{1,3}(,\d{3})+$|^\d{1,9}$/.test(text) ? Number(text.replaceAll(",", "")) : null);

function centsIn(text: string): number | null {
  const found = /^[¥￥]?(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text === "" ? "0" : text.replaceAll(",", ""));
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : null;
}
