import type { Person } from "./accounts/queries";
import type { Actor, StaffId } from "./ctx";

export type Staff = Omit<Person, "id" | "role"> & { id: StaffId; role: "staff" | "owner" };

/** The gate that mints a staff id: null for a shopper. */
export const asStaff = (person: Person): Staff | null => (person.role === "shopper" ? null : (person as unknown as Staff));

export const shopperActor = (person: Pick<Person, "id">): Actor => ({ kind: "shopper", id: person.id });
export const staffActor = (staff: Staff): Actor => ({ kind: "staff", id: staff.id, role: staff.role });
