import { getTranslations } from "next-intl/server";
import { ListSkeleton } from "../skeletons";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default async function Loading() {
  const t = await getTranslations("common");
  return (
    <LoadingRegion label={t("loading")} className="mx-auto max-w-3xl">
      <Skeleton className="mb-7 h-11 w-40" />
      <Skeleton className="mb-2 h-5 w-16" />
      <ListSkeleton rows={6} />
    </LoadingRegion>
  );
}
