import "server-only";

import { getMessages } from "next-intl/server";
import type messages from "@/messages/zh-CN/adminFulfilment.json";

export type PointWords = (typeof messages)["points"]["form"];

export async function readPointWords(): Promise<PointWords> {
  return (await getMessages()).adminFulfilment.points.form;
}
