import { IndexSkeleton } from "../skeletons";

export default function Loading() {
  return <IndexSkeleton rows={6} />;
}
