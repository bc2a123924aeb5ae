/** One file per namespace and language under `messages/`. */
export const namespaces = [
  "common", "nav", "home", "shop", "product", "checkIn", "wallet", "orders", "auth", "cashier", "profile", "errors",
  "admin", "tasks", "levels", "notifications", "account", "mail", "share", "reviews", "why", "adminRules", "adminTasks", "adminLevels", "adminReviews", "adminBooks", "adminSettings",
] as const;
