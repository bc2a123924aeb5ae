import type { DemoProduct } from "./products";

/** What the shelves have besides: for members of a level, at a price of their own, to pick up, as a code, and paid in cash less points. */
export const specialProducts: DemoProduct[] = [
  {
    slug: "celadon-tea-set", name: "龙泉青瓷茶具（金卡专享）", nameEn: "Celadon tea set (Gold and above)", category: "cups", picture: "kettle", delivery: "shipped", gateRank: 2,
    description: "龙泉青瓷，一壶四杯，**金卡及以上会员专享**。\n\n### 套装内容\n- 侧把壶 ×1，约 220ml\n- 品茗杯 ×4，约 60ml\n- 竹制茶盘 ×1\n\n> 青釉开片是窑变的自然纹理，每套都不相同。",
    descriptionEn: "Longquan celadon, one pot and four cups, **for Gold members and above**.\n\n### In the box\n- A side-handled pot, 220 ml\n- Four cups, 60 ml each\n- A bamboo tray\n\n> The crackle of the glaze comes from the kiln: no two sets are alike.",
    skus: [{ priceMode: "points", pointsPrice: 8_800, initialStock: 12, limitPerUser: 1 }],
  },
  {
    slug: "drip-filter-set", name: "手冲滤杯套装", nameEn: "Pour-over filter set", category: "cups", picture: "coffee", delivery: "shipped",
    description: "陶瓷滤杯配 100 张滤纸，适合 1–2 人份。银卡及以上会员另有专享价。\n\n| 项目 | 参数 |\n|---|---|\n| 材质 | 陶瓷 |\n| 口径 | 11.5 cm |\n| 滤纸 | 100 张，无漂白 |",
    descriptionEn: "A ceramic dripper with 100 filters, for one or two cups. Members from Silver on have a price of their own.\n\n| | |\n|---|---|\n| Material | Ceramic |\n| Width | 11.5 cm |\n| Filters | 100, unbleached |",
    skus: [{ priceMode: "points", pointsPrice: 1_800, initialStock: 40, lowStock: 10, ownPrices: [{ rank: 1, pointsPrice: 1_500 }] }],
  },
  {
    slug: "bakery-box", name: "当日现烤面包盒（到店自提）", nameEn: "Bakery box of the day (pick-up)", category: "food", picture: "gift", delivery: "pickup",
    description: "每天早上现烤，含可颂、盐面包与当季甜面包各一。\n\n1. 下单时选择自提点\n2. 到店出示取货码\n3. 请在**当天营业结束前**领取",
    descriptionEn: "Baked every morning: a croissant, a salt roll and the sweet bun of the season.\n\n1. Choose a pick-up point when you order\n2. Show the code there\n3. Please come **before the shop closes that day**",
    skus: [{ priceMode: "points", pointsPrice: 450, initialStock: 60, limitPerDay: 1, limitPerOrder: 2 }],
  },
  {
    slug: "music-card", name: "音乐会员月卡", nameEn: "Music pass", category: "voucher", picture: "headphones", delivery: "virtual",
    description: "兑换后立即得到一个激活码，30 天内有效。\n\n### 怎么用\n1. 打开音乐应用，进入“我的 › 兑换中心”\n2. 输入激活码\n\n激活码显示后不支持退换。",
    descriptionEn: "You get an activation code at once; it is good for 30 days.\n\n### How to use it\n1. In the music app, go to “Me › Redeem”\n2. Enter the code\n\nA code that was shown cannot be returned.",
    skus: [{ priceMode: "points", pointsPrice: 1_200, hasCodes: true, limitPerUser: 3 }],
  },
  {
    slug: "weekend-backpack", name: "周末旅行双肩包 28L", nameEn: "Weekend backpack, 28 l", category: "bags", picture: "tote", delivery: "shipped",
    description: "28 升，独立电脑仓，侧面可开。\n\n- 防泼水面料，YKK 拉链\n- 可插拉杆箱\n- 积分最多抵一半，**500 积分起抵**",
    descriptionEn: "28 litres with a sleeve for a laptop, and it opens from the side.\n\n- Water-repellent, YKK zips\n- Slides over a trolley's handle\n- Points take up to half of the price, **from 500 points on**",
    skus: [{ priceMode: "cash_discount", pointsPrice: 0, cashPriceCents: 26_900, discountPointsMax: 20_000, discountPointsMin: 500, discountShareMax: 50, initialStock: 25 }],
  },
];
