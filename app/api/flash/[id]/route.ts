export { watch as GET } from "./handler";
