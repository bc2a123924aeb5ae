export { default } from "../checkout/loading";
