/** What a file came to. Plain data: it travels to the browser, every sentence ready. */
export type BatchState =
  | { step: "idle" }
  | { step: "refused"; message?: string; fields?: Readonly<Record<string, string>> }
  | {
      step: "checked";
      figures: { label: string; value: string; isBad: boolean }[];
      /** What comes of it: nothing yet, at once, or after a second person. */
      verdict: string;
      tone: "warning" | "info" | "success";
      problems: { line: number; who: string; problem: string }[];
      moreProblems: string | null;
      sample: { line: number; who: string; points: string; expires: string; note: string }[];
      known: { href: string; label: string } | null;
      /** Null while it cannot be submitted. */
      submit: string | null;
    };

export const NOTHING_CHECKED: BatchState = { step: "idle" };
