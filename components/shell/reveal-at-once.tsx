/**
 * React keeps what a stream brings for a skeleton back until 300 ms after the last paint, so that many pieces do not flicker in one by one
 * (react/react#33076). A page here is one piece and mostly comes with its skeleton: the wait would be all that a visitor sees. React's own
 * script takes the time of the last paint from `$RT` and, where that holds no time, shows the piece with the next frame.
 */
const REVEAL_AT_ONCE = 'Object.defineProperty(self,"$RT",{get(){}})';

/** A browser does not tell a page its nonce, so what React finds there is never what it wrote. */
export const RevealAtOnce = ({ nonce }: { nonce: string | undefined }) => <script nonce={nonce} suppressHydrationWarning>{REVEAL_AT_ONCE}</script>;
