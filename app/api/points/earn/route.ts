export { earn as POST } from "./handler";
