export { event as POST } from "./handler";
