import type { ProductInput, SkuInput } from "@/lib/catalog/schema";
import type { z } from "zod";

import { specialProducts } from "./special-products";

export type DemoCategory = { slug: string; name: string; nameEn: string; parent?: string };

/** What every shop starts with. A category stands after the one that it is in. */
export const demoCategories = [
  { slug: "home", name: "生活家居", nameEn: "Home" },
  { slug: "digital", name: "数码家电", nameEn: "Electronics" },
  { slug: "food", name: "食品饮料", nameEn: "Food & drink" },
  { slug: "voucher", name: "卡券", nameEn: "Vouchers" },
  { slug: "outdoor", name: "出行户外", nameEn: "Out & about" },
  { slug: "cups", name: "杯壶茶具", nameEn: "Cups & pots", parent: "home" },
  { slug: "stationery", name: "文具手账", nameEn: "Stationery", parent: "home" },
  { slug: "audio", name: "音响耳机", nameEn: "Audio", parent: "digital" },
  { slug: "bags", name: "箱包", nameEn: "Bags", parent: "outdoor" },
] as const satisfies readonly DemoCategory[];

/** `ownPrices` and `gateRank` name a level by its rank: it and those above. */
type Sku = Omit<z.input<typeof SkuInput>, "prices"> & { ownPrices?: { rank: number; pointsPrice: number }[] };
export type DemoProduct = Omit<z.input<typeof ProductInput>, "requestId" | "skus" | "status" | "categoryId" | "gates" | "slug"> & {
  slug: string;
  category: (typeof demoCategories)[number]["slug"];
  gateRank?: number;
  skus: Sku[];
};

const points = (pointsPrice: number, initialStock: number, more: Partial<Sku> = {}): Sku => ({ priceMode: "points", pointsPrice, initialStock, ...more });
const pair = (pointsPrice: number, cashPriceCents: number, initialStock: number, more: Partial<Sku> = {}): Sku => ({
  priceMode: "points_cash", pointsPrice, cashPriceCents, initialStock, ...more,
});
const discount = (cashPriceCents: number, discountPointsMax: number, initialStock: number, more: Partial<Sku> = {}): Sku => ({
  priceMode: "cash_discount", pointsPrice: 0, cashPriceCents, discountPointsMax, initialStock, ...more,
});

