import { figure } from "../../model/figure";

/** `4,772.31` */
export const cents = (usd: number): string => figure(usd, 2);

/** `4,772` */
export const whole = (usd: number): string => figure(usd, 0);

/** Whole dollars, and cents of less than a hundred. */
export const rounded = (usd: number): string => (Math.abs(usd) >= 100 ? whole(usd) : cents(usd));

/** `+2,165`, `−12.50` */
export const signed = (usd: number, shown: (usd: number) => string): string =>
  `${usd < 0 ? "−" : "+"}${shown(Math.abs(usd))}`;
