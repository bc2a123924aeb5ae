import type messages from "@/messages/zh-CN/adminFlash.json";

/** The words of the form of a flash sale: a server component picks them for the browser. */
export type FlashFormWords = (typeof messages)["form"];
