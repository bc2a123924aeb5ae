/** Never shown here: whoever may not see a page hears that there is none. It takes the place of Next's own, which every page would carry along. */
export { default } from "./not-found";
