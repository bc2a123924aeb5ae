import { getTranslations } from "next-intl/server";
import { Card } from "@/components/ui/card";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")}>
      <Skeleton className="mb-2 h-8 w-40" />
      <Skeleton className="mb-5 h-5 w-64" />
      <Card className="mx-auto grid max-w-md gap-3"><Skeleton className="h-5 w-20" /><Skeleton className="h-16" /><Skeleton className="h-12 rounded-full" /></Card>
    </LoadingRegion>
  );
}
