import type { Role } from "@/db/schema/people";

type Who = { id: number; role: Role };

/** Staff look after shoppers; colleagues are the owner's business. Everybody sees themselves. */
export const mayOpenAccount = (staff: Who, person: Who): boolean => person.role === "shopper" || staff.role === "owner" || staff.id === person.id;

/** Nobody freezes or signs out themselves here. */
export const mayManageAccount = (staff: Who, person: Who): boolean => staff.id !== person.id && staff.role !== "shopper" && (person.role === "shopper" || staff.role === "owner");

/** Roles are the owner's business, their own too; the last owner cannot step down. */
export const mayChangeRole = (staff: Pick<Who, "role">): boolean => staff.role === "owner";
