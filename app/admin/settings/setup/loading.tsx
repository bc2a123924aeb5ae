export { default } from "../[section]/loading";
