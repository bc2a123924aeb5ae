/** Why a person should look at a referral before it is rewarded. An address alone is never a reason: families share one. */
export const REFERRAL_FLAGS = ["same_device", "ring", "similar_email"] as const;
export type ReferralFlag = (typeof REFERRAL_FLAGS)[number];

export type ReferralFacts = {
  friendId: number;
  inviterId: number;
  friendEmail: string;
  /** The inviter's own address, and those of the friends they brought before. */
  otherEmails: readonly string[];
  /** Others who were signed in on the friend's device. */
  devicePeople: readonly number[];
  /** Who brought the inviter, who brought them, and so on. */
  line: readonly number[];
};

export function flagsOf({ friendId, inviterId, friendEmail, otherEmails, devicePeople, line }: ReferralFacts): ReferralFlag[] {
  const isSameDevice = devicePeople.some((id) => id !== friendId);
  const isRing = line.some((id) => id === friendId || (devicePeople.includes(id) && id !== inviterId));
  const isSimilar = otherEmails.some((email) => mailboxOf(email) === mailboxOf(friendEmail));
  return [...(isSameDevice ? ["same_device" as const] : []), ...(isRing ? ["ring" as const] : []), ...(isSimilar ? ["similar_email" as const] : [])];
}

/** The mailbox that an address reaches at most providers: what follows a plus sign, dots and capitals make no other one. */
export function mailboxOf(email: string): string {
  const at = email.lastIndexOf("@");
  const name = email.slice(0, at).split("+")[0]!.replaceAll(".", "");
  return `${name}${email.slice(at)}`.toLowerCase();
}

/** `林***`: enough for the inviter to know whom they invited. */
export const maskName = (name: string): string => `${[...name][0] ?? ""}***`;
