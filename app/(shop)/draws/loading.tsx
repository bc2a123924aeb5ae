import { getTranslations } from "next-intl/server";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")}>
      <Skeleton className="mb-1 h-7.5 w-32" />
      <Skeleton className="mb-5 h-6 w-72 max-w-full" />
      <div className="grid gap-3 md:grid-cols-2">{[0, 1].map((index) => <Skeleton key={index} className="h-20 rounded-hero" />)}</div>
    </LoadingRegion>
  );
}
