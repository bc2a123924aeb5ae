import type { Role } from "@/db/schema/people";

type Who = { id: number; role: Role };

/** Staff look after shoppers; colleagues are the owner's business. Everybody sees themselves. */
export const mayOpenAccount = (staff: Who, person: Who): boolean => person.role === "shopper" || staff.role === "owner" || staff.id === person.id;

/** Nobody freezes or signs out themselves here. */
export const mayManageAccount = (staff: Who, person: Who): boolean => staff.id !== person.id && staff.role !== "shopper" && (person.role === "shopper" || staff.role === "owner");

/** An owner's own role is changed by another owner, so that no shop is left without one by a slip. */
export const mayChangeRole = (staff: Who, person: Who): boolean => staff.role === "owner" && staff.id !== person.id;
