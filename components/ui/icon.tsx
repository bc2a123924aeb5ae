import { IconShape, SIGNS, type IconLook } from "./icon-shape";

const paths = {
  ...SIGNS,
  home: "m4 11 8-7 8 7v9h-5v-6H9v6H4z",
  bag: "M5 8h14l1 12H4zM9 10V8a3 3 0 0 1 6 0v2",
  cart: "M3 4h2.5l2 11h10.5l2-8H6.3M8.5 19.2a1.3 1.3 0 1 0 2.6 0 1.3 1.3 0 1 0-2.6 0M15.5 19.2a1.3 1.3 0 1 0 2.6 0 1.3 1.3 0 1 0-2.6 0",
  "calendar-check": "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M9 15l2 2 4-4",
  wallet: "M4 7.5h15a1 1 0 0 1 1 1V19H5a1 1 0 0 1-1-1zM4 7.5 15 4v3.5M15.5 13.5h1",
  user: "M8 8a4 4 0 1 0 8 0 4 4 0 1 0-8 0M4 20c1-4 4-6 8-6s7 2 8 6",
  users: "M5.5 8.5a3.5 3.5 0 1 0 7 0 3.5 3.5 0 1 0-7 0M2.5 19.5c.6-3.6 3-5.5 6.5-5.5s5.9 1.9 6.5 5.5M15.5 5.4a3.5 3.5 0 0 1 0 6.2M18 14.6c2 .8 3.1 2.5 3.5 4.9",
  receipt: "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6",
  search: "M4.5 10.5a6 6 0 1 0 12 0 6 6 0 1 0-12 0M15 15l5 5",
  "chevron-right": "m9 5 7 7-7 7",
  "chevron-left": "m15 5-7 7 7 7",
  "chevron-down": "m5 9 7 7 7-7",
  x: "M6 6l12 12M18 6 6 18",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  truck: "M2 6h12v11H2zM14 10h4l4 4v3h-8zM5 18.5a2 2 0 1 0 4 0 2 2 0 1 0-4 0M15.5 18.5a2 2 0 1 0 4 0 2 2 0 1 0-4 0",
  box: "M4 8l8-4 8 4v9l-8 4-8-4zM4 8l8 4 8-4M12 12v9",
  ticket: "M3 6h18v4a2 2 0 0 0 0 4v4H3v-4a2 2 0 0 0 0-4zM14 6v12",
  lock: "M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11",
  sun: "M8 12a4 4 0 1 0 8 0 4 4 0 1 0-8 0M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z",
  monitor: "M3 4h18v12H3zM9 20h6M12 16v4",
  globe: "M3.5 12a8.5 8.5 0 1 0 17 0 8.5 8.5 0 1 0-17 0M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17",
  coin: "M3.5 12a8.5 8.5 0 1 0 17 0 8.5 8.5 0 1 0-17 0M12 8.5l3.5 3.5-3.5 3.5L8.5 12z",
  "sign-out": "M14 4H5v16h9M10 12h11M17.5 8.5 21 12l-3.5 3.5",
  gift: "M4 12h16v8H4zM3 8h18v4H3zM12 8v12M12 8c-5 0-5-4.5-2.5-4.5C11.5 3.5 12 6 12 8c0-2 .5-4.5 2.5-4.5S17 8 12 8",
  chart: "M4 20V4M4 20h16M8.5 16v-4M13 16V8M17.5 16v-6",
  menu: "M4 7h16M4 12h16M4 17h16",
  refresh: "M20 12a8 8 0 1 1-2.5-5.8M20 3v4h-4",
  edit: "M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5 17.5 10",
  trophy: "M8 4h8v6a4 4 0 0 1-8 0zM8 6H4.5c0 3 1 5 4 5M16 6h3.5c0 3-1 5-4 5M12 14v4M8.5 20h7",
  shield: "M12 3 5 6v6c0 4.5 3 7.5 7 9 4-1.5 7-4.5 7-9V6z",
  star: "m12 3.6 2.6 5.3 5.9.9-4.3 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8-4.3-4.1 5.9-.9z",
  mail: "M3.5 6h17v12h-17zM4 6.5l8 6.5 8-6.5",
  pin: "M12 21c-4.5-5-6.5-8.2-6.5-11a6.5 6.5 0 0 1 13 0c0 2.8-2 6-6.5 11ZM9.8 10a2.2 2.2 0 1 0 4.4 0 2.2 2.2 0 1 0-4.4 0",
  phone: "M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A15 15 0 0 1 4 5a1 1 0 0 1 1-1Z",
  scan: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16",
  download: "M12 4v11M7 10.5l5 5 5-5M4.5 20h15",
  bell: "M6 10a6 6 0 0 1 12 0v4l2 3H4l2-3zM10 20a2.2 2.2 0 0 0 4 0",
  bolt: "M13.5 2.5 5 13.5h6l-1 8 8.5-11h-6z",
  flame: "M12 2c1 4 6 6 6 12a6 6 0 0 1-12 0c0-2 1-4 2-5 0 2 1 3 2 3 0-4 0-7 2-10Z",
} as const;

export type IconName = keyof typeof paths;

/** Always decoration: the words beside it carry the meaning. */
export function Icon({ name, ...look }: IconLook & { name: IconName }) {
  return <IconShape path={paths[name]} {...look} />;
}
