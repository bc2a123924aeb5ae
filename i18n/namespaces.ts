/** One file per namespace and language under `messages/`. */
export const namespaces = [
  "common", "nav", "home", "shop", "product", "cart", "checkout", "checkIn", "wallet", "orders", "auth", "cashier", "pay", "profile", "errors",
  "admin", "tasks", "levels", "notifications", "account", "mail", "share", "reviews", "why", "adminRules", "adminTasks", "adminLevels", "adminCategories", "adminReviews", "adminBooks", "adminSettings", "coupons", "adminCoupons", "adminSegments", "adminPayments", "adminFulfilment", "draws", "adminDraws", "flash", "adminFlash", "adminOperations", "adminAdjustments", "adminBulk", "adminAccess", "adminImport", "adminFrame", "adminReports", "adminRisk", "appeal", "adminAudit",
] as const;
