export { list as GET, add as POST } from "./handler";
