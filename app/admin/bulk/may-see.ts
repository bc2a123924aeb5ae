import { mayRun } from "@/lib/bulk/operation";
import type { BulkRun } from "@/lib/bulk/queries";
import type { Staff } from "@/lib/auth";

/** A run is for those who could ask for it now, whoever did. */
export const maySeeRun = (staff: Pick<Staff, "permissions">, run: Pick<BulkRun, "operation">): boolean => mayRun(staff.permissions, run.operation);
