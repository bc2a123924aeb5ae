import type { Permission } from "./accounts/permission";
import type { Person, StaffStanding } from "./accounts/queries";
import type { Actor, StaffId } from "./ctx";
import { Refusal } from "./refusal";
import type { Policy } from "./settings/policy";

export type Staff = Omit<Person, "id" | "role" | "staff"> & { id: StaffId; role: "staff" | "owner" } & StaffStanding;

/** The gate that mints a staff id: null for a shopper. */
export const asStaff = ({ staff, ...person }: Person): Staff | null => (staff ? ({ ...person, ...staff } as Staff) : null);

export const shopperActor = (person: Pick<Person, "id">): Actor => ({ kind: "shopper", id: person.id });
export const staffActor = ({ id, role, permissions }: Pick<Staff, "id" | "role" | "permissions">): Actor => ({ kind: "staff", id, role, permissions });

/**
 * What a session lacks before it may do anything of staff's: the code of a second factor that its owner has, or, where the shop asks
 * all staff for one, the second factor itself.
 */
export function secondFactorLack(staff: Pick<Staff, "hasSecondFactor" | "secondFactorAt">, policy: Pick<Policy, "secondFactor">): "code" | "enrolment" | null {
  if (staff.hasSecondFactor) return staff.secondFactorAt === null ? "code" : null;
  return policy.secondFactor === "required" ? "enrolment" : null;
}

/** The gate of everything but pages: who may do this; null is for what every member of staff may. Refuses `not_signed_in`, `forbidden`, `second_factor_needed`. */
export function staffWithPermission(person: Person | null, permission: Permission | null, policy: Pick<Policy, "secondFactor">): Staff {
  if (!person) throw new Refusal("not_signed_in");
  const staff = asStaff(person);
  if (!staff || (permission !== null && !staff.permissions.has(permission))) throw new Refusal("forbidden");
  if (secondFactorLack(staff, policy) !== null) throw new Refusal("second_factor_needed");
  return staff;
}

export const isAllowed = (actor: Actor, permission: Permission): boolean => actor.kind === "staff" && actor.permissions.has(permission);

/** For commands that more than one gate leads to. Refuses `forbidden`. */
export function refuseUnlessAllowed(actor: Actor, permission: Permission): void {
  if (!isAllowed(actor, permission)) throw new Refusal("forbidden");
}
