export { login as POST } from "./handler";
