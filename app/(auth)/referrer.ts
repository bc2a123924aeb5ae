/**
 * Pages whose address carries a link's token tell it to no other site. Not "no-referrer": a form of such a page is sent with
 * the origin "null", and Next refuses it to whoever reads without scripts.
 */
export const TO_OURSELVES = "same-origin";
