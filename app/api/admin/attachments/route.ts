import { getLocale } from "next-intl/server";
import { uploadAttachment } from "./handler";
import { currentShopper } from "@/lib/auth";

export const maxDuration = 60;

export async function POST(request: Request): Promise<Response> {
  const [person, locale] = await Promise.all([currentShopper(), getLocale()]);
  return uploadAttachment(request, { person, locale });
}
