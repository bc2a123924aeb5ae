import { defineList, oneOf, searchRows, sortRows, type ListState } from "@/lib/list-address";
import type { PickupPoint } from "@/lib/orders/pickup-points/queries";

export const POINT_STATUSES = ["on", "off"] as const;

/** `usual` is the order in which buyers see them. */
export const POINTS = defineList({
  key: "pickup-points", path: "/admin/pickup-points", filters: { status: oneOf(POINT_STATUSES) },
  columns: ["name", "address", "hours", "phone", "status"],
  sorts: ["usual", "name"], sort: "usual",
});

export const pointStatus = ({ isActive }: Pick<PickupPoint, "isActive">): (typeof POINT_STATUSES)[number] => (isActive ? "on" : "off");

/** The points that are asked for, in the order that is asked for. */
export const pointsIn = (points: readonly PickupPoint[], { q, filters, sort }: Pick<ListState<typeof POINTS>, "q" | "filters" | "sort">): PickupPoint[] =>
  sortRows(
    searchRows(points, q, ({ name, nameEn, address, addressEn, phone }) => [name, nameEn, address, addressEn, phone]).filter((point) => (filters.status ?? pointStatus(point)) === pointStatus(point)),
    sort, { usual: () => 0, name: ({ name }) => name },
  );
