import type { TokenPurpose } from "@/db/schema/people";

/** How long a link in mail works. Who forgot a password is waiting for it; the others may be opened the next day. */
export const LINK_MINUTES = { verify_email: 24 * 60, change_email: 24 * 60, reset_password: 30 } as const satisfies Record<TokenPurpose, number>;

const PAGES = { verify_email: "/verify-email", change_email: "/confirm-email", reset_password: "/reset-password" } as const satisfies Record<TokenPurpose, string>;

/** How long an invitation to work in the shop can be accepted. */
export const INVITATION_DAYS = 7;
export const invitationPath = (token: string): string => `/invitation?token=${token}`;

/** Longer ways on are left out: whoever asks for mail to a stranger shall not fill it. */
const NEXT_MAX = 300;

/** Where a link leads, and where the person was going when they asked for it. */
export function linkPath(purpose: TokenPurpose, token: string, next = ""): string {
  const query = new URLSearchParams({ token, ...(next && next.length <= NEXT_MAX ? { next } : {}) });
  return `${PAGES[purpose]}?${query.toString()}`;
}
