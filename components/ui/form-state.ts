/** What a form knows after its action answered. Plain data: it travels to the browser. */
export type FormState = {
  status: "idle" | "refused" | "done";
  /** The sentence that stays on the page. */
  message?: string;
  code?: string;
  /** Field name → sentence. */
  fields?: Record<string, string>;
  /** What was sent, so that a page without scripts shows it again; never a password. */
  values?: Record<string, string>;
};

export const idle: FormState = { status: "idle" };

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;
