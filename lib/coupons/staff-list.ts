import { COUPON_TEMPLATE_STATUSES } from "@/db/schema/coupons";
import { defineList, oneOf } from "@/lib/list-address";

import type { StaffTemplate } from "./staff-queries";

/** `usual` is the order that the list comes in. */
export const COUPONS = defineList({
  key: "coupons", path: "/admin/coupons", filters: { status: oneOf(COUPON_TEMPLATE_STATUSES) },
  columns: ["name", "status", "validity", "issued", "used", "updated"],
  sorts: ["usual", "name", "issued", "used", "updated"], sort: "usual",
});

/** By what each column sorts. */
export const COUPON_SORTS = { usual: () => 0, name: ({ name }: StaffTemplate) => name, issued: ({ issued }: StaffTemplate) => issued, used: ({ used }: StaffTemplate) => used, updated: ({ updatedAt }: StaffTemplate) => updatedAt };
