import type messages from "@/messages/zh-CN/adminCoupons.json";

/** The words of the coupon form, and the names of its statuses: a server component picks them for the browser. */
export type CouponWords = (typeof messages)["form"] & { statuses: (typeof messages)["status"] };
