import type { UserId } from "@/lib/ctx";

// No address or name that a person can have: an address of theirs has a dot in its host, and a name no number sign.

export const erasedEmail = (userId: UserId): string => `erased-${userId}@invalid`;
export const erasedName = (userId: UserId): string => `erased#${userId}`;

/** The hash of no password. */
export const NO_PASSWORD = "!";
