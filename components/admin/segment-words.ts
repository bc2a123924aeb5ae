import type messages from "@/messages/zh-CN/adminSegments.json";

/** The words of the segment form: a server component picks them for the browser. */
export type SegmentWords = (typeof messages)["form"];

/** What the form says so far: who that is, and how many they are now. */
export type SegmentPreview = { sentence: string | null; count: string };

/** What a segment can ask by a number. The schema's own list would bring its library into the browser. */
export const SEGMENT_FIELDS = [
  "joinedWithinDays", "joinedBeforeDays", "ordersMin", "ordersMax", "paidOrdersMin", "orderedWithinDays", "noOrderForDays", "checkedInWithinDays", "noCheckInForDays", "pointsMin", "pointsExpiringWithinDays",
] as const;
/** What a segment can ask by a choice among several. */
export const SEGMENT_CHOICES = ["levelIds", "rfmGroups"] as const;
export type SegmentChoice = (typeof SEGMENT_CHOICES)[number];

export type SegmentField = (typeof SEGMENT_FIELDS)[number];
