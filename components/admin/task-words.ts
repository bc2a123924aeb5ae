import type messages from "@/messages/zh-CN/adminTasks.json";

/** The words of the task form: a server component picks them for the browser. */
export type TaskWords = (typeof messages)["form"];
