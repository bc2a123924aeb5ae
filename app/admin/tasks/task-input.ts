import { formFields } from "@/app/outcome";
import { endOfDay, parseDay, startOfDay, type Day } from "@/lib/day";

/** The form's flat fields as the input of the command. An empty field is nothing; days become the instants at which they begin and end. */
export function taskFrom(form: FormData, timeZone: string): Record<string, unknown> {
  const { taskId, eventName, windowDays, afterTaskId, rewardPerk, rewardPerkQuantity, startsAt, endsAt, rollsBack, ...fields } = formFields(form);
  return {
    ...fields,
    id: taskId || undefined,
    eventName: eventName || null,
    windowDays: windowDays || null,
    afterTaskId: afterTaskId || null,
    rewardPerk: rewardPerk || null,
    rewardPerkQuantity: rewardPerk ? rewardPerkQuantity : 0,
    rollsBack: rollsBack !== undefined,
    startsAt: instantOf(startsAt, (day) => startOfDay(day, timeZone)),
    endsAt: instantOf(endsAt, (day) => endOfDay(day, timeZone)),
  };
}

/** What is no day is passed on as it is: the schema says so at its field. */
function instantOf(text: string | undefined, at: (day: Day) => Date): Date | string | null {
  if (!text) return null;
  try {
    return at(parseDay(text));
  } catch {
    return "no day";
  }
}
