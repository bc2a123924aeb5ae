import { getTranslations } from "next-intl/server";
import { IndexSkeleton } from "../skeletons";
import { LoadingRegion } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return <LoadingRegion label={t("loading")}><IndexSkeleton rows={4} /></LoadingRegion>;
}
