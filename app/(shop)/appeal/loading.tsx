import { getTranslations } from "next-intl/server";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")}>
      <div className="mx-auto grid max-w-3xl gap-4"><Skeleton className="h-9 w-28" /><Skeleton className="h-28 rounded-control" /><Skeleton className="h-80 rounded-hero" /></div>
    </LoadingRegion>
  );
}
