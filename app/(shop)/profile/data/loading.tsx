import { SubPageSkeleton } from "../sub-page-skeleton";

export default function Loading() {
  return <SubPageSkeleton />;
}
