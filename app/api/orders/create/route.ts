export { create as POST } from "./handler";
