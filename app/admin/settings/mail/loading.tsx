import { getTranslations } from "next-intl/server";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")}>
      <Skeleton className="mb-5 h-8 w-28" />
      <Skeleton className="mb-4 h-11 w-full max-w-md" />
      <div className="grid max-w-4xl gap-4"><Skeleton className="h-40 rounded-card" /><Skeleton className="h-56 rounded-card" /></div>
    </LoadingRegion>
  );
}
