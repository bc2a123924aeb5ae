import type messages from "@/messages/zh-CN/adminRules.json";

type Messages = typeof messages;

/** The words of the rule editor: a server component picks them for the browser. */
export type RuleWords = Messages["form"] & { actions: Messages["actions"]; warningsTitle: string; noWarnings: string };
