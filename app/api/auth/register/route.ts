export { register as POST } from "./handler";
