/** Of a second factor that is only begun there are no recovery codes yet: in their place stands which session began it. */
export const heldBy = (session: Buffer): string[] => [session.toString("hex")];

/** Whether an unconfirmed one was begun by this session. */
export const isHeldBy = ({ recoveryDigests }: { recoveryDigests: readonly string[] }, session: Buffer): boolean => recoveryDigests[0] === session.toString("hex");
