/** One file per namespace and language under `messages/`. */
export const namespaces = [
  "common", "nav", "home", "shop", "product", "checkIn", "wallet", "orders", "auth", "cashier", "profile", "errors",
  "admin",
] as const;
