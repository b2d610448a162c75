/**
 * A number for people, with separated thousands: `1,234.5`.
 *
 * @param digits behind the point, always so many. @default up to three, without zeros at the end
 */
export const figure = (value: number, digits?: number): string =>
  value.toLocaleString("en-US", {
    ...(digits !== undefined && { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  });
