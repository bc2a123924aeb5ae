export { personalized as GET } from "./handler";
