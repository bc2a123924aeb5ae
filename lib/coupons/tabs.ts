/** How a person's coupons are told apart: to be used, used, and those that expired or were taken back. */
export const MY_TABS = ["available", "used", "expired"] as const;
export type MyTab = (typeof MY_TABS)[number];
