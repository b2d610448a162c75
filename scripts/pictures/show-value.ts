/** Steps of a scale: from the factor on, the unit. */
const SCALES: Readonly<Record<string, readonly (readonly [from: number, unit: string])[]>> = {
  bps: [
    [1e9, " Gb/s"],
    [1e6, " Mb/s"],
    [1e3, " kb/s"],
    [1, " b/s"],
  ],
  Kbits: [
    [1e6, " Gb/s"],
    [1e3, " Mb/s"],
    [1, " kb/s"],
  ],
  decbytes: [
    [1e12, " TB"],
    [1e9, " GB"],
    [1e6, " MB"],
    [1e3, " kB"],
    [1, " B"],
  ],
};

/** A value in one of Grafana's units, as a panel shows it. @throws Error for a unit that no picture needed so far */
export function showValue(value: number, unit = "none", decimals?: number): string {
  const scale = SCALES[unit];
  if (scale) {
    const [factor, name] = scale.find(([from]) => Math.abs(value) >= from) ?? scale.at(-1)!;
    return rounded(value / factor, decimals) + name;
  }
  switch (unit) {
    case "none":
      return rounded(value, decimals);
    case "percentunit":
      return `${rounded(value * 100, decimals)} %`;
    case "ms":
      return `${rounded(value, decimals)} ms`;
    case "currencyUSD":
      return `$${rounded(value, decimals)}`;
    default:
      throw new Error(`the unit ${unit} has no form in pictures: add it to scripts/pictures/show-value.ts`);
  }
}

/** With so many decimals, or three digits in all. */
function rounded(value: number, decimals?: number): string {
  const own = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return String(Number(value.toFixed(decimals ?? own)));
}
