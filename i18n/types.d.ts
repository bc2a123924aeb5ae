import type { Locale as AppLocale } from "@/lib/i18n";

type Messages = {
  common: typeof import("../messages/zh-CN/common.json");
  nav: typeof import("../messages/zh-CN/nav.json");
  home: typeof import("../messages/zh-CN/home.json");
  shop: typeof import("../messages/zh-CN/shop.json");
  product: typeof import("../messages/zh-CN/product.json");
  cart: typeof import("../messages/zh-CN/cart.json");
  checkout: typeof import("../messages/zh-CN/checkout.json");
  checkIn: typeof import("../messages/zh-CN/checkIn.json");
  wallet: typeof import("../messages/zh-CN/wallet.json");
  orders: typeof import("../messages/zh-CN/orders.json");
  auth: typeof import("../messages/zh-CN/auth.json");
  cashier: typeof import("../messages/zh-CN/cashier.json");
  pay: typeof import("../messages/zh-CN/pay.json");
  profile: typeof import("../messages/zh-CN/profile.json");
  errors: typeof import("../messages/zh-CN/errors.json");
  admin: typeof import("../messages/zh-CN/admin.json");
  tasks: typeof import("../messages/zh-CN/tasks.json");
  levels: typeof import("../messages/zh-CN/levels.json");
  notifications: typeof import("../messages/zh-CN/notifications.json");
  account: typeof import("../messages/zh-CN/account.json");
  mail: typeof import("../messages/zh-CN/mail.json");
  share: typeof import("../messages/zh-CN/share.json");
  reviews: typeof import("../messages/zh-CN/reviews.json");
  why: typeof import("../messages/zh-CN/why.json");
  adminRules: typeof import("../messages/zh-CN/adminRules.json");
  adminTasks: typeof import("../messages/zh-CN/adminTasks.json");
  adminLevels: typeof import("../messages/zh-CN/adminLevels.json");
  adminCategories: typeof import("../messages/zh-CN/adminCategories.json");
  adminReviews: typeof import("../messages/zh-CN/adminReviews.json");
  adminRisk: typeof import("../messages/zh-CN/adminRisk.json");
  appeal: typeof import("../messages/zh-CN/appeal.json");
  adminBooks: typeof import("../messages/zh-CN/adminBooks.json");
  adminSettings: typeof import("../messages/zh-CN/adminSettings.json");
  coupons: typeof import("../messages/zh-CN/coupons.json");
  adminCoupons: typeof import("../messages/zh-CN/adminCoupons.json");
  adminSegments: typeof import("../messages/zh-CN/adminSegments.json");
  adminPayments: typeof import("../messages/zh-CN/adminPayments.json");
  adminFulfilment: typeof import("../messages/zh-CN/adminFulfilment.json");
  draws: typeof import("../messages/zh-CN/draws.json");
  adminDraws: typeof import("../messages/zh-CN/adminDraws.json");
  flash: typeof import("../messages/zh-CN/flash.json");
  adminFlash: typeof import("../messages/zh-CN/adminFlash.json");
  adminOperations: typeof import("../messages/zh-CN/adminOperations.json");
  adminAdjustments: typeof import("../messages/zh-CN/adminAdjustments.json");
  adminBulk: typeof import("../messages/zh-CN/adminBulk.json");
  adminAccess: typeof import("../messages/zh-CN/adminAccess.json");
  adminImport: typeof import("../messages/zh-CN/adminImport.json");
  adminFrame: typeof import("../messages/zh-CN/adminFrame.json");
  adminReports: typeof import("../messages/zh-CN/adminReports.json");
  adminAudit: typeof import("../messages/zh-CN/adminAudit.json");
};

/** A key that does not exist is a compile error; a language that lacks one fails the parity test. */
declare module "next-intl" {
  interface AppConfig {
    Locale: AppLocale;
    Messages: Messages;
  }
}
