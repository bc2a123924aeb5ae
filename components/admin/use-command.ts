import { toast } from "../ui/toast";
import type { FormAction } from "../ui/form-state";
import { useFormAction } from "../ui/use-form-action";

/** A command of staff whose form may be gone with the state that it changed: what was done is said in the corner, and the focus goes to the page's heading. */
export const useCommand = (action: FormAction) =>
  useFormAction(async (before, data) => {
    const answer = await action(before, data);
    if (answer.status === "done") {
      if (answer.message) toast(answer.message);
      document.querySelector<HTMLElement>("main h1")?.focus();
    }
    return answer;
  });
