import { FLASH_PHASES } from "@/lib/flash/sale";
import { defineList, oneOf } from "@/lib/list-address";

export const FLASH_SALES = defineList({
  key: "flash", path: "/admin/flash", filters: { phase: oneOf(FLASH_PHASES) },
  columns: ["name", "status", "window", "price", "sold", "left", "waiting"],
  sorts: [], sort: "",
});
