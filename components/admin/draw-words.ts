import type messages from "@/messages/zh-CN/adminDraws.json";

/** The words of the draw form: a server component picks them for the browser. */
export type DrawWords = (typeof messages)["form"];
