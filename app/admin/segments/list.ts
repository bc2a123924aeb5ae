import type { StaffSegment } from "@/lib/segments/staff-queries";
import { defineList, oneOf } from "@/lib/list-address";

/** `usual` is the order that the list comes in. */
export const SEGMENTS = defineList({
  key: "segments", path: "/admin/segments", filters: { status: oneOf(["active", "inactive"]) },
  columns: ["name", "status", "members", "refreshed"],
  sorts: ["usual", "name", "members", "refreshed"], sort: "usual",
});

/** By what each column sorts. */
export const SEGMENT_SORTS = { usual: () => 0, name: ({ name }: StaffSegment) => name, members: ({ members }: StaffSegment) => members, refreshed: ({ refreshedAt }: StaffSegment) => refreshedAt };
