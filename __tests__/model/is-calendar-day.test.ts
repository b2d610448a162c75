import { isCalendarDay } from "../../model/is-calendar-day";

describe("isCalendarDay", () => {
  it.each(["2027-01-31", "2028-02-29"])("takes %s", (text) => expect(isCalendarDay(text)).toBe(true));

  it.each(["2027-02-30", "2027-02-29", "2027-13-01", "2027-00-10", "2027-1-31", "2027-01", "soon", ""])(
    "refuses %p",
    (text) => expect(isCalendarDay(text)).toBe(false),
  );
});
