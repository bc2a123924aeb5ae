import { ORDER_STATUSES, type OrderStatus } from "@/db/schema/orders";

export const ORDERS_PER_PAGE = 10;

export const readStatus = (text: string): OrderStatus | undefined => ORDER_STATUSES.find((status) => status === text);
