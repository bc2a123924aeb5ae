import type messages from "@/messages/zh-CN/admin.json";

/** The words of the product form: a server component picks them for the browser. */
export type ProductWords = (typeof messages)["productForm"];
