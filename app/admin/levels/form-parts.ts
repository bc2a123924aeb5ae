import "server-only";

import { getMessages } from "next-intl/server";
import type messages from "@/messages/zh-CN/adminLevels.json";

export type LevelWords = (typeof messages)["form"];

export async function readLevelWords(): Promise<LevelWords> {
  return (await getMessages()).adminLevels.form;
}