/** The shelves: every price mode, both deliveries, options, a limit, a last piece and one sold out. */
const shelves: DemoProduct[] = [
  {
    slug: "pocket-speaker", name: "口袋蓝牙音箱", nameEn: "Pocket speaker", category: "digital", picture: "speaker", delivery: "shipped",
    description: "巴掌大小，IPX6 防水，可两台组立体声。", descriptionEn: "Palm-sized, IPX6, and two of them make stereo.", skus: [discount(19_900, 5_000, 30, { pointsPrice: 16_800 })],
  },
  {
    slug: "pour-over-kettle", name: "手冲咖啡分享壶 600ml 耐热玻璃", nameEn: "Pour-over coffee server 600 ml", category: "home", picture: "kettle", delivery: "shipped",
    description: "高硼硅玻璃，**耐热 150℃**。壶身刻度清晰，一人到三人份都好掌握。\n\n- 容量 600ml\n- 可微波、可洗碗机\n- 不含滤杯", descriptionEn: "Borosilicate glass that **takes 150 °C**, with a clear scale for one to three cups.\n\n- Holds 600 ml\n- Microwave and dishwasher safe\n- Comes without a dripper",
    skus: [pair(2_400, 990, 3)],
  },
  {
    slug: "video-membership-month", name: "视频会员月卡兑换券", nameEn: "Video membership, one month", category: "voucher", picture: "film", delivery: "virtual",
    description: "兑换后由商家发放，有效期 90 天。", descriptionEn: "Issued by the shop after you redeem; valid for 90 days.", skus: [points(1_500, 200)],
  },
  {
    slug: "earbuds-lite", name: "降噪蓝牙耳机 Lite", nameEn: "Noise-cancelling earbuds Lite", category: "digital", picture: "headphones", delivery: "shipped",
    description: "主动降噪，单次续航 7 小时，支持快充。", descriptionEn: "Active noise cancelling, seven hours on a charge, and fast charging.", skus: [pair(18_800, 9_900, 40)],
  },
  {
    slug: "desk-plant-surprise", name: "桌面绿植盲盒（每月限量）", nameEn: "Surprise desk plant (limited each month)", category: "home", picture: "plant", delivery: "shipped",
    description: "多肉、绿萝、网纹草随机一盆，带花盆与养护卡。每人限兑 2 盆。", descriptionEn: "A succulent, pothos or fittonia, potted, with a care card. Two per person.",
    skus: [points(880, 60, { limitPerUser: 2 })],
  },
  {
    slug: "stoneware-mug", name: "粗陶马克杯", nameEn: "Stoneware mug", category: "home", picture: "mug", delivery: "shipped",
    description: "手工拉坯，每只釉色略有不同。可微波、可洗碗机。", descriptionEn: "Thrown by hand, so no two glazes are alike. Microwave and dishwasher safe.",
    skus: [points(600, 24, { name: "苔绿", nameEn: "Moss" }), points(600, 12, { name: "燕麦", nameEn: "Oat" }), points(680, 0, { name: "夜蓝", nameEn: "Night blue" })],
  },
  {
    slug: "canvas-tote", name: "帆布托特包", nameEn: "Canvas tote", category: "outdoor", picture: "tote", delivery: "shipped",
    description: "16 安本白帆布，内袋可放 14 寸电脑。", descriptionEn: "16 oz natural canvas with a sleeve for a 14-inch laptop.", skus: [points(3_200, 80)],
  },
  {
    slug: "thermos-500", name: "316 不锈钢保温杯 500ml", nameEn: "Steel thermos 500 ml", category: "outdoor", picture: "thermos", delivery: "shipped",
    description: "12 小时保温，一键开盖，可单手操作。", descriptionEn: "Keeps hot for twelve hours and opens with one hand.", skus: [points(4_500, 35)],
  },
  {
    slug: "dotted-notebook", name: "点阵笔记本 A5", nameEn: "Dotted notebook A5", category: "home", picture: "notebook", delivery: "shipped",
    description: "100 克道林纸，192 页，平摊装订。", descriptionEn: "192 pages of 100 g paper, bound to lie flat.", skus: [points(320, 150)],
  },
  {
    slug: "sticker-set", name: "玉·金贴纸套装", nameEn: "Jade & Amber sticker set", category: "home", picture: "gift", delivery: "virtual",
    description: "六张防水贴纸，到店领取。新会员第一天就能兑。", descriptionEn: "Six weatherproof stickers, handed out at the counter. Within reach on the first day.",
    skus: [points(100, 300, { limitPerUser: 1 })],
  },
  {
    slug: "folding-umbrella", name: "自动折叠晴雨伞", nameEn: "Folding umbrella", category: "outdoor", picture: "umbrella", delivery: "shipped",
    description: "UPF 50+，抗风骨架，自动开合。", descriptionEn: "UPF 50+, a frame that stands wind, opens and closes by itself.", skus: [pair(1_200, 1_990, 45)],
  },
  {
    slug: "white-tea-tin", name: "白毫银针 50g 罐装", nameEn: "Silver Needle white tea, 50 g", category: "food", picture: "tea", delivery: "shipped",
    description: "福鼎明前头采，清甜毫香。", descriptionEn: "First spring pick from Fuding, sweet and downy.", skus: [points(2_600, 50)],
  },
  {
    slug: "house-blend-beans", name: "拼配咖啡豆 250g", nameEn: "House blend coffee, 250 g", category: "food", picture: "coffee", delivery: "shipped",
    description: "中深烘焙，坚果与黑巧克力风味。下单后现烘。", descriptionEn: "Medium-dark, nutty with dark chocolate. Roasted when you order.", skus: [discount(6_800, 3_000, 100)],
  },
  {
    slug: "wool-socks", name: "美利奴羊毛袜 两双装", nameEn: "Merino socks, two pairs", category: "outdoor", picture: "socks", delivery: "shipped",
    description: "四季可穿，抑味透气。", descriptionEn: "For every season; they breathe and stay fresh.",
    skus: [points(980, 40, { name: "35–39", nameEn: "EU 35–39" }), points(980, 40, { name: "40–44", nameEn: "EU 40–44" })],
  },
  {
    slug: "bedside-lamp", name: "床头小夜灯", nameEn: "Bedside lamp", category: "digital", picture: "lamp", delivery: "shipped",
    description: "三档调光，磁吸充电，暖光 2700K。", descriptionEn: "Three levels of warm 2700 K light, charged by magnet.", skus: [points(1_980, 1)],
  },
  {
    slug: "coffee-voucher", name: "到店咖啡兑换券", nameEn: "A coffee at the counter", category: "voucher", picture: "voucher", delivery: "virtual",
    description: "任意中杯饮品一杯，门店出示即可。", descriptionEn: "Any medium drink; show it at the counter.", skus: [points(900, 500)],
  },
  {
    slug: "gift-box", name: "节日礼盒", nameEn: "Holiday gift box", category: "food", picture: "gift", delivery: "shipped",
    description: "坚果、茶与手工饼干的组合。", descriptionEn: "Nuts, tea and handmade biscuits.", skus: [points(5_200, 0)],
  },
];

/** The demo shop's goods, in the order in which they came. */
export const demoProducts: readonly DemoProduct[] = [...shelves, ...specialProducts];
