import { ORDER_VIEWS, type OrderView } from "@/lib/orders/fulfilment-queries";

export const ORDERS_PER_PAGE = 10;

export const readView = (text: string): OrderView | undefined => ORDER_VIEWS.find((view) => view === text);
