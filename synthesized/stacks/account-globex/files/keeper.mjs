// keeper/main.ts
import { readFileSync } from "node:fs";

// keeper/log.ts
function jsonLog(write, pool) {
  return (severity, event, fields = {}) => {
    const line = {
      severity,
      time: (/* @__PURE__ */ new Date()).toISOString(),
      ...pool !== void 0 && { pool },
      event,
      ...fields
    };
    write(`${JSON.stringify(line)}
`);
  };
}

// node_modules/croner/dist/croner.js
function g(s3, e, t, n = 0, r = 0, a = 0, i = 0) {
  let o = s3 >= 0 && s3 < 100, u = Date.UTC(o ? s3 + 400 : s3, e, t, n, r, a, i);
  return o ? u - 126227808e5 : u;
}
function D(s3) {
  return g(s3.y, s3.m - 1, s3.d, s3.h, s3.i, s3.s);
}
function w(s3, e) {
  return s3.y === e.y && s3.m === e.m && s3.d === e.d && s3.h === e.h && s3.i === e.i && s3.s === e.s;
}
function O(s3) {
  let e = s3.substring(9);
  return e.includes("Z") || e.includes("+") || e.includes("-");
}
function Z(s3, e) {
  let t = new Date(Date.parse(s3));
  if (isNaN(t)) throw new Error("Invalid ISO8601 passed to timezone parser.");
  return O(s3) ? { tp: T(t.getUTCFullYear(), t.getUTCMonth() + 1, t.getUTCDate(), t.getUTCHours(), t.getUTCMinutes(), t.getUTCSeconds(), "Etc/UTC"), ms: t.getUTCMilliseconds() } : { tp: T(t.getFullYear(), t.getMonth() + 1, t.getDate(), t.getHours(), t.getMinutes(), t.getSeconds(), e), ms: t.getMilliseconds() };
}
function v(s3, e, t) {
  let { tp: n, ms: r } = Z(s3, e);
  return new Date(N(n, t).getTime() + r);
}
function N(s3, e) {
  let t = _(s3);
  if (t.kind === "single") return t.date;
  if (t.kind === "ambiguous") return t.earlier;
  if (e) throw new Error("Invalid date passed to fromTZ()");
  return t.after;
}
function _(s3) {
  let e = D(s3), t = (i) => R(new Date(i), s3.tz), n = e - t(e), r = y(new Date(n), s3.tz);
  if (w(r, s3)) {
    let i = D(r) - n, o = n - (t(n - E) - i);
    if (o < n && w(y(new Date(o), s3.tz), s3)) return { kind: "ambiguous", earlier: new Date(o), later: new Date(n) };
    let u = n + (i - t(n + E));
    return u > n && w(y(new Date(u), s3.tz), s3) ? { kind: "ambiguous", earlier: new Date(n), later: new Date(u) } : { kind: "single", date: new Date(n) };
  }
  let a = e - (D(r) - n);
  return w(y(new Date(a), s3.tz), s3) ? { kind: "single", date: new Date(a) } : { kind: "gap", before: new Date(Math.min(n, a)), after: new Date(Math.max(n, a)) };
}
var E = 3 * 36e5;
function R(s3, e) {
  return D(y(s3, e)) - (s3.getTime() - s3.getUTCMilliseconds());
}
function k(s3, e, t) {
  let n = R(new Date(s3), t);
  for (; e - s3 > 1e3; ) {
    let r = s3 + Math.floor((e - s3) / 2e3) * 1e3;
    R(new Date(r), t) === n ? s3 = r : e = r;
  }
  return e;
}
function U(s3, e) {
  let t = _(y(new Date(s3), e));
  if (t.kind === "ambiguous") return s3 < t.later.getTime() ? "earlier" : "later";
}
var H = g(1, 0, 1);
var S = 864e5;
var W = /* @__PURE__ */ new Map();
function y(s3, e) {
  if (e === void 0) return T(s3.getFullYear(), s3.getMonth() + 1, s3.getDate(), s3.getHours(), s3.getMinutes(), s3.getSeconds());
  let t = W.get(e), n;
  try {
    t || (t = new Intl.DateTimeFormat("en-US", { timeZone: e, year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric", hour12: false }), W.set(e, t)), n = t.formatToParts(s3);
  } catch (i) {
    let o = i instanceof Error ? i.message : String(i);
    throw new RangeError(`toTZ: Invalid timezone '${e}' or date. Please provide a valid IANA timezone (e.g., 'America/New_York', 'Europe/Stockholm'). Original error: ${o}`);
  }
  let r = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (let i of n) (i.type === "year" || i.type === "month" || i.type === "day" || i.type === "hour" || i.type === "minute" || i.type === "second") && (r[i.type] = parseInt(i.value, 10));
  if (isNaN(r.year) || isNaN(r.month) || isNaN(r.day) || isNaN(r.hour) || isNaN(r.minute) || isNaN(r.second)) throw new Error(`toTZ: Failed to parse all date components from timezone '${e}'. This may indicate an invalid date or timezone configuration. Parsed components: ${JSON.stringify(r)}`);
  let a = s3.getTime() - H;
  return (a < -S || a < S && r.month === 12) && (r.year = 1 - r.year), r.hour === 24 && (r.hour = 0), { y: r.year, m: r.month, d: r.day, h: r.hour, i: r.minute, s: r.second, tz: e };
}
function T(s3, e, t, n, r, a, i) {
  return { y: s3, m: e, d: t, h: n, i: r, s: a, tz: i };
}
var x = [1, 2, 4, 8, 16];
var C = class s {
  pattern;
  timezone;
  mode;
  alternativeWeekdays;
  sloppyRanges;
  fixedTimeRule;
  second;
  minute;
  hour;
  day;
  month;
  dayOfWeek;
  year;
  lastDayOfMonth;
  lastWeekday;
  nearestWeekdays;
  starDOM;
  starDOW;
  starYear;
  useAndLogic;
  isFixedTime;
  constructor(e, t, n) {
    this.pattern = e, this.timezone = t, this.mode = n?.mode ?? "auto", this.alternativeWeekdays = n?.alternativeWeekdays ?? false, this.sloppyRanges = n?.sloppyRanges ?? false, this.fixedTimeRule = n?.fixedTimeRule ?? "single-value", this.second = Array(60).fill(0), this.minute = Array(60).fill(0), this.hour = Array(24).fill(0), this.day = Array(31).fill(0), this.month = Array(12).fill(0), this.dayOfWeek = Array(7).fill(0), this.year = [], this.lastDayOfMonth = false, this.lastWeekday = false, this.nearestWeekdays = Array(31).fill(0), this.starDOM = false, this.starDOW = false, this.starYear = false, this.useAndLogic = false, this.isFixedTime = false, this.parse();
  }
  parse() {
    if (!(typeof this.pattern == "string" || this.pattern instanceof String)) throw new TypeError("CronPattern: Pattern has to be of type string.");
    this.pattern.indexOf("@") >= 0 && (this.pattern = this.handleNicknames(this.pattern).trim());
    let e = this.pattern.match(/\S+/g) || [""], t = e.length;
    if (e.length < 5 || e.length > 7) throw new TypeError("CronPattern: invalid configuration format ('" + this.pattern + "'), exactly five, six, or seven space separated parts are required.");
    if (this.mode !== "auto") {
      let i;
      switch (this.mode) {
        case "5-part":
          i = 5;
          break;
        case "6-part":
          i = 6;
          break;
        case "7-part":
          i = 7;
          break;
        case "5-or-6-parts":
          i = [5, 6];
          break;
        case "6-or-7-parts":
          i = [6, 7];
          break;
        default:
          i = 0;
      }
      if (!(Array.isArray(i) ? i.includes(t) : t === i)) {
        let u = Array.isArray(i) ? i.join(" or ") : i.toString();
        throw new TypeError(`CronPattern: mode '${this.mode}' requires exactly ${u} parts, but pattern '${this.pattern}' has ${t} parts.`);
      }
    }
    if (e.length === 5 && e.unshift("0"), e.length === 6 && e.push("*"), this.pattern.indexOf("?") >= 0) for (let i = 0; i < e.length; i++) e[i] = e[i].replace(/\?/g, "*");
    if (e[3].toUpperCase() === "LW") this.lastWeekday = true, e[3] = "";
    else if (e[3].toUpperCase().indexOf("L") >= 0) {
      let i = e[3].split(",");
      if (i.length > 1 && i.some((o) => o.toUpperCase() === "LW")) throw new TypeError(`CronPattern: Syntax error, LW can not be in a list in day-of-month ('${e[3]}').`);
      if (i.some((o) => o === "" || o.toUpperCase() !== "L" && /l/i.test(o))) throw new TypeError("CronPattern: Syntax error, L has to be a value of its own in day-of-month ('" + e[3] + "').");
      e[3] = i.filter((o) => o.toUpperCase() !== "L").join(","), this.lastDayOfMonth = true;
    }
    if (e[3] == "*" && (this.starDOM = true), e[6] == "*" && (this.starYear = true), e[4].length >= 3 && (e[4] = this.replaceAlpha(e[4], s.MONTH_NAMES)), e[5].length >= 3 && (e[5] = this.alternativeWeekdays ? this.replaceAlpha(e[5], s.DAY_NAMES_QUARTZ) : this.replaceAlpha(e[5], s.DAY_NAMES)), e[5].startsWith("+") && (this.useAndLogic = true, e[5] = e[5].substring(1), e[5] === "")) throw new TypeError("CronPattern: Day-of-week field cannot be empty after '+' modifier.");
    switch (e[5] == "*" && (this.starDOW = true), this.mode) {
      case "5-part":
        e[0] = "0", e[6] = "*";
        break;
      case "6-part":
        e[6] = "*";
        break;
      case "5-or-6-parts":
        e[6] = "*";
        break;
      case "6-or-7-parts":
        break;
      case "7-part":
      case "auto":
        break;
    }
    this.throwAtIllegalCharacters(e), this.partToArray("second", e[0], 0, 1), this.partToArray("minute", e[1], 0, 1), this.partToArray("hour", e[2], 0, 1), this.partToArray("day", e[3], -1, 1), this.partToArray("month", e[4], -1, 1);
    let n = this.alternativeWeekdays ? -1 : 0;
    this.partToArray("dayOfWeek", e[5], n, 63), e[6] === "*" ? this.year = Array(1e4).fill(1) : (this.year = Array(1e4).fill(0), this.partToArray("year", e[6], 0, 1)), !this.alternativeWeekdays && this.dayOfWeek[7] && (this.dayOfWeek[0] = this.dayOfWeek[7]);
    let r = this.fixedTimeRule === "single-value", a = (i, o) => !i.includes("*") && !i.includes("/") && (!r || o.filter((u) => u).length === 1);
    this.isFixedTime = a(e[0], this.second) && a(e[1], this.minute) && a(e[2], this.hour);
  }
  partToArray(e, t, n, r) {
    let a = this[e];
    if (t === "" && !(e === "day" && (this.lastDayOfMonth || this.lastWeekday))) throw new TypeError("CronPattern: configuration entry " + e + " (" + t + ") is empty, check for trailing spaces.");
    if (t === "*") return a.fill(r);
    let i = t.split(",");
    if (i.length > 1) for (let o of i) this.partToArray(e, o, n, r);
    else t.includes("-") && t.includes("/") ? this.handleRangeWithStepping(t, e, n, r) : t.includes("-") ? this.handleRange(t, e, n, r) : t.includes("/") ? this.handleStepping(t, e, n, r) : t !== "" && this.handleNumber(t, e, n, r);
  }
  throwAtIllegalCharacters(e) {
    for (let t = 0; t < e.length; t++) if ((t === 3 ? /[^/*0-9,\-WwLl]+/ : t === 5 ? /[^/*0-9,\-#Ll]+/ : /[^/*0-9,\-]+/).test(e[t])) throw new TypeError("CronPattern: configuration entry " + t + " (" + e[t] + ") contains illegal characters.");
  }
  handleNumber(e, t, n, r) {
    let a = this.extractNth(e, t), i = e.toUpperCase().includes("W");
    if (t !== "day" && i) throw new TypeError("CronPattern: Nearest weekday modifier (W) only allowed in day-of-month.");
    i && (t = "nearestWeekdays");
    let o = i ? a[0].replace(/W$/i, "") : a[0], u = s.toNumber(o) + n;
    if (isNaN(u)) throw new TypeError("CronPattern: " + t + " is not a number: '" + e + "'");
    this.setPart(t, u, a[1] || r);
  }
  setPart(e, t, n) {
    if (!Object.prototype.hasOwnProperty.call(this, e)) throw new TypeError("CronPattern: Invalid part specified: " + e);
    if (e === "dayOfWeek") {
      if (t === 7 && (t = 0), t < 0 || t > 6) throw new RangeError("CronPattern: Invalid value for dayOfWeek: " + t);
      this.setNthWeekdayOfMonth(t, n);
      return;
    }
    if (e === "second" || e === "minute") {
      if (t < 0 || t >= 60) throw new RangeError("CronPattern: Invalid value for " + e + ": " + t);
    } else if (e === "hour") {
      if (t < 0 || t >= 24) throw new RangeError("CronPattern: Invalid value for " + e + ": " + t);
    } else if (e === "day" || e === "nearestWeekdays") {
      if (t < 0 || t >= 31) throw new RangeError("CronPattern: Invalid value for " + e + ": " + t);
    } else if (e === "month") {
      if (t < 0 || t >= 12) throw new RangeError("CronPattern: Invalid value for " + e + ": " + t);
    } else if (e === "year" && (t < 1 || t >= 1e4)) throw new RangeError("CronPattern: Invalid value for " + e + ": " + t + " (supported range: 1-9999)");
    this[e][t] = n;
  }
  static toNumber(e) {
    return /^\d+$/.test(e) ? parseInt(e, 10) : NaN;
  }
  validateNotNaN(e, t) {
    if (isNaN(e)) throw new TypeError(t);
  }
  validateRange(e, t, n, r, a) {
    if (e > t) throw new TypeError("CronPattern: From value is larger than to value: '" + a + "'");
    if (n !== void 0) {
      if (n === 0) throw new TypeError("CronPattern: Syntax error, illegal stepping: 0");
      if (n > this[r].length) throw new TypeError("CronPattern: Syntax error, steps cannot be greater than maximum value of part (" + this[r].length + ")");
    }
  }
  handleRangeWithStepping(e, t, n, r) {
    if (e.toUpperCase().includes("W")) throw new TypeError("CronPattern: Syntax error, W is not allowed in ranges with stepping.");
    let a = this.extractNth(e, t), i = a[0].match(/^(\d+)-(\d+)\/(\d+)$/);
    if (i === null) throw new TypeError("CronPattern: Syntax error, illegal range with stepping: '" + e + "'");
    let [, o, u, l] = i, h = parseInt(o, 10) + n, m = parseInt(u, 10) + n, d = parseInt(l, 10);
    this.validateNotNaN(h, "CronPattern: Syntax error, illegal lower range (NaN)"), this.validateNotNaN(m, "CronPattern: Syntax error, illegal upper range (NaN)"), this.validateNotNaN(d, "CronPattern: Syntax error, illegal stepping: (NaN)"), this.validateRange(h, m, d, t, e);
    for (let p = h; p <= m; p += d) this.setPart(t, p, a[1] || r);
  }
  extractNth(e, t) {
    let n = e, r;
    if (n.includes("#")) {
      if (t !== "dayOfWeek") throw new Error("CronPattern: nth (#) only allowed in day-of-week field");
      let a = n.split("#");
      if (a.length !== 2 || a[1] === "") throw new TypeError("CronPattern: Syntax error, illegal nth weekday: '" + e + "'");
      n = a[0], r = a[1];
    } else if (n.toUpperCase().endsWith("L")) {
      if (t !== "dayOfWeek") throw new Error("CronPattern: L modifier only allowed in day-of-week field (use L alone for day-of-month)");
      r = "L", n = n.slice(0, -1);
    }
    return [n, r];
  }
  handleRange(e, t, n, r) {
    if (e.toUpperCase().includes("W")) throw new TypeError("CronPattern: Syntax error, W is not allowed in a range.");
    let a = this.extractNth(e, t), i = a[0].split("-");
    if (i.length !== 2) throw new TypeError("CronPattern: Syntax error, illegal range: '" + e + "'");
    let o = s.toNumber(i[0]) + n, u = s.toNumber(i[1]) + n;
    this.validateNotNaN(o, "CronPattern: Syntax error, illegal lower range (NaN)"), this.validateNotNaN(u, "CronPattern: Syntax error, illegal upper range (NaN)"), this.validateRange(o, u, void 0, t, e);
    for (let l = o; l <= u; l++) this.setPart(t, l, a[1] || r);
  }
  handleStepping(e, t, n, r) {
    if (e.toUpperCase().includes("W")) throw new TypeError("CronPattern: Syntax error, W is not allowed in parts with stepping.");
    let a = this.extractNth(e, t), i = a[0].split("/");
    if (i.length !== 2) throw new TypeError("CronPattern: Syntax error, illegal stepping: '" + e + "'");
    if (this.sloppyRanges) i[0] === "" && (i[0] = "*");
    else {
      if (i[0] === "") throw new TypeError("CronPattern: Syntax error, stepping with missing prefix ('" + e + "') is not allowed. Use wildcard (*/step) or range (min-max/step) instead.");
      if (i[0] !== "*") throw new TypeError("CronPattern: Syntax error, stepping with numeric prefix ('" + e + "') is not allowed. Use wildcard (*/step) or range (min-max/step) instead.");
    }
    let o = 0;
    i[0] !== "*" && (o = s.toNumber(i[0]) + n, this.validateNotNaN(o, "CronPattern: Syntax error, illegal stepping start (NaN)"));
    let u = s.toNumber(i[1]);
    this.validateNotNaN(u, "CronPattern: Syntax error, illegal stepping: (NaN)"), this.validateRange(0, this[t].length - 1, u, t, e);
    for (let l = o; l < this[t].length; l += u) t === "year" && l === 0 || this.setPart(t, l, a[1] || r);
  }
  replaceAlpha(e, t) {
    let n = e;
    for (let [r, a] of Object.entries(t)) n = n.replace(new RegExp(r, "gi"), (i, o, u) => {
      let l = o + i.length - 3, h = u.charAt(l - 1), m = u.charAt(l + 3);
      if (/[a-z\d/#]/i.test(h) || /[a-km-z\d]/i.test(m)) throw new TypeError(`CronPattern: Syntax error, a month or day name has to stand alone ('${e}').`);
      return a;
    });
    return n;
  }
  static DAY_NAMES = { "-sun": "-7", sun: "0", mon: "1", tue: "2", wed: "3", thu: "4", fri: "5", sat: "6" };
  static DAY_NAMES_QUARTZ = { sun: "1", mon: "2", tue: "3", wed: "4", thu: "5", fri: "6", sat: "7" };
  static MONTH_NAMES = { jan: "1", feb: "2", mar: "3", apr: "4", may: "5", jun: "6", jul: "7", aug: "8", sep: "9", oct: "10", nov: "11", dec: "12" };
  static NICKNAME_MAP = { "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * SUN", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *" };
  handleNicknames(e) {
    let t = e.trim().toLowerCase();
    if (t === "@reboot") throw new TypeError("CronPattern: @reboot is not supported in this environment. This is an event-based trigger that requires system startup detection.");
    return s.NICKNAME_MAP[t] || e;
  }
  setNthWeekdayOfMonth(e, t) {
    if (typeof t != "number" && t.toUpperCase() === "L") this.dayOfWeek[e] = this.dayOfWeek[e] | 32;
    else if (t === 63) this.dayOfWeek[e] = 63;
    else if (t < 6 && t > 0) this.dayOfWeek[e] = this.dayOfWeek[e] | x[t - 1];
    else throw new TypeError(`CronPattern: nth weekday out of range, should be 1-5 or L. Value: ${t}, Type: ${typeof t}`);
  }
};
var B = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
var f = [["month", "year", 0], ["day", "month", -1], ["hour", "day", 0], ["minute", "hour", 0], ["second", "minute", 0]];
var c = class s2 {
  tz;
  instantMs;
  instantFields;
  ms;
  second;
  minute;
  hour;
  day;
  month;
  year;
  constructor(e, t) {
    if (this.tz = t, e && e instanceof Date) if (!isNaN(e)) this.fromDate(e);
    else throw new TypeError("CronDate: Invalid date passed to CronDate constructor");
    else if (e == null) this.fromDate(/* @__PURE__ */ new Date());
    else if (e && typeof e == "string") this.fromString(e);
    else if (e instanceof s2) this.fromCronDate(e);
    else throw new TypeError("CronDate: Invalid type (" + typeof e + ") passed to CronDate constructor");
  }
  getLastDayOfMonth(e, t) {
    return t !== 1 ? B[t] : new Date(g(e, t + 1, 0)).getUTCDate();
  }
  getLastWeekday(e, t) {
    let n = this.getLastDayOfMonth(e, t), a = new Date(g(e, t, n)).getUTCDay();
    return a === 0 ? n - 2 : a === 6 ? n - 1 : n;
  }
  getNearestWeekday(e, t, n) {
    let r = this.getLastDayOfMonth(e, t);
    if (n > r) return -1;
    let i = new Date(g(e, t, n)).getUTCDay();
    return i === 0 ? n === r ? n - 2 : n + 1 : i === 6 ? n === 1 ? n + 2 : n - 1 : n;
  }
  isNthWeekdayOfMonth(e, t, n, r) {
    let i = new Date(g(e, t, n)).getUTCDay(), o = 0;
    for (let u = 1; u <= n; u++) new Date(g(e, t, u)).getUTCDay() === i && o++;
    if (r & 63 && x[o - 1] & r) return true;
    if (r & 32) {
      let u = this.getLastDayOfMonth(e, t);
      for (let l = n + 1; l <= u; l++) if (new Date(g(e, t, l)).getUTCDay() === i) return false;
      return true;
    }
    return false;
  }
  fromDate(e) {
    if (this.tz !== void 0) if (typeof this.tz == "number") this.ms = e.getUTCMilliseconds(), this.second = e.getUTCSeconds(), this.minute = e.getUTCMinutes() + this.tz, this.hour = e.getUTCHours(), this.day = e.getUTCDate(), this.month = e.getUTCMonth(), this.year = e.getUTCFullYear(), this.apply();
    else try {
      let t = y(e, this.tz);
      this.ms = e.getMilliseconds(), this.second = t.s, this.minute = t.i, this.hour = t.h, this.day = t.d, this.month = t.m - 1, this.year = t.y, this.cacheInstant(e.getTime() - this.ms);
    } catch (t) {
      let n = t instanceof Error ? t.message : String(t);
      throw new TypeError(`CronDate: Failed to convert date to timezone '${this.tz}'. This may happen with invalid timezone names or dates. Original error: ${n}`);
    }
    else this.ms = e.getMilliseconds(), this.second = e.getSeconds(), this.minute = e.getMinutes(), this.hour = e.getHours(), this.day = e.getDate(), this.month = e.getMonth(), this.year = e.getFullYear(), this.cacheInstant(e.getTime() - this.ms);
  }
  cacheInstant(e) {
    this.instantMs = e;
    let { year: t, month: n, day: r, hour: a, minute: i, second: o } = this;
    this.instantFields = [t, n, r, a, i, o, this.tz];
  }
  cachedInstant() {
    let e = this.instantFields;
    if (!(e === void 0 || e[6] !== this.tz) && !(e[5] !== this.second || e[4] !== this.minute || e[3] !== this.hour) && !(e[2] !== this.day || e[1] !== this.month || e[0] !== this.year)) return this.instantMs;
  }
  fromCronDate(e) {
    this.tz = e.tz, this.year = e.year, this.month = e.month, this.day = e.day, this.hour = e.hour, this.minute = e.minute, this.second = e.second, this.ms = e.ms, this.instantMs = e.instantMs, this.instantFields = e.instantFields;
  }
  apply() {
    if (this.month > 11 || this.month < 0 || this.day > this.getLastDayOfMonth(this.year, this.month) || this.day < 1 || this.hour > 23 || this.minute > 59 || this.second > 59 || this.hour < 0 || this.minute < 0 || this.second < 0) {
      let e = /* @__PURE__ */ new Date(0);
      return e.setUTCFullYear(this.year, this.month, this.day), e.setUTCHours(this.hour, this.minute, this.second, this.ms), this.ms = e.getUTCMilliseconds(), this.second = e.getUTCSeconds(), this.minute = e.getUTCMinutes(), this.hour = e.getUTCHours(), this.day = e.getUTCDate(), this.month = e.getUTCMonth(), this.year = e.getUTCFullYear(), true;
    } else return false;
  }
  fromString(e) {
    if (typeof this.tz == "number") {
      if (O(e)) return this.fromDate(v(e));
      let t = v(e, "Etc/UTC");
      this.ms = t.getUTCMilliseconds(), this.second = t.getUTCSeconds(), this.minute = t.getUTCMinutes(), this.hour = t.getUTCHours(), this.day = t.getUTCDate(), this.month = t.getUTCMonth(), this.year = t.getUTCFullYear(), this.apply();
    } else return this.fromDate(v(e, this.tz));
  }
  findNext(e, t, n, r) {
    return this._findMatch(e, t, n, r, 1);
  }
  _matchDayValue(e, t, n, r) {
    let a = e;
    if (!a) {
      for (let i = 0; i < n.nearestWeekdays.length; i++) if (n.nearestWeekdays[i]) {
        let o = this.getNearestWeekday(this.year, this.month, i + 1);
        if (o !== -1 && o === t) {
          a = 1;
          break;
        }
      }
    }
    if (n.lastWeekday) {
      let i = this.getLastWeekday(this.year, this.month);
      t === i && (a = 1);
    }
    if (n.lastDayOfMonth) {
      let i = this.getLastDayOfMonth(this.year, this.month);
      t === i && (a = 1);
    }
    if (!n.starDOW) {
      let i = new Date(g(this.year, this.month, 1, 0, 0, 0, 0)).getUTCDay(), o = n.dayOfWeek[(i + (t - 1)) % 7];
      o && o & 63 && (o = this.isNthWeekdayOfMonth(this.year, this.month, t, o) ? 1 : 0), n.useAndLogic ? a = a && o : !r.domAndDow && !n.starDOM ? a = a || o : a = a && o;
    }
    return a;
  }
  _findMatch(e, t, n, r, a) {
    let i = this[t], o = t === "day" ? this.getLastDayOfMonth(this.year, this.month) : 0, u = this[t] + r, l = a === 1 ? (h) => h < n[t].length : (h) => h >= 0;
    for (let h = u; l(h); h += a) {
      let m = n[t][h];
      if (t === "day") {
        if (h - r > o) continue;
        m = this._matchDayValue(m, h - r, n, e);
      }
      if (m) return this[t] = h - r, i !== this[t] ? 2 : 1;
    }
    return 3;
  }
  recurse(e, t, n) {
    let r = this.year, a = n;
    for (; typeof a == "number"; ) {
      if (e.starYear && Math.abs(this.year - r) > 400) return null;
      a = this.recurseStep(e, t, a);
    }
    return a;
  }
  recurseStep(e, t, n) {
    if (n === 0 && !e.starYear) {
      if (this.year >= 0 && this.year < e.year.length && e.year[this.year] === 0) {
        let a = -1;
        for (let i = this.year + 1; i < e.year.length && i < 1e4; i++) if (e.year[i] === 1) {
          a = i;
          break;
        }
        if (a === -1) return null;
        this.year = a, this.month = 0, this.day = 1, this.hour = 0, this.minute = 0, this.second = 0, this.ms = 0;
      }
      if (this.year >= 1e4) return null;
    }
    let r = this.findNext(t, f[n][0], e, f[n][2]);
    if (r > 1) {
      let a = n + 1;
      for (; a < f.length; ) this[f[a][0]] = -f[a][2], a++;
      if (r === 3) {
        if (this[f[n][1]]++, this[f[n][0]] = -f[n][2], this.apply(), n === 0 && !e.starYear) {
          for (; this.year >= 0 && this.year < e.year.length && e.year[this.year] === 0 && this.year < 1e4; ) this.year++;
          if (this.year >= 1e4 || this.year >= e.year.length) return null;
        }
        return 0;
      } else if (this.apply()) return n - 1;
    }
    return n += 1, n >= f.length ? this : (e.starYear ? this.year >= 3e3 : this.year >= 1e4) ? null : n;
  }
  increment(e, t, n) {
    return this.instantMs = void 0, this.instantFields = void 0, this.second += t.interval !== void 0 && t.interval > 1 && n ? t.interval : 1, this.ms = 0, this.apply(), this.recurse(e, t, 0);
  }
  decrement(e, t, n = true) {
    this.instantMs = void 0, this.instantFields = void 0;
    let r = t.interval !== void 0 && t.interval >= 1;
    return (this.ms === 0 || r) && (this.second -= r && n ? t.interval : 1), this.ms = 0, this.apply(), this.year < 1 ? null : this.recurseBackward(e, t, 0);
  }
  recurseBackward(e, t, n) {
    let r = this.year, a = n;
    for (; typeof a == "number"; ) {
      if (e.starYear && Math.abs(this.year - r) > 400) return null;
      a = this.recurseBackwardStep(e, t, a);
    }
    return a;
  }
  recurseBackwardStep(e, t, n) {
    if (n === 0 && !e.starYear) {
      if (this.year >= 0 && this.year < e.year.length && e.year[this.year] === 0) {
        let a = -1;
        for (let i = this.year - 1; i >= 0; i--) if (e.year[i] === 1) {
          a = i;
          break;
        }
        if (a === -1) return null;
        this.year = a, this.month = 11, this.day = 31, this.hour = 23, this.minute = 59, this.second = 59, this.ms = 0;
      }
      if (this.year < 1) return null;
    }
    let r = this.findPrevious(t, f[n][0], e, f[n][2]);
    if (r > 1) {
      let a = n + 1;
      for (; a < f.length; ) {
        let i = f[a][0], o = f[a][2], u = this.getMaxPatternValue(i, e, o);
        this[i] = u, a++;
      }
      if (r === 3) {
        if (this[f[n][1]]--, n === 0) {
          let u = this.getLastDayOfMonth(this.year, this.month);
          this.day > u && (this.day = u);
        }
        if (n === 1) if (this.day <= 0) this.day = 1;
        else {
          let u = this.year, l = this.month;
          for (; l < 0; ) l += 12, u--;
          for (; l > 11; ) l -= 12, u++;
          let h = this.getLastDayOfMonth(u, l);
          this.day > h && (this.day = h);
        }
        this.apply();
        let i = f[n][0], o = f[n][2];
        if (this[i] = this.getMaxPatternValue(i, e, o), this.apply(), n === 0) {
          let u = f[1][2], l = this.getMaxPatternValue("day", e, u);
          l !== this.day && (this.day = l, this.hour = this.getMaxPatternValue("hour", e, f[2][2]), this.minute = this.getMaxPatternValue("minute", e, f[3][2]), this.second = this.getMaxPatternValue("second", e, f[4][2]));
        }
        if (n === 0 && !e.starYear) {
          for (; this.year >= 0 && this.year < e.year.length && e.year[this.year] === 0; ) this.year--;
          if (this.year < 1) return null;
        }
        return 0;
      } else if (this.apply()) return n - 1;
    }
    return n += 1, n >= f.length ? this : this.year < 1 ? null : n;
  }
  getMaxPatternValue(e, t, n) {
    let r = t[e].length - 1 - n;
    for (let a = t[e].length - 1; a >= 0; a--) if (t[e][a]) {
      r = a - n;
      break;
    }
    if (e === "day") {
      let a = this.getLastDayOfMonth(this.year, this.month);
      return t.lastWeekday || t.nearestWeekdays.some((i) => i) || t.lastDayOfMonth || !t.starDOW ? a : Math.min(r, a);
    }
    return r;
  }
  findPrevious(e, t, n, r) {
    return this._findMatch(e, t, n, r, -1);
  }
  getDate(e) {
    if (!e && typeof this.tz != "number") {
      let t = this.cachedInstant();
      if (t !== void 0) return new Date(t + (this.tz === void 0 ? this.ms : 0));
    }
    if (e || this.tz === void 0) {
      if (this.year >= 0 && this.year < 100) {
        let t = /* @__PURE__ */ new Date(0);
        return t.setFullYear(this.year, this.month, this.day), t.setHours(this.hour, this.minute, this.second, this.ms), t;
      }
      return new Date(this.year, this.month, this.day, this.hour, this.minute, this.second, this.ms);
    } else return typeof this.tz == "number" ? new Date(g(this.year, this.month, this.day, this.hour, this.minute - this.tz, this.second, this.ms)) : N(T(this.year, this.month + 1, this.day, this.hour, this.minute, this.second, this.tz), false);
  }
  getTime() {
    return this.getDate(false).getTime();
  }
  match(e, t) {
    if (!e.starYear && (this.year < 0 || this.year >= e.year.length || e.year[this.year] === 0)) return false;
    for (let n = 0; n < f.length; n++) {
      let r = f[n][0], a = f[n][2], i = this[r];
      if (i + a < 0 || i + a >= e[r].length) return false;
      let o = e[r][i + a];
      if (r === "day" && (o = this._matchDayValue(o, i, e, t)), !o) return false;
    }
    return true;
  }
};
function F(s3) {
  s3 === void 0 && (s3 = {}), delete s3.name, s3.legacyMode !== void 0 && s3.domAndDow === void 0 ? s3.domAndDow = !s3.legacyMode : s3.domAndDow === void 0 && (s3.domAndDow = false), s3.legacyMode = !s3.domAndDow;
  let e = (n, r) => n === void 0 ? r : n;
  if (s3.paused = e(s3.paused, false), s3.maxRuns = e(s3.maxRuns, 1 / 0), s3.catch = e(s3.catch, false), s3.unref = e(s3.unref, false), s3.mode = e(s3.mode, "auto"), s3.alternativeWeekdays = e(s3.alternativeWeekdays, false), s3.sloppyRanges = e(s3.sloppyRanges, false), s3.fixedTimeRule = e(s3.fixedTimeRule, "single-value"), s3.allowPast = e(s3.allowPast, false), s3.interval = s3.interval === void 0 ? 0 : parseInt(s3.interval.toString(), 10), s3.utcOffset = s3.utcOffset === void 0 ? void 0 : parseInt(s3.utcOffset.toString(), 10), s3.dayOffset = s3.dayOffset === void 0 ? 0 : parseInt(s3.dayOffset.toString(), 10), !["auto", "5-part", "6-part", "7-part", "5-or-6-parts", "6-or-7-parts"].includes(s3.mode)) throw new Error("CronOptions: mode must be one of 'auto', '5-part', '6-part', '7-part', '5-or-6-parts', or '6-or-7-parts'.");
  if (!["single-value", "no-wildcard"].includes(s3.fixedTimeRule)) throw new Error("CronOptions: fixedTimeRule must be one of 'single-value' or 'no-wildcard'.");
  s3.timezone === "" && (s3.timezone = void 0);
  let t = s3.timezone ?? s3.utcOffset;
  if (s3.startAt && (s3.startAt = I(new c(s3.startAt, t))), s3.stopAt && (s3.stopAt = I(new c(s3.stopAt, t))), s3.interval !== null) {
    if (isNaN(s3.interval)) throw new Error("CronOptions: Supplied value for interval is not a number");
    if (s3.interval < 0) throw new Error("CronOptions: Supplied value for interval can not be negative");
  }
  if (s3.utcOffset !== void 0) {
    if (isNaN(s3.utcOffset)) throw new Error("CronOptions: Invalid value passed for utcOffset, should be number representing minutes offset from UTC.");
    if (s3.utcOffset < -870 || s3.utcOffset > 870) throw new Error("CronOptions: utcOffset out of bounds.");
    if (s3.utcOffset !== void 0 && s3.timezone) throw new Error("CronOptions: Combining 'utcOffset' with 'timezone' is not allowed.");
  }
  if (s3.unref !== true && s3.unref !== false) throw new Error("CronOptions: Unref should be either true, false or undefined(false).");
  if (s3.dayOffset !== void 0 && s3.dayOffset !== 0 && isNaN(s3.dayOffset)) throw new Error("CronOptions: Invalid value passed for dayOffset, should be a number representing days to offset.");
  return s3;
}
function I(s3) {
  return s3.ms ? (s3.ms = 0, new c(new Date(s3.getTime() + 1e3), s3.tz)) : s3;
}
function b(s3) {
  return typeof s3 == "function";
}
function L(s3) {
  return b(s3);
}
function Y(s3) {
  typeof Deno < "u" && typeof Deno.unrefTimer < "u" ? Deno.unrefTimer(s3) : s3 && typeof s3.unref < "u" && s3.unref();
}
var P = 1440 * 60 * 1e3;
var $ = 30 * 1e3;
var M = [];
var j = class {
  name;
  options;
  _states;
  fn;
  _startAtRoundingMs = 0;
  getTz() {
    return this.options.timezone ?? this.options.utcOffset;
  }
  applyDayOffset(e) {
    let t = this._offsetMs();
    return t ? new Date(e.getTime() + t) : e;
  }
  _offsetMs() {
    return (this.options.dayOffset ?? 0) * P;
  }
  get _startAt() {
    return this.options.startAt;
  }
  get _stopAt() {
    return this.options.stopAt;
  }
  _nextTarget(e, t) {
    let n = this._offsetMs(), r = this._next(this._shift(e), new Date(t.getTime() - n), { startAt: this._shift(this._startAt), stopAt: this._shift(this._stopAt) });
    return r ? this.applyDayOffset(r.getDate(false)) : null;
  }
  _previousTarget(e, t) {
    let n = this._toMs(e ?? t) - this._offsetMs(), r = this._previous(new Date(n), { startAt: this._shift(this._startAt), stopAt: this._shift(this._stopAt) });
    return r ? this.applyDayOffset(r.getDate(false)) : null;
  }
  _shift(e) {
    if (e != null) return new c(new Date(this._toMs(e) - this._offsetMs()), this.getTz());
  }
  constructor(e, t, n) {
    let r, a;
    if (b(t)) a = t;
    else if (typeof t == "object") r = t;
    else if (t !== void 0) throw new Error("Cron: Invalid argument passed for optionsIn. Should be one of function, or object (options).");
    if (b(n)) a = n;
    else if (typeof n == "object") r = n;
    else if (n !== void 0) throw new Error("Cron: Invalid argument passed for funcIn. Should be one of function, or object (options).");
    this.name = r?.name;
    let i = r?.startAt;
    this.options = F(r), i && this._startAt && (this._startAtRoundingMs = this._startAt.getTime() - new c(i, this.getTz()).getTime());
    let o = !!e && (e instanceof Date || typeof e == "string" && e.indexOf(":") > 0);
    if (this._states = { kill: false, blocking: false, previousRun: void 0, currentRun: void 0, once: void 0, currentTimeout: void 0, maxRuns: r ? r.maxRuns : void 0, paused: r ? r.paused : false, pattern: o ? new C("* * * * *", void 0, { mode: "auto" }) : new C(e, this.options.timezone, { mode: this.options.mode, alternativeWeekdays: this.options.alternativeWeekdays, sloppyRanges: this.options.sloppyRanges, fixedTimeRule: this.options.fixedTimeRule }) }, o && (this._states.once = new c(e, this.getTz())), this.name) {
      if (M.find((l) => l.name === this.name)) throw new Error("Cron: Tried to initialize new named job '" + this.name + "', but name already taken.");
      M.push(this);
    }
    return a !== void 0 && L(a) && (this.fn = a, this.schedule()), this;
  }
  nextRun(e) {
    return this._nextTarget(e, /* @__PURE__ */ new Date());
  }
  nextRuns(e, t) {
    this._states.maxRuns !== void 0 && e > this._states.maxRuns && (e = this._states.maxRuns);
    let n = t || this._states.currentRun || void 0;
    return this._enumerateRuns(e, n, "next");
  }
  previousRuns(e, t) {
    return this._enumerateRuns(e, t || void 0, "previous");
  }
  enumerate(e) {
    return new A(this, e);
  }
  _enumerateRuns(e, t, n) {
    let r = [], a = /* @__PURE__ */ new Date(), i = t;
    for (; e-- > 0; ) {
      let o = n === "next" ? this._nextTarget(i, a) : this._previousTarget(i, a);
      if (!o) break;
      r.push(o), i = o;
    }
    return r;
  }
  match(e) {
    if (this._states.once) {
      let n = new c(e, this.getTz());
      n.ms = 0;
      let r = new c(this._states.once, this.getTz());
      return r.ms = 0, n.getTime() === r.getTime();
    }
    let t = new c(e, this.getTz());
    return t.ms = 0, t.match(this._states.pattern, this.options);
  }
  getPattern() {
    if (!this._states.once) return this._states.pattern ? this._states.pattern.pattern : void 0;
  }
  getOnce() {
    return this._states.once ? this._states.once.getDate() : null;
  }
  isRunning() {
    return !this._states.paused && !this._states.kill && this.fn !== void 0 && this._nextTarget(this._states.currentRun, /* @__PURE__ */ new Date()) !== null;
  }
  isStopped() {
    return this._states.kill;
  }
  isBusy() {
    return this._states.blocking;
  }
  currentRun() {
    return this._states.currentRun ? this._states.currentRun.getDate() : null;
  }
  previousRun() {
    return this._states.previousRun ? this._states.previousRun.getDate() : null;
  }
  msToNext(e) {
    let t = /* @__PURE__ */ new Date(), n = this._nextTarget(e, t);
    return n ? n.getTime() - this._toMs(e ?? t) : null;
  }
  stop() {
    this._states.kill = true, this._states.currentTimeout && clearTimeout(this._states.currentTimeout);
    let e = M.indexOf(this);
    e >= 0 && M.splice(e, 1);
  }
  pause() {
    return this._states.paused = true, !this._states.kill;
  }
  resume() {
    return this._states.paused = false, !this._states.kill;
  }
  schedule(e) {
    return this._schedule(e);
  }
  _schedule(e, t) {
    if (e && this.fn) throw new Error("Cron: It is not allowed to schedule two functions using the same Croner instance.");
    e && (this.fn = e);
    let n = t ?? /* @__PURE__ */ new Date(), r = this._nextTarget(void 0, n), a = r ? r.getTime() - n.getTime() : null, i = this._states.currentRun;
    i && i.getTime() > n.getTime() && (i = void 0);
    let o = this._nextTarget(i, n);
    return a === null || isNaN(a) || o === null ? this : (a > $ && (a = $), a < 0 && (a = this._states.paused ? 1e3 : 0), this._states.currentTimeout = setTimeout(() => this._checkTrigger(o), a), this._states.currentTimeout && this.options.unref && Y(this._states.currentTimeout), this);
  }
  async _trigger(e = /* @__PURE__ */ new Date()) {
    this._states.blocking = true, this._states.currentRun = new c(e, this.getTz());
    try {
      if (this.options.catch) try {
        this.fn !== void 0 && await this.fn(this, this.options.context);
      } catch (t) {
        if (b(this.options.catch)) try {
          Promise.resolve(this.options.catch(t, this)).catch(() => {
          });
        } catch {
        }
      }
      else this.fn !== void 0 && await this.fn(this, this.options.context);
    } finally {
      this._states.previousRun = new c(e, this.getTz()), this._states.blocking = false;
    }
  }
  async trigger() {
    await this._trigger();
  }
  runsLeft() {
    return this._states.maxRuns;
  }
  _checkTrigger(e) {
    let t = /* @__PURE__ */ new Date(), n = !this._states.paused && t.getTime() >= e.getTime(), r = this._states.blocking && this.options.protect;
    n && !r ? (this._states.maxRuns !== void 0 && this._states.maxRuns--, this._trigger(t)) : n && r && b(this.options.protect) && setTimeout(() => this.options.protect(this), 0), this._schedule(void 0, n ? void 0 : t);
  }
  _next(e, t, n) {
    let r = n ? n.startAt : this._startAt, a = n ? n.stopAt : this._stopAt, i = !!e, o = !!(e || this._states.currentRun), u = false;
    !e && r && this.options.interval && (e = this._calculatePreviousRun(r, t), e && (o = true), u = !e);
    let l = e ?? t ?? /* @__PURE__ */ new Date(), h = this._toMs(l);
    e = new c(l, this.getTz()), r && h < r.getTime() && (e = u ? r : new c(new Date(r.getTime() - 1e3), this.getTz()), h = e.getTime());
    let m = this._states.once || new c(e, this.getTz());
    if (!u && m !== this._states.once && (m = this._findOccurrence(e, h, 1, o)), this._states.once) {
      let d = this._states.once.getTime(), p = h - d;
      if (r && d < r.getTime() - this._startAtRoundingMs || this._states.currentRun && this.applyDayOffset(this._states.once.getDate()).getTime() <= this._states.currentRun.getTime() || (i ? p >= 0 : p > 1e3 && !this.options.allowPast)) return null;
    }
    return m === null || this._states.maxRuns !== void 0 && this._states.maxRuns <= 0 || this._states.kill || a && m.getTime() >= a.getTime() ? null : m;
  }
  _previous(e, t) {
    let n = this._toMs(e ?? /* @__PURE__ */ new Date());
    if (t.stopAt && n > t.stopAt.getTime() && (n = t.stopAt.getTime()), this._states.once) return this._states.once.getTime() < n ? this._states.once : null;
    let r = this._findOccurrence(new c(new Date(n), this.getTz()), n, -1);
    return r === null || t.startAt && r.getTime() < t.startAt.getTime() ? null : r;
  }
  _toMs(e) {
    if (e instanceof Date) return e.getTime();
    let t = new c(e, this.getTz());
    return t.getTime() + (typeof t.tz == "string" ? t.ms : 0);
  }
  _findOccurrence(e, t, n, r = false) {
    let a = this.options.interval ?? 0;
    if (a > 1 && (n === -1 || r)) {
      t += (a - 1) * 1e3 * n;
      let m = new Date(t);
      if (isNaN(m.getTime()) || (e = new c(m, this.getTz()), !(e.year >= 1 && e.year <= 9999))) return null;
      r = false;
    }
    let i = this._walk(e, t, n, r), o = this.getTz();
    if (this._states.pattern.isFixedTime && n === 1 || typeof o == "number" || U(t, o) !== (n === 1 ? "earlier" : "later")) return i;
    let u = Math.floor(t / 1e3) * 1e3, l = n === 1 ? k(u, u + P, o) : k(u - P, u, o) - 1e3;
    if (i && (l - i.getTime()) * n > 0) return i;
    let h = this._walk(new c(new Date(l), o), l - n, n, false, true);
    return !i || !h ? i ?? h : (i.getTime() - h.getTime()) * n > 0 ? h : i;
  }
  _walk(e, t, n, r, a = false) {
    let i = this._states.pattern, o = (l, h) => n === 1 ? l.increment(i, this.options, h) : l.decrement(i, this.options, h), u = new c(e, this.getTz());
    for ((!a || !u.match(i, this.options)) && (u = o(u, r)); u; ) {
      let l = this._runAt(u, t, n);
      if (l) return new c(l, this.getTz());
      u = o(u, false);
    }
    return null;
  }
  _runAt(e, t, n) {
    let r = (d) => (d.getTime() - t) * n > 0, a = e.tz;
    if (typeof a == "number") {
      let d = e.getDate();
      return r(d) ? d : null;
    }
    let i = T(e.year, e.month + 1, e.day, e.hour, e.minute, e.second, a), o = _(i), u = this._states.pattern.isFixedTime;
    if (o.kind === "single") return r(o.date) ? o.date : null;
    if (o.kind === "ambiguous") {
      let { earlier: d, later: p } = o;
      return (u ? [d] : n === 1 ? [d, p] : [p, d]).find(r) ?? null;
    }
    if (!u) return null;
    let l = new Date(k(o.before.getTime(), o.after.getTime(), a)), h = y(l, a);
    return h.y === i.y && h.m === i.m && h.d === i.d && r(l) ? l : null;
  }
  _calculatePreviousRun(e, t) {
    let n = new c(t, this.getTz()).getTime();
    if (e.getTime() > n) return;
    let r = this.options.interval * 1e3, a = e;
    for (; a.getTime() + r <= n; ) {
      let i = this._findOccurrence(a, a.getTime(), 1, true);
      if (i === null) break;
      a = i;
    }
    return a;
  }
};
var A = class {
  cron;
  cursor;
  now;
  done;
  initialMaxRuns;
  remainingRuns;
  constructor(e, t) {
    this.cron = e, this.initialMaxRuns = e.runsLeft() ?? 1 / 0, this.reset(t);
  }
  next() {
    if (this.done || this.remainingRuns <= 0) return this.done = true, { value: void 0, done: true };
    let e = this.cron._nextTarget(this.cursor, this.now);
    return e === null ? (this.done = true, { value: void 0, done: true }) : (this.cursor = e, this.remainingRuns--, { value: e, done: false });
  }
  peek() {
    return this.done || this.remainingRuns <= 0 ? null : this.cron._nextTarget(this.cursor, this.now);
  }
  reset(e) {
    this.cursor = e instanceof Date ? new Date(e.getTime()) : e ?? void 0, this.now = /* @__PURE__ */ new Date(), this.done = false, this.remainingRuns = this.initialMaxRuns;
  }
  [Symbol.iterator]() {
    return this;
  }
};

// keeper/scheduled-bridges.ts
var known = /* @__PURE__ */ new WeakMap();
function scheduledBridges(schedules, nowSeconds, lookaheadSeconds) {
  let most = 0;
  for (const schedule of schedules) {
    if (schedule.minBridges > most && firstNotOver(schedule, nowSeconds) <= nowSeconds + lookaheadSeconds)
      most = schedule.minBridges;
  }
  return most;
}
function firstNotOver(schedule, now) {
  let entry = known.get(schedule);
  if (!entry) {
    const cron = new j(schedule.start, { timezone: schedule.timeZone, mode: "5-part" });
    entry = { cron, from: Infinity, start: -Infinity };
    known.set(schedule, entry);
  }
  if (now < entry.from || now >= entry.start + schedule.durationSeconds) {
    const next = entry.cron.nextRun(new Date((now - schedule.durationSeconds) * 1e3));
    entry.from = now;
    entry.start = next ? next.getTime() / 1e3 : Infinity;
  }
  return entry.start;
}

// keeper/read-keeper-file.ts
var SETTINGS = {
  min: "number",
  drainsAtOnce: "number",
  fullStress: "number",
  releaseStress: "number",
  surplusSeconds: "number",
  protectSeconds: "number",
  drainDeadlineSeconds: "number",
  moveAtDeadline: "boolean",
  moveEarlyBelow: "number",
  moveEarlySeconds: "number",
  staleSeconds: "number",
  settleSeconds: "number",
  bootSeconds: "number",
  mixedSeconds: "number"
};
function readKeeperFile(text) {
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error("it is no JSON");
  }
  const file = record(json, "the file");
  assertText(file["customer"], "customer");
  assertAddress(file["jicofo"], "jicofo");
  const influxdb = record(file["influxdb"], "influxdb");
  assertAddress(influxdb["url"], "influxdb.url");
  assertText(influxdb["database"], "influxdb.database");
  assertText(influxdb["username"], "influxdb.username");
  if (file["endpoints"] !== void 0) {
    const endpoints = record(file["endpoints"], "endpoints");
    for (const name of ["compute", "storage", "metadata"])
      assertAddress(endpoints[name], `endpoints.${name}`);
  }
  if (file["bridgePort"] !== void 0) assertNumber(file["bridgePort"], "bridgePort");
  if (!Array.isArray(file["pools"])) throw new Error("pools: missing; allowed: a list");
  for (const [index, pool] of file["pools"].entries()) checkPool(pool, `pools[${index}]`);
  const names = file["pools"].map(({ pool }) => pool);
  if (new Set(names).size < names.length) throw new Error("pools: two have the same name");
  return json;
}
function checkPool(value, at) {
  const pool = record(value, at);
  for (const field of ["pool", "project", "region", "group"]) assertText(pool[field], `${at}.${field}`);
  if (pool["mode"] !== "act" && pool["mode"] !== "observe")
    throw new Error(`${at}.mode: allowed: act, observe`);
  const store = record(pool["store"], `${at}.store`);
  assertText(store["bucket"], `${at}.store.bucket`);
  assertText(store["prefix"], `${at}.store.prefix`);
  if (!(assertNumber(pool["intervalSeconds"], `${at}.intervalSeconds`) > 0))
    throw new Error(`${at}.intervalSeconds: allowed: more than 0`);
  if (pool["requestSeconds"] !== void 0 && !(assertNumber(pool["requestSeconds"], `${at}.requestSeconds`) > 0))
    throw new Error(`${at}.requestSeconds: allowed: more than 0`);
  assertNumber(pool["lookaheadSeconds"], `${at}.lookaheadSeconds`);
  if (!Array.isArray(pool["schedules"])) throw new Error(`${at}.schedules: missing; allowed: a list`);
  for (const [index, each] of pool["schedules"].entries()) checkSchedule(each, `${at}.schedules[${index}]`);
  for (const [tag, value2] of Object.entries(record(pool["tags"], `${at}.tags`)))
    assertText(value2, `${at}.tags.${tag}`);
  const settings = record(pool["settings"], `${at}.settings`);
  for (const [name, type] of Object.entries(SETTINGS)) {
    if (type === "number") assertNumber(settings[name], `${at}.settings.${name}`);
    else if (typeof settings[name] !== "boolean")
      throw new Error(`${at}.settings.${name}: allowed: true, false`);
  }
}
function checkSchedule(value, at) {
  const schedule = record(value, at);
  for (const field of ["start", "timeZone"]) assertText(schedule[field], `${at}.${field}`);
  for (const field of ["durationSeconds", "minBridges"]) assertNumber(schedule[field], `${at}.${field}`);
  try {
    scheduledBridges([{ ...value, minBridges: 1 }], 0, 0);
  } catch (error) {
    throw new Error(`${at}: ${error.message}`);
  }
}
var settingsOf = (pool) => pool.settings;
var requestSecondsOf = ({ requestSeconds, intervalSeconds }) => requestSeconds ?? intervalSeconds / 6;
function record(value, at) {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value;
  throw new Error(`${at}: missing; allowed: an object`);
}
function assertText(value, at) {
  if (typeof value !== "string" || value === "") throw new Error(`${at}: missing; allowed: a text`);
}
function assertAddress(value, at) {
  if (typeof value !== "string" || !URL.canParse(value))
    throw new Error(`${at}: missing; allowed: a URL without a path`);
}
function assertNumber(value, at) {
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
  throw new Error(`${at}: missing; allowed: a number, 0 or more`);
}

// keeper/run-pools.ts
import { randomUUID as randomUUID2 } from "node:crypto";
import { setMaxListeners } from "node:events";

// keeper/clients/request.ts
var RequestProblem = class extends Error {
  constructor(message, status, retryAfter2, isNobody = false) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter2;
    this.isNobody = isNobody;
  }
  status;
  retryAfter;
  isNobody;
  /** Whether the next try may go better: no answer, 429, 5xx. */
  get isPassing() {
    const { status } = this;
    return status === void 0 || status === 429 || status >= 500 && status <= 599;
  }
};
var MAX_BYTES = 8e6;
async function send(request) {
  const { url, method = "GET", headers, body, timeoutSeconds, maxBytes = MAX_BYTES } = request;
  const where = `${method} ${placeOf(url)}`;
  const timeout = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutSeconds * 1e3)));
  try {
    const response = await fetch(url, {
      method,
      redirect: "error",
      // following one would hand a token to another host
      signal: timeout,
      ...headers && { headers: { ...headers } },
      ...body !== void 0 && { body }
    });
    return { status: response.status, headers: response.headers, text: await readText(response, maxBytes) };
  } catch (error) {
    if (error instanceof RequestProblem) throw new RequestProblem(`${where}: ${error.message}`, error.status);
    if (timeout.aborted) throw new RequestProblem(`${where}: no answer in time`);
    const cause = causeOf(error);
    throw new RequestProblem(`${where}: ${cause}`, void 0, void 0, cause === "ECONNREFUSED");
  }
}
function expectSuccess(request, answer) {
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw new RequestProblem(
    `${request.method ?? "GET"} ${placeOf(request.url)}: HTTP status ${answer.status}${reasonIn(answer.text)}`,
    answer.status,
    retryAfter(answer.headers.get("retry-after"))
  );
}
function retryAfter(text) {
  if (text === null) return void 0;
  const seconds = /^[0-9]+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1e3;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : void 0;
}
async function readText(response, maxBytes) {
  if (!response.body) return "";
  const decoder = new TextDecoder();
  let [text, bytes] = ["", 0];
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes)
      throw new RequestProblem(`an answer of more than ${maxBytes} bytes`, response.status);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
function placeOf(url) {
  const { host, pathname } = new URL(url);
  return host + pathname;
}
function causeOf(error) {
  const { cause, message } = error;
  return typeof cause?.code === "string" ? cause.code : cause?.message ?? message;
}
function reasonIn(text) {
  try {
    const { error } = JSON.parse(text);
    if (typeof error?.message === "string") return `, ${error.message.slice(0, 300)}`;
  } catch {
  }
  return "";
}
var orProblem = (promise) => promise.catch((error) => {
  if (error instanceof RequestProblem) return error;
  throw error;
});

// keeper/clients/access-tokens.ts
var RENEW_BEFORE_SECONDS = 225;
var AccessTokens = class {
  /** @param metadata the metadata server, without a path */
  constructor(metadata, clock) {
    this.metadata = metadata;
    this.clock = clock;
  }
  metadata;
  clock;
  kept;
  asked;
  /** @throws RequestProblem */
  get(timeoutSeconds) {
    if (this.kept && this.clock.monotonic() < this.kept.renewAt) return Promise.resolve(this.kept.token);
    this.asked ??= this.ask(timeoutSeconds).finally(() => {
      this.asked = void 0;
    });
    return this.asked;
  }
  /** Google did not take this one. */
  forget(token) {
    if (this.kept?.token === token) this.kept = void 0;
  }
  async ask(timeoutSeconds) {
    const request = {
      url: `${this.metadata}/computeMetadata/v1/instance/service-accounts/default/token`,
      headers: { "Metadata-Flavor": "Google" },
      timeoutSeconds
    };
    const askedAt = this.clock.monotonic();
    const { text } = expectSuccess(request, await send(request));
    const { token, lifetime } = parse(text);
    const margin = Math.min(RENEW_BEFORE_SECONDS, lifetime / 2);
    this.kept = { token, renewAt: askedAt + lifetime - margin };
    return token;
  }
};
function parse(text) {
  try {
    const { access_token: token, expires_in: lifetime } = JSON.parse(text);
    if (typeof token === "string" && typeof lifetime === "number" && lifetime > 0) return { token, lifetime };
  } catch {
  }
  throw new RequestProblem("the metadata server answers with something that is no token");
}

// keeper/clients/compute.ts
import { randomUUID } from "node:crypto";

// keeper/sleep.ts
function sleep(seconds, signal) {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(0, seconds) * 1e3);
    signal?.addEventListener("abort", done);
  });
}

// keeper/clients/with-retries.ts
var FIRST_PAUSE = 0.1;
async function withRetries({ deadline, requestSeconds, monotonic, stopping }, attempt) {
  for (let pause2 = requestSeconds * FIRST_PAUSE; ; pause2 *= 2) {
    const left = deadline - monotonic();
    if (left <= 0) throw new RequestProblem("no time is left in this round");
    try {
      return await attempt(Math.min(requestSeconds, left));
    } catch (error) {
      if (!(error instanceof RequestProblem) || !error.isPassing) throw error;
      const wait = Math.max(pause2 * (0.5 + Math.random()), error.retryAfter ?? 0);
      if (stopping.aborted || monotonic() + wait >= deadline) throw error;
      await sleep(wait, stopping);
    }
  }
}

// keeper/clients/google.ts
var Google = class {
  constructor(tokens) {
    this.tokens = tokens;
  }
  tokens;
  /**
   * @param accepted statuses beside 2xx that are an answer, too
   * @throws RequestProblem
   */
  call(request, patience, accepted = []) {
    return withRetries(patience, async (timeoutSeconds) => {
      const begun = patience.monotonic();
      const left = () => Math.max(1e-3, timeoutSeconds - (patience.monotonic() - begun));
      const ask = async () => {
        const token = await this.tokens.get(left());
        const headers = { ...request.headers, Authorization: `Bearer ${token}` };
        const answer2 = await send({ ...request, headers, timeoutSeconds: left() });
        if (answer2.status === 401) this.tokens.forget(token);
        return answer2;
      };
      let answer = await ask();
      if (answer.status === 401) answer = await ask();
      const full = { ...request, timeoutSeconds };
      return accepted.includes(answer.status) ? answer : expectSuccess(full, answer);
    });
  }
  /** @throws RequestProblem, also for an answer that is no JSON object */
  async json(request, patience) {
    const answer = await this.call(request, patience);
    return { json: parseObject(answer.text), answer };
  }
};
var isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
function parseObject(text) {
  try {
    const value = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
  }
  throw new RequestProblem("an answer that is no JSON object");
}

// keeper/clients/compute.ts
var nameIn = (link) => link.slice(link.lastIndexOf("/") + 1).replace(/\?.*/, "");
var Compute = class {
  /** @param endpoint Compute Engine, without a path */
  constructor(google, endpoint, pool) {
    this.google = google;
    this.endpoint = endpoint;
    this.pool = pool;
    this.regional = `${endpoint}/compute/v1/projects/${pool.project}/regions/${pool.region}`;
    this.group = `${this.regional}/instanceGroupManagers/${pool.group}`;
  }
  google;
  endpoint;
  pool;
  regional;
  group;
  releases = /* @__PURE__ */ new Map();
  /** @throws RequestProblem */
  async describeGroup(patience) {
    const [{ json: group }, { json: autoscaler }] = await Promise.all([
      this.google.json({ url: this.group }, patience),
      this.google.json({ url: `${this.regional}/autoscalers/${this.pool.group}` }, patience)
    ]);
    const policy = autoscaler["autoscalingPolicy"];
    if (!isObject(policy)) throw new RequestProblem("the autoscaler has no policy");
    const isWell = autoscaler["status"] !== "ERROR";
    return {
      target: count(group, "targetSize"),
      recommended: isWell && autoscaler["recommendedSize"] !== void 0 ? count(autoscaler, "recommendedSize") : void 0,
      min: count(policy, "minNumReplicas"),
      max: count(policy, "maxNumReplicas"),
      template: templateOf(group),
      removes: policy["mode"] === "ON" || policy["mode"] === void 0
    };
  }
  /** @throws RequestProblem */
  async listManagedInstances(patience) {
    const found = [];
    for (let page = ""; ; ) {
      const query = page === "" ? "" : `&pageToken=${encodeURIComponent(page)}`;
      const request = {
        method: "POST",
        url: `${this.group}/listManagedInstances?maxResults=500${query}`
      };
      const { json } = await this.google.json(request, patience);
      found.push(...list(json, "managedInstances").map(managedInstance));
      if (typeof json["nextPageToken"] !== "string" || json["nextPageToken"] === "") return found;
      page = json["nextPageToken"];
    }
  }
  /**
   * Machines with a label, in all zones that answer: in an outage of one, the others are told all the same.
   * @throws RequestProblem
   */
  async listInstances(label, patience) {
    const found = [];
    for (let page = ""; ; ) {
      const query = new URLSearchParams({
        filter: `labels.${label.key}=${label.value}`,
        maxResults: "500",
        returnPartialSuccess: "true"
      });
      if (page !== "") query.set("pageToken", page);
      const url = `${this.endpoint}/compute/v1/projects/${this.pool.project}/aggregated/instances?${query.toString()}`;
      const { json, answer } = await this.google.json({ url }, patience);
      const { items } = json;
      for (const zone of isObject(items) ? Object.values(items) : []) {
        if (isObject(zone)) found.push(...list(zone, "instances").map(instance));
      }
      if (typeof json["nextPageToken"] !== "string" || json["nextPageToken"] === "") {
        const date = Date.parse(answer.headers.get("date") ?? "") / 1e3;
        return { instances: found, date: Number.isFinite(date) ? date : void 0 };
      }
      page = json["nextPageToken"];
    }
  }
  /**
   * Label `fleet-release` of a template, remembered for ever: templates never change. Undefined when it has none.
   * @throws RequestProblem
   */
  async releaseOf(template, patience) {
    if (this.releases.has(template)) return this.releases.get(template);
    const [, path] = /(?:^|\/)(projects\/[^?#]*)$/.exec(template) ?? [];
    if (path === void 0) throw new RequestProblem("the group's template is no link");
    const { json } = await this.google.json({ url: `${this.endpoint}/compute/v1/${path}` }, patience);
    const { properties } = json;
    if (!isObject(properties)) throw new RequestProblem("an instance template without properties");
    const release = isObject(properties["labels"]) ? properties["labels"]["fleet-release"] : void 0;
    this.releases.set(template, typeof release === "string" ? release : void 0);
    return this.releases.get(template);
  }
  /**
   * Takes one machine out of the group and deletes it; the target gets smaller by one.
   * @throws RequestProblem
   */
  async deleteInstance(link, patience) {
    const url = `${this.group}/deleteInstances?requestId=${randomUUID()}`;
    await this.operate("POST", url, { instances: [link] }, patience);
  }
  /**
   * Sets the least number of machines that the autoscaler keeps up, and nothing else of it.
   * @throws RequestProblem
   */
  async setMinimum(min, patience) {
    const url = `${this.regional}/autoscalers?autoscaler=${this.pool.group}&requestId=${randomUUID()}`;
    await this.operate("PATCH", url, { autoscalingPolicy: { minNumReplicas: min } }, patience);
  }
  async operate(method, url, body, patience) {
    const headers = { "Content-Type": "application/json" };
    const { json } = await this.google.json({ method, url, headers, body: JSON.stringify(body) }, patience);
    if (!isObject(json["error"])) return;
    const [first] = list(json["error"], "errors");
    const message = typeof first?.["message"] === "string" ? first["message"].slice(0, 300) : "without a reason";
    throw new RequestProblem(`Compute Engine refuses: ${message}`);
  }
};
function templateOf(group) {
  const versions = list(group, "versions");
  const template = versions.length > 0 ? versions[0]["instanceTemplate"] : group["instanceTemplate"];
  if (versions.length > 1) throw new RequestProblem("the group has more than one template");
  if (typeof template !== "string" || template === "") throw new RequestProblem("the group has no template");
  return template;
}
function managedInstance(json) {
  const { instance: link, currentAction, instanceStatus, version } = json;
  const template = isObject(version) ? version["instanceTemplate"] : void 0;
  if (typeof link !== "string" || nameIn(link) === "" || typeof currentAction !== "string")
    throw new RequestProblem("a managed instance without a name or a current action");
  return {
    name: nameIn(link),
    link,
    template: typeof template === "string" ? template : "",
    currentAction,
    status: typeof instanceStatus === "string" ? instanceStatus : void 0
  };
}
function instance(json) {
  const { name, creationTimestamp, labels } = json;
  const createdAt = typeof creationTimestamp === "string" ? Date.parse(creationTimestamp) / 1e3 : NaN;
  if (typeof name !== "string" || !Number.isFinite(createdAt))
    throw new RequestProblem("an instance without a name or a time of creation");
  const address = list(json, "networkInterfaces")[0]?.["networkIP"];
  return {
    name,
    address: typeof address === "string" && address !== "" ? address : void 0,
    createdAt,
    labels: isObject(labels) ? Object.fromEntries(
      Object.entries(labels).filter((entry) => typeof entry[1] === "string")
    ) : {}
  };
}
function count(json, field) {
  const value = json[field];
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
  throw new RequestProblem(`Compute Engine does not say ${field}`);
}
function list(json, field) {
  const value = json[field];
  if (value === void 0) return [];
  if (!Array.isArray(value)) throw new RequestProblem(`${field} is no list`);
  return value.map((each) => isObject(each) ? each : {});
}

// keeper/clients/points.ts
function lineOf({ measurement, tags, fields, time }) {
  const tagged = Object.entries(tags).filter(([, value]) => value !== "").sort(([a], [b2]) => a < b2 ? -1 : 1).map(([key, value]) => `,${escaped(key, /[,= ]/g)}=${escaped(value, /[,= ]/g)}`);
  const valued = Object.entries(fields).filter((entry) => entry[1] !== void 0 && !Number.isNaN(entry[1])).map(([key, value]) => `${escaped(key, /[,= ]/g)}=${typeof value === "number" ? value : quoted(value)}`);
  return `${escaped(measurement, /[, ]/g)}${tagged.join("")} ${valued.join(",")} ${Math.round(time * 1e3)}`;
}
var escaped = (text, special) => text.replace(/[\r\n]+/g, " ").replace(/\\+$/, "").replace(special, "\\$&");
var quoted = (text) => `"${text.replace(/[\r\n]+/g, " ").replace(/["\\]/g, "\\$&")}"`;

// keeper/clients/influxdb.ts
var TIMEOUT_SECONDS = 2;
var MOST_WAITING = 2e3;
var PointWriter = class {
  constructor(influxdb, password, log) {
    this.influxdb = influxdb;
    this.password = password;
    this.log = log;
  }
  influxdb;
  password;
  log;
  waiting = [];
  writing;
  isAway = false;
  write(points) {
    this.waiting.push(...points.map(lineOf));
    this.waiting.splice(0, this.waiting.length - MOST_WAITING);
    this.writing ??= this.send().finally(() => {
      this.writing = void 0;
    });
  }
  /** Ends when nothing is under way any more. */
  async end() {
    await this.writing;
    if (this.waiting.length > 0 && !this.isAway) await this.send();
  }
  async send() {
    const lines = this.waiting;
    this.waiting = [];
    const { url, database, username } = this.influxdb;
    const request = {
      method: "POST",
      url: `${url}/write?${new URLSearchParams({ db: database, precision: "ms" }).toString()}`,
      headers: {
        Authorization: `Basic ${Buffer.from(`${username}:${this.password}`).toString("base64")}`,
        "Content-Type": "text/plain; charset=utf-8"
      },
      body: lines.join("\n"),
      timeoutSeconds: TIMEOUT_SECONDS
    };
    try {
      expectSuccess(request, await send(request));
      if (this.isAway) this.log("NOTICE", "influxdb-back");
      this.isAway = false;
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      if (error.status !== 400) this.waiting.unshift(...lines);
      this.waiting.splice(0, this.waiting.length - MOST_WAITING);
      if (!this.isAway) this.log("WARNING", "influxdb-away", { problem: error.message });
      this.isAway = true;
    }
  }
};

// keeper/clients/read-soon.ts
var TRIES = 3;
var PAUSE = 0.1;
async function readSoon(request) {
  const begun = performance.now();
  const pause2 = request.timeoutSeconds * PAUSE;
  for (let tries = 1; ; tries++) {
    const left = request.timeoutSeconds - (performance.now() - begun) / 1e3;
    try {
      return expectSuccess(request, await send({ ...request, timeoutSeconds: left }));
    } catch (error) {
      const isOver = tries === TRIES || (performance.now() - begun) / 1e3 + pause2 >= request.timeoutSeconds;
      if (isOver || !(error instanceof RequestProblem) || !error.isPassing || error.isNobody) throw error;
      await sleep(pause2);
    }
  }
}

// keeper/clients/bridge.ts
var STATS_BYTES = 2e5;
var MOST_STRESS = 100;
var MOST_PEOPLE = 1e5;
var Bridge = class {
  /** @param id name of the machine: its relay id begins with it */
  constructor(id, address, port, timeoutSeconds) {
    this.id = id;
    this.timeoutSeconds = timeoutSeconds;
    this.base = `http://${address.includes(":") ? `[${address}]` : address}:${port}/colibri`;
  }
  id;
  timeoutSeconds;
  base;
  async ask() {
    const request = { url: `${this.base}/stats`, timeoutSeconds: this.timeoutSeconds, maxBytes: STATS_BYTES };
    try {
      const { text } = await readSoon(request);
      const word = parseStats(text, this.id);
      return typeof word === "string" ? { kind: "nonsense", why: word } : { kind: "words", word };
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      const { status, message: why, isNobody } = error;
      return status === void 0 ? { kind: "silent", why, isNobody } : { kind: "nonsense", why };
    }
  }
  /** @throws RequestProblem */
  drain() {
    return this.post("drain/enable");
  }
  /** @throws RequestProblem */
  undrain() {
    return this.post("drain/disable");
  }
  /**
   * Not reversible. Graceful: it takes nobody new, and leaves when nobody is on it. Forced: it leaves now.
   * @throws RequestProblem
   */
  shutdown(forced) {
    return this.post("shutdown", { "graceful-shutdown": !forced });
  }
  async post(path, body) {
    const request = {
      method: "POST",
      url: `${this.base}/${path}`,
      timeoutSeconds: this.timeoutSeconds,
      maxBytes: STATS_BYTES,
      ...body && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }
    };
    expectSuccess(request, await send(request));
  }
};
function parseStats(text, id) {
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    return "its statistics are no JSON";
  }
  if (!isObject(json)) return "its statistics are no JSON object";
  if (!isRelayOf(json["relay_id"], id)) return "its relay id is another machine's";
  const stress = number(json, "stress_level", MOST_STRESS);
  const [localEndpoints, conferences, joined, configured, connected, clients] = [
    "local_endpoints",
    "conferences",
    "mucs_joined",
    "mucs_configured",
    "muc_clients_connected",
    "muc_clients_configured"
  ].map((field) => whole(json, field));
  const [drain, graceful, leaving, healthy] = ["drain", "graceful_shutdown", "shutting_down", "healthy"].map(
    (field) => flag(json, field)
  );
  const countedAt = timestamp(json["current_timestamp"]);
  const lacks = [
    stress,
    localEndpoints,
    conferences,
    joined,
    configured,
    connected,
    clients,
    drain,
    graceful,
    leaving,
    healthy
  ];
  if (lacks.includes(void 0)) return "its statistics lack a number or a state, or have one that cannot be";
  if (countedAt === void 0) return "its statistics have no time";
  return {
    countedAt,
    stress,
    localEndpoints,
    conferences,
    drain,
    shuttingDown: graceful || leaving,
    ready: healthy && joined === configured && connected === clients
  };
}
function isRelayOf(relay, id) {
  return typeof relay === "string" && relay.startsWith(`${id}-`) && /^[0-9]+$/.test(relay.slice(id.length + 1));
}
function number(json, field, most) {
  const value = json[field];
  return typeof value === "number" && value >= 0 && value <= most ? value : void 0;
}
function whole(json, field) {
  const value = number(json, field, MOST_PEOPLE);
  return Number.isInteger(value) ? value : void 0;
}
function flag(json, field) {
  const value = json[field];
  return typeof value === "boolean" ? value : void 0;
}
function timestamp(value) {
  const [, day, time] = typeof value === "string" ? /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)Z?$/.exec(value) ?? [] : [];
  const milliseconds = Date.parse(`${day}T${time}Z`);
  return Number.isFinite(milliseconds) ? milliseconds / 1e3 : void 0;
}

// keeper/clients/jicofo.ts
var DEBUG_BYTES = 32e6;
var Jicofo = class {
  /** @param endpoint without a path */
  constructor(endpoint, timeoutSeconds) {
    this.endpoint = endpoint;
    this.timeoutSeconds = timeoutSeconds;
  }
  endpoint;
  timeoutSeconds;
  /** Every bridge in the brewery. @throws RequestProblem */
  async bridges() {
    const request = {
      url: `${this.endpoint}/debug`,
      timeoutSeconds: this.timeoutSeconds,
      maxBytes: DEBUG_BYTES
    };
    const json = parseObject((await readSoon(request)).text);
    const selector = json["bridge_selector"];
    const bridges = isObject(selector) ? selector["bridge"] : void 0;
    if (!isObject(bridges)) throw new RequestProblem("Jicofo's answer names no bridges");
    return Object.entries(bridges).map(([jid, bridge]) => {
      const { "relay-id": relay, endpoints, operational } = isObject(bridge) ? bridge : {};
      const isCount = typeof endpoints === "number" && Number.isInteger(endpoints) && endpoints >= 0;
      return {
        jid,
        names: [jid.slice(jid.lastIndexOf("/") + 1), ...typeof relay === "string" ? [relay] : []],
        endpoints: isCount ? endpoints : void 0,
        isOperational: operational !== false
      };
    });
  }
  /** Moves everybody on a bridge to others. Drain it first, or they come back. @throws RequestProblem */
  async moveAll(jid) {
    const query = new URLSearchParams({ bridge: jid, fraction: "1" });
    const request = {
      url: `${this.endpoint}/move-endpoints/move-fraction?${query.toString()}`,
      timeoutSeconds: this.timeoutSeconds
    };
    expectSuccess(request, await send(request));
  }
};
var entriesOf = (bridges, id) => bridges.filter(({ names }) => names.some((name) => isRelayOf(name, id)));
function isRefused(bridges, id) {
  const own = entriesOf(bridges, id);
  return own.length > 0 && own.every(({ isOperational }) => !isOperational);
}
function endpointsOn(bridges, id) {
  if (bridges.length === 0) return void 0;
  let sum2 = 0;
  for (const { endpoints } of entriesOf(bridges, id)) {
    if (endpoints === void 0) return void 0;
    sum2 += endpoints;
  }
  return sum2;
}

// keeper/clock.ts
function machineClock() {
  const monotonic = () => performance.now() / 1e3;
  const wall = () => Date.now() / 1e3;
  const began = wall() - monotonic();
  return { monotonic, wall, now: () => began + monotonic() };
}
var passedSince = (moment, clock) => Math.max(clock.monotonic() - moment.monotonic, clock.wall() - moment.wall);
var momentOf = (clock) => ({ monotonic: clock.monotonic(), wall: clock.wall() });
var JUMP_SECONDS = 1;
var JumpWatch = class {
  constructor(clock, log) {
    this.clock = clock;
    this.log = log;
  }
  clock;
  log;
  offset;
  look() {
    const offset = this.clock.wall() - this.clock.now();
    const jump = offset - (this.offset ?? offset);
    if (Math.abs(jump) > JUMP_SECONDS)
      this.log("WARNING", "clock-jumped", { seconds: Number(jump.toFixed(1)) });
    this.offset = offset;
  }
};

// keeper/phase.ts
var SERVING = /* @__PURE__ */ new Set(["NONE", "REFRESHING", "VERIFYING"]);
var MAKING = /* @__PURE__ */ new Set(["CREATING", "CREATING_WITHOUT_RETRIES", "STARTING", "RESUMING"]);
var BOOTING = /* @__PURE__ */ new Set([void 0, "PROVISIONING", "STAGING"]);
function phaseOf({
  currentAction,
  status
}) {
  if (MAKING.has(currentAction)) return "coming";
  if (!SERVING.has(currentAction)) return "leaving";
  return status === "RUNNING" ? "running" : BOOTING.has(status) ? "coming" : "leaving";
}

// keeper/observe.ts
var CLOCKS_AGREE_SECONDS = 2;
var Observer = class {
  constructor(means) {
    this.means = means;
  }
  means;
  /** When each bridge last counted something new: by its own clock, and by ours when we heard of it. */
  heard = /* @__PURE__ */ new Map();
  async look(patience) {
    const { compute, jicofo, pool } = this.means;
    const label = { key: "fleet-pool", value: pool.pool.slice(`${pool.tags["account"] ?? ""}-`.length) };
    const [group, managed, listed, known2] = await Promise.all([
      orProblem(compute.describeGroup(patience)),
      orProblem(compute.listManagedInstances(patience)),
      orProblem(compute.listInstances(label, patience)),
      orProblem(jicofo.bridges())
    ]);
    const jicofoBridges = known2 instanceof RequestProblem ? void 0 : known2;
    const problems = [
      ...new Set(
        [group, managed, listed, known2].flatMap(
          (each) => each instanceof RequestProblem ? [each.message] : []
        )
      )
    ];
    const nothing = { group: void 0, bridges: [], machines: /* @__PURE__ */ new Map(), silent: /* @__PURE__ */ new Map() };
    if (group instanceof RequestProblem || managed instanceof RequestProblem || listed instanceof RequestProblem)
      return { ...nothing, problems };
    const instances = new Map(listed.instances.map((instance2) => [instance2.name, instance2]));
    const running = managed.filter((each) => phaseOf(each) === "running");
    const lost = running.filter(({ name }) => !instances.has(name)).map(({ name }) => name);
    if (lost.length > 0)
      return {
        ...nothing,
        problems: [...problems, `Compute Engine does not list ${lost.join(", ")} of the group`]
      };
    if (running.some(({ template }) => template === ""))
      return {
        ...nothing,
        problems: [...problems, "Compute Engine does not say what the group's machines were made from"]
      };
    if (group.removes)
      problems.push("the autoscaler's mode lets it remove machines with calls: deploy the pool's stack");
    const machines = new Map(running.flatMap((each) => this.reach(each, instances)));
    const [release, answers] = await Promise.all([
      orProblem(compute.releaseOf(group.template, patience)),
      Promise.all([...machines].map(async ([id, { bridge }]) => [id, await bridge.ask()]))
    ]);
    if (release instanceof RequestProblem) problems.push(release.message);
    const stats = this.believe(new Map(answers));
    const down = new Set(
      answers.flatMap(([id, answer]) => answer.kind === "silent" && answer.isNobody ? [id] : [])
    );
    const silent = new Map(
      [...stats].flatMap(([id, each]) => typeof each === "string" ? [[id, each]] : [])
    );
    return {
      group: {
        target: group.target,
        recommended: group.recommended,
        min: group.min,
        max: group.max,
        template: nameIn(group.template),
        release: release instanceof RequestProblem ? void 0 : release
      },
      bridges: managed.map(
        (each) => this.view(each, instances.get(each.name), listed.date, stats, down.has(each.name), jicofoBridges)
      ),
      machines,
      silent,
      problems
    };
  }
  reach({ name, link }, instances) {
    const address = instances.get(name)?.address;
    const { bridgePort, requestSeconds } = this.means;
    return address === void 0 ? [] : [[name, { link, bridge: new Bridge(name, address, bridgePort, requestSeconds) }]];
  }
  /** Statistics with their age, or why there are none. */
  believe(answers) {
    const { clock, pool } = this.means;
    const [monotonic, wall] = [clock.monotonic(), clock.wall()];
    const heard = /* @__PURE__ */ new Map();
    const stats = /* @__PURE__ */ new Map();
    for (const [id, answer] of answers) {
      if (answer.kind !== "words") {
        const before2 = this.heard.get(id);
        if (before2) heard.set(id, before2);
        stats.set(id, answer.why);
        continue;
      }
      const { countedAt, ...word } = answer.word;
      const before = this.heard.get(id);
      const isNew = before?.countedAt !== countedAt;
      const since = isNew ? monotonic : before.since;
      heard.set(id, { countedAt, since });
      const standsStill = !isNew && monotonic - since >= pool.intervalSeconds / 2;
      stats.set(id, standsStill ? "its statistics stand still" : { ...word, ageSeconds: wall - countedAt });
    }
    this.heard = heard;
    return stats;
  }
  view(managed, instance2, cloudTime, stats, isDown, jicofoBridges) {
    const wall = this.means.clock.wall();
    const now = cloudTime !== void 0 && Math.abs(cloudTime - wall) > CLOCKS_AGREE_SECONDS ? cloudTime : wall;
    const said = stats.get(managed.name);
    const own = typeof said === "object" ? said : void 0;
    const isUsed = !jicofoBridges || !isRefused(jicofoBridges, managed.name);
    return {
      id: managed.name,
      ageSeconds: instance2 ? Math.max(0, now - instance2.createdAt) : 0,
      template: nameIn(managed.template),
      release: instance2?.labels["fleet-release"],
      phase: phaseOf(managed),
      stats: own && { ...own, ready: own.ready && isUsed },
      isDown,
      jicofoEndpoints: jicofoBridges && endpointsOn(jicofoBridges, managed.name)
    };
  }
};

// keeper/act.ts
var ActProblem = class extends Error {
};
var TurnProblem = class extends Error {
};
async function act(action, hands) {
  const { compute, jicofo, patience, assertTurn } = hands;
  assertTurn();
  switch (action.kind) {
    case "drain":
      return ofBridge(machine(hands, action.bridge).bridge.drain());
    case "undrain":
      return ofBridge(machine(hands, action.bridge).bridge.undrain());
    case "shutdown":
      return ofBridge(machine(hands, action.bridge).bridge.shutdown(action.forced));
    case "move": {
      const entries = entriesOf(await ofBridge(jicofo.bridges()), action.bridge);
      if (entries.length === 0) throw new ActProblem("Jicofo does not know it");
      for (const { jid } of entries) {
        assertTurn();
        await ofBridge(jicofo.moveAll(jid));
      }
      return;
    }
    case "delete": {
      const { link } = machine(hands, action.bridge);
      await assertNobodyIsOn(action.bridge, hands);
      assertTurn();
      return compute.deleteInstance(link, patience);
    }
    case "set-min":
      return compute.setMinimum(action.min, patience);
  }
}
async function assertNobodyIsOn(id, hands) {
  const [answer, known2] = await Promise.all([
    machine(hands, id).bridge.ask(),
    ofBridge(hands.jicofo.bridges())
  ]);
  const people = endpointsOn(known2, id);
  if (people !== 0)
    throw new ActProblem(`Jicofo ${people === void 0 ? "does not say who is" : `counts ${people}`} on it`);
  if (answer.kind === "nonsense") throw new ActProblem(`it answers, but not as it should: ${answer.why}`);
  if (answer.kind === "silent") {
    if (answer.isNobody) return;
    throw new ActProblem(`it does not answer, and may be there all the same: ${answer.why}`);
  }
  const { countedAt, localEndpoints, shuttingDown } = answer.word;
  if (!hands.isFresh(countedAt)) throw new ActProblem("its statistics are old");
  if (localEndpoints > 0) throw new ActProblem(`it counts ${localEndpoints} on it`);
  if (!shuttingDown) throw new ActProblem("it is not leaving: its program began anew");
}
function machine({ machines }, id) {
  const found = machines.get(id);
  if (!found) throw new ActProblem(`${id} has no address`);
  return found;
}
var ofBridge = (promise) => promise.catch((error) => {
  throw error instanceof RequestProblem ? new ActProblem(error.message) : error;
});
var isExpected = (error) => error instanceof ActProblem || error instanceof TurnProblem || error instanceof RequestProblem;

// keeper/decision-log.ts
var KEPT = 20;
function wordsOf(action) {
  return action.kind === "set-min" ? { kind: action.kind, reason: `${action.min}: ${action.reason}` } : { kind: action.kind, bridge: action.bridge, reason: action.reason };
}
var isSame = (a, b2) => a.kind === b2.kind && a.bridge === b2.bridge;
var DecisionLog = class {
  constructor(decisions = []) {
    this.decisions = decisions;
  }
  decisions;
  /**
   * @param at ISO 8601
   * @returns whether it is another one than those that were not done before
   */
  add(action, at) {
    const words = wordsOf(action);
    const others = this.decisions.filter((each) => each.done || !isSame(each, words));
    const isNew = others.length === this.decisions.length;
    this.decisions = [...others, { at, ...words, done: false }].slice(-KEPT);
    return isNew;
  }
  markDone(action) {
    const words = wordsOf(action);
    this.decisions = this.decisions.map(
      (each) => !each.done && isSame(each, words) ? { ...each, done: true } : each
    );
  }
};

// keeper/carry-out.ts
async function carryOut(actions, hands, log, done) {
  const failures = [];
  const troubled = /* @__PURE__ */ new Set();
  for (const action of actions) {
    const { kind, bridge } = wordsOf(action);
    if (bridge !== void 0 && troubled.has(bridge)) continue;
    try {
      await act(action, hands);
    } catch (error) {
      if (!isExpected(error)) throw error;
      const of = bridge === void 0 ? "" : ` of ${bridge}`;
      failures.push(`${kind}${of} was not done: ${error.message}`);
      log("ERROR", "not-done", { ...wordsOf(action), problem: error.message });
      if (bridge === void 0 || !(error instanceof ActProblem)) return failures;
      troubled.add(bridge);
      continue;
    }
    log("NOTICE", "decision", wordsOf(action));
    done(action);
  }
  return failures;
}

// keeper/decide/situation.ts
var GONE_AFTER = 900;
var sum = (values) => values.reduce((total, value) => total + value, 0);
var canCarry = (bridges, load, meanStress) => load <= meanStress * bridges + 1e-9;
var isFresh = (bridge, { staleSeconds }) => bridge.stats !== void 0 && Math.abs(bridge.stats.ageSeconds) <= staleSeconds;
var isOld = ({ template }, group) => template !== group.template;
var isEmpty = (bridge) => bridge.stats?.localEndpoints === 0 && bridge.jicofoEndpoints === 0;
function situationOf(o, group, settings, memory) {
  const running = o.bridges.filter(({ phase }) => phase === "running");
  const active = [];
  const drained = [];
  const dying = [];
  const silent = [];
  const carrying = [];
  let coming = o.bridges.filter(({ phase }) => phase === "coming").length;
  for (const bridge of running) {
    const drain = memory.drains[bridge.id];
    if (drain?.shutdownAt !== void 0) dying.push({ ...bridge, drain });
    else if (!isFresh(bridge, settings)) {
      if (bridge.ageSeconds > settings.protectSeconds) silent.push(bridge);
      else coming += 1;
    } else {
      if (drain?.why !== "order") carrying.push(bridge);
      if (drain) {
        if (drain.why !== "order") drained.push({ ...bridge, drain });
      } else if (bridge.stats.ready) active.push(bridge);
      else if (bridge.ageSeconds > settings.protectSeconds) silent.push(bridge);
      else coming += 1;
    }
  }
  return {
    now: o.now,
    group,
    active,
    drained,
    dying,
    stuck: dying.filter(({ drain }) => drain.why !== "order" && o.now - drain.shutdownAt > GONE_AFTER),
    silent,
    coming,
    load: sum(carrying.map(({ stats }) => stats.stress)),
    floor: Math.max(settings.min, o.scheduledBridges),
    old: running.filter((bridge) => isOld(bridge, group) && memory.drains[bridge.id]?.why !== "order"),
    kept: running.filter(({ id }) => memory.drains[id]?.why === "order").length,
    mixed: new Set(running.map(({ release }) => release)).size > 1
  };
}

// keeper/decide/plan-removals.ts
function planRemovals(situation, settings, memory, { isHeld, mayRenew }) {
  const { now, group, active, dying, drained, floor, load } = situation;
  const actions = [];
  const drains = new Map(Object.entries(memory.drains));
  let { target } = group;
  for (const bridge of dying) {
    if (bridge.drain.why === "order" || !isGone(bridge, settings)) continue;
    if (target - 1 < settings.min) {
      drains.delete(bridge.id);
      continue;
    }
    target -= 1;
    actions.push({ kind: "delete", bridge: bridge.id, reason: leftBecause(bridge.drain) });
  }
  let size = group.target - dying.length;
  let able = active.length + drained.filter(({ stats }) => stats.ready).length;
  const waiting = dying.filter((bridge) => !isGone(bridge, settings)).map(({ id }) => `${id} leaves`);
  for (const bridge of isHeld ? [] : [...drained].sort(emptyAndOldestFirst)) {
    if (!drains.has(bridge.id)) continue;
    const isRenewal = mayRenew && isOld(bridge, group);
    const wished = Math.max(group.min - situation.kept, group.recommended ?? Infinity);
    const needed = Math.max(floor, isRenewal ? Math.ceil(load / settings.fullStress) : wished);
    const isWreck = isOld(bridge, group) && !bridge.stats.ready;
    if (!isWreck && Math.min(size, able) - 1 < needed) {
      waiting.push(`${bridge.id} stays in reserve`);
      continue;
    }
    const step = nextStep(bridge, situation, settings);
    const goesNext = bridge.drain.emptySince !== void 0 || bridge.drain.movedAt !== void 0;
    if (typeof step !== "string" || goesNext) [size, able] = [size - 1, able - (isWreck ? 0 : 1)];
    if (typeof step === "string") {
      waiting.push(step);
      continue;
    }
    actions.push(step);
    const isMove = step.kind === "move";
    drains.set(bridge.id, { ...bridge.drain, ...isMove ? { movedAt: now } : { shutdownAt: now } });
  }
  return { actions, memory: { ...memory, drains: Object.fromEntries(drains) }, summary: waiting.join(", ") };
}
var emptyAndOldestFirst = (a, b2) => Number(a.drain.emptySince === void 0) - Number(b2.drain.emptySince === void 0) || a.drain.since - b2.drain.since || (a.id < b2.id ? -1 : 1);
var leftBecause = ({ why }) => why === "renewal" ? "nobody is on it; it was made from an old template" : "nobody is on it, and it is one too many";
var isGone = (bridge, settings) => isFresh(bridge, settings) ? bridge.stats.shuttingDown && isEmpty(bridge) : bridge.isDown && bridge.jicofoEndpoints === 0;
function nextStep(bridge, { now, active, load }, settings) {
  const { drain, stats, id } = bridge;
  const people = Math.max(stats.localEndpoints, bridge.jicofoEndpoints ?? 0);
  const { settleSeconds, drainDeadlineSeconds, moveAtDeadline, fullStress } = settings;
  if (!stats.drain || now - drain.since < settleSeconds || bridge.jicofoEndpoints === void 0)
    return `${id} has just been drained`;
  if (drain.emptySince !== void 0) {
    if (now - drain.emptySince < settleSeconds) return `${id} is empty`;
    return { kind: "shutdown", bridge: id, forced: false, reason: "nobody is on it" };
  }
  const drainedFor = now - drain.since;
  const isFew = people <= settings.moveEarlyBelow && drainedFor >= settings.moveEarlySeconds;
  if (!moveAtDeadline || drainedFor < drainDeadlineSeconds && !isFew) return `${id} waits for ${people}`;
  if (!stats.ready) return `${id}: nobody would move its ${people}, it is not in every brewery`;
  const takers = active.filter((other) => other.id !== id);
  if (takers.length === 0 || !canCarry(takers.length, load, fullStress))
    return `${id}: nobody could take its ${people}`;
  const since = `${Math.round(drainedFor / 60)} minutes after its drain`;
  if (drain.movedAt === void 0)
    return { kind: "move", bridge: id, reason: `${people} are still on it ${since}` };
  if (now - drain.movedAt < settleSeconds) return `${id}: ${people} are being moved`;
  return { kind: "shutdown", bridge: id, forced: true, reason: `${people} did not move ${since}` };
}

// keeper/decide/plan-renewal.ts
function renewalLimits({ group, old, mixed }, settings) {
  if (old.length === 0) return { mayRenew: false, reason: "" };
  const seconds = renewalSeconds(old.length, settings);
  const changesRelease = old.some(({ release }) => release === void 0 || release !== group.release);
  if (!changesRelease || mixed || seconds <= settings.mixedSeconds) return { mayRenew: true, reason: "" };
  return {
    mayRenew: false,
    reason: `no renewal: ${old.length} bridges would be mixed with a new release for ${hours(seconds)}, and ${hours(settings.mixedSeconds)} are allowed`
  };
}
function planRenewal(situation, settings, { mayRenew, reason }) {
  const { group, active, old, load, floor, coming, silent, kept } = situation;
  const least = Math.max(settings.min, Math.min(group.max, settings.min + kept));
  const isLow = group.min < least && least <= group.max;
  const isOver = !active.some((bridge) => isOld(bridge, group));
  if (!mayRenew || isLow || isOver) {
    const isRoomLeft = group.min > least;
    const why2 = isLow ? `the minimum is ${settings.min}, beside ${kept} that people keep out of use` : "no renewal needs room";
    return {
      actions: isRoomLeft || isLow ? [{ kind: "set-min", min: least, reason: why2 }] : [],
      summary: reason || (old.length > 0 ? `renews ${old.length}` : ""),
      renews: false
    };
  }
  const isNewWell = active.some((bridge) => !isOld(bridge, group));
  const needed = Math.max(floor, Math.ceil(load / settings.fullStress));
  const renews = isNewWell && active.length > needed;
  const plan = (actions, summary) => ({
    actions,
    summary,
    renews
  });
  const text = `renews ${old.length}`;
  const isFilling = coming > 0 || group.min > group.target || silent.some((bridge) => !isOld(bridge, group));
  if (renews || isFilling) return plan([], text);
  const wanted = Math.max(least, group.target + Math.min(settings.drainsAtOnce, old.length));
  const room = Math.min(group.max, wanted);
  if (room <= group.target) return plan([], `${text}: the group is at its maximum of ${group.max}`);
  if (room <= Math.max(group.min, least)) return plan([], text);
  const why = `room for the renewal of ${old.length} ${old.length === 1 ? "bridge" : "bridges"}`;
  return plan([{ kind: "set-min", min: room, reason: why }], text);
}
var renewalSeconds = (bridges, { drainsAtOnce, bootSeconds, drainDeadlineSeconds, settleSeconds, moveAtDeadline }) => moveAtDeadline ? Math.ceil(bridges / drainsAtOnce) * (bootSeconds + drainDeadlineSeconds + 4 * settleSeconds) : Infinity;
var hours = (seconds) => seconds === Infinity ? "a time that nobody knows (moveAtDeadline is false)" : `${(seconds / 3600).toFixed(1)} hours`;

// keeper/decide/refresh-memory.ts
function refreshMemory(o, group, settings, memory) {
  const drains = {};
  for (const bridge of o.bridges) {
    const known2 = drainOf(bridge, o.now, settings, memory);
    const ordered = o.orders.drain.includes(bridge.id);
    const fresh = isFresh(bridge, settings);
    if (bridge.phase !== "running") continue;
    if (known2?.why === "order" && !ordered && known2.shutdownAt === void 0) {
      if (!fresh) drains[bridge.id] = known2;
      continue;
    }
    if (known2) drains[bridge.id] = recall(known2, bridge, o, settings, ordered);
    else if (ordered) drains[bridge.id] = { since: o.now, why: "order" };
    else if (fresh && (bridge.stats.drain || bridge.stats.shuttingDown)) {
      const why = isOld(bridge, group) ? "renewal" : "scale-in";
      drains[bridge.id] = { since: o.now, why, ...bridge.stats.shuttingDown && { shutdownAt: o.now } };
    }
  }
  const { surplusSince } = memory;
  return {
    drains,
    ...surplusSince !== void 0 && { surplusSince: Math.min(surplusSince, o.now) }
  };
}
function drainOf({ id, ageSeconds }, now, { staleSeconds }, { drains }) {
  const drain = drains[id];
  return drain && now - drain.since <= ageSeconds + staleSeconds ? drain : void 0;
}
function recall(drain, bridge, { now }, settings, ordered) {
  const { emptySince, movedAt, shutdownAt, ...rest } = drain;
  const past = (time) => Math.min(time, now);
  const fresh = isFresh(bridge, settings);
  const refused = shutdownAt !== void 0 && fresh && !bridge.stats.shuttingDown && now - shutdownAt > settings.settleSeconds;
  const leaves = shutdownAt !== void 0 && !refused;
  const isNobodyThere = fresh && (bridge.stats.drain || bridge.stats.shuttingDown) && isEmpty(bridge);
  return {
    ...rest,
    // The time that people had it drained for is not held against the calls on it.
    since: drain.why === "order" && !ordered ? now : past(drain.since),
    why: ordered ? "order" : drain.why === "order" ? "scale-in" : drain.why,
    ...isNobodyThere && { emptySince: past(emptySince ?? now) },
    ...movedAt !== void 0 && { movedAt: past(movedAt) },
    ...leaves && { shutdownAt: past(shutdownAt) },
    ...!leaves && fresh && bridge.stats.shuttingDown && { shutdownAt: now }
  };
}

// keeper/decide/start-drain.ts
function startDrain(situation, settings, memory, { mayDrain, mayRenew, renews }) {
  const { now, active, load, floor, group, silent, stuck } = situation;
  const stays = (next2, summary) => ({ actions: [], memory: next2, summary });
  const { surplusSince: _2, ...withoutSurplus } = memory;
  const wreck = silent.find(
    (bridge) => isFresh(bridge, settings) && !bridge.stats.drain && isOld(bridge, group) && isEmpty(bridge)
  );
  if (wreck && active.length > 0)
    return {
      actions: [
        { kind: "drain", bridge: wreck.id, reason: "it was made from an old template, and is in no brewery" }
      ],
      memory: { ...withoutSurplus, drains: { ...memory.drains, [wreck.id]: { since: now, why: "renewal" } } },
      summary: ""
    };
  const others = active.length - 1;
  const isKnown = active.every(({ stats }) => stats.stress < 1);
  const isOneTooMany = isKnown && others >= Math.max(1, floor) && canCarry(others, load, settings.fullStress);
  if (!mayDrain || !isOneTooMany || group.recommended === void 0) {
    const summary = silent.length > 0 ? `drains none: ${silent.map(({ id }) => id).join(", ")} ${silent.length === 1 ? "does" : "do"} not answer` : stuck.length > 0 ? `drains none: ${stuck.map(({ id }) => id).join(", ")} left long ago, and ${stuck.length === 1 ? "is" : "are"} still there` : group.recommended === void 0 ? "drains none: the autoscaler does not say what it would like" : "";
    return stays(withoutSurplus, summary);
  }
  const since = memory.surplusSince ?? now;
  const next = { ...withoutSurplus, surplusSince: since };
  const isOne = (bridge) => isOld(bridge, group);
  const isRenewal = renews && active.some(isOne);
  if (!isRenewal && now - since < settings.surplusSeconds)
    return stays(next, "one bridge too many, just now");
  const underWay = Object.values(memory.drains).filter(
    ({ why: why2, emptySince }) => why2 !== "order" && emptySince === void 0
  ).length;
  const isChange = isRenewal && group.release !== void 0 && active.some(
    ({ template, release }) => isOld({ template }, group) && release !== void 0 && release !== group.release
  );
  if (underWay >= settings.drainsAtOnce && !isChange) return stays(next, `${underWay} drains are under way`);
  const candidates = active.filter(
    (bridge) => bridge.ageSeconds >= settings.protectSeconds && bridge.jicofoEndpoints !== void 0
  );
  const hasOld = mayRenew && active.some(isOne) || candidates.some(isOne);
  const [victim] = (hasOld ? candidates.filter(isOne) : candidates).sort(soonestEmptyFirst);
  if (!victim)
    return stays(next, mayRenew ? "new bridges stay until the renewal is over" : "all bridges are young");
  const why = isOne(victim) && renews ? "renewal" : "scale-in";
  const mean = (load / others).toFixed(2);
  const reason = why === "renewal" ? "it was made from an old template, and a new bridge takes calls" : `one too many: the others would be at a mean stress of ${mean}; ${victim.stats.localEndpoints} are on it`;
  return {
    actions: [{ kind: "drain", bridge: victim.id, reason }],
    memory: { ...next, drains: { ...next.drains, [victim.id]: { since: now, why } } },
    summary: ""
  };
}
var soonestEmptyFirst = (a, b2) => a.stats.conferences - b2.stats.conferences || a.stats.localEndpoints - b2.stats.localEndpoints || b2.ageSeconds - a.ageSeconds || (a.id < b2.id ? -1 : 1);

// keeper/decide/take-back.ts
function takeBack({ active, drained, floor, group, load }, { fullStress, releaseStress }, memory) {
  const busy = sum(active.map(({ stats }) => stats.stress));
  const tooBusy = busy > releaseStress * active.length;
  const wanted = Math.max(floor, tooBusy ? Math.ceil(load / fullStress) : 0) - active.length;
  const chosen = drained.filter(({ stats }) => stats.ready).sort(mostUseful(group)).slice(0, Math.max(0, wanted));
  if (chosen.length === 0) return { actions: [], memory };
  const reason = tooBusy ? `the bridges that take calls are at a mean stress of ${(busy / Math.max(1, active.length)).toFixed(2)}, above ${releaseStress}` : `${active.length} bridges take calls, and ${floor} must`;
  const { surplusSince: _2, ...rest } = memory;
  const left = Object.entries(memory.drains).filter(([id]) => !chosen.some((bridge) => bridge.id === id));
  return {
    actions: chosen.map(({ id }) => ({ kind: "undrain", bridge: id, reason })),
    memory: { ...rest, drains: Object.fromEntries(left) }
  };
}
var mostUseful = (group) => (a, b2) => Number(isOld(a, group)) - Number(isOld(b2, group)) || b2.stats.localEndpoints - a.stats.localEndpoints || (a.id < b2.id ? -1 : 1);

// keeper/decide/decide.ts
function decide(observation, settings, memory) {
  const { group, orders: told } = observation;
  if (!group) return { actions: [], memory, summary: "waits: Compute Engine does not answer" };
  const before = refreshMemory(observation, group, settings, memory);
  const situation = situationOf(observation, group, settings, before);
  if (told.paused) return pause(situation, before);
  const back = takeBack(situation, settings, before);
  const given = giveBack(observation, settings, memory, before);
  const orders = followOrders(observation, settings, back.memory);
  const isGrowing = back.actions.length + given.length > 0;
  const isHeld = isGrowing || situation.silent.length > 0 || situation.stuck.length > 0;
  const limits = renewalLimits(situation, settings);
  const removals = planRemovals(situation, settings, back.memory, {
    isHeld,
    mayRenew: limits.mayRenew
  });
  const renewal = planRenewal(situation, settings, limits);
  const start = startDrain(situation, settings, removals.memory, {
    mayDrain: !isHeld,
    mayRenew: limits.mayRenew,
    renews: renewal.renews
  });
  return {
    actions: [
      ...given,
      ...back.actions,
      ...orders,
      ...removals.actions,
      ...renewal.actions,
      ...start.actions
    ],
    memory: start.memory,
    summary: [removals.summary, renewal.summary, start.summary].filter((text) => text !== "").join("; ")
  };
}
function pause({ drained }, memory) {
  const { surplusSince: _2, ...rest } = memory;
  const left = Object.entries(memory.drains).filter(([id]) => !drained.some((bridge) => bridge.id === id));
  return {
    actions: drained.map(({ id }) => ({ kind: "undrain", bridge: id, reason: "somebody paused the keeper" })),
    memory: { ...rest, drains: Object.fromEntries(left) },
    summary: "paused: somebody ordered it"
  };
}
var giveBack = ({ bridges }, settings, memory, next) => bridges.filter(({ id }) => memory.drains[id]?.why === "order" && !next.drains[id]).filter((bridge) => isFresh(bridge, settings) && bridge.stats.drain && !bridge.stats.shuttingDown).map(({ id }) => ({ kind: "undrain", bridge: id, reason: "people took their order back" }));
function followOrders({ bridges, orders, now }, settings, memory) {
  return bridges.flatMap((bridge) => {
    const drain = memory.drains[bridge.id];
    if (!drain || drain.shutdownAt !== void 0 || !isFresh(bridge, settings) || bridge.stats.drain)
      return [];
    const ordered = orders.drain.includes(bridge.id);
    if (!ordered && now - drain.since < settings.settleSeconds) return [];
    const reason = ordered ? "people ordered it" : "it takes calls, although it was drained";
    return [{ kind: "drain", bridge: bridge.id, reason }];
  });
}

// keeper/describe-bridge.ts
var WHY = {
  "scale-in": "drained: one too many",
  renewal: "drained: made from an old template",
  order: "drained: people ordered it"
};
function describeBridge(bridge, drain, silent) {
  const { id, phase, ageSeconds, stats } = bridge;
  return {
    id,
    phase,
    ageSeconds: Math.round(ageSeconds),
    stress: stats ? stats.stress : null,
    localEndpoints: stats ? stats.localEndpoints : null,
    drain: drain ?? null,
    state: sentence(bridge, drain, silent)
  };
}
function sentence({ phase, stats }, drain, silent) {
  if (phase === "coming") return "is being made";
  if (phase === "leaving") return "is being removed, made anew or stopped";
  if (drain?.shutdownAt !== void 0) return "was told to leave";
  if (!stats) return `does not answer (${silent ?? "it has no address"})`;
  if (drain) return drain.emptySince === void 0 ? WHY[drain.why] : `${WHY[drain.why]}, empty`;
  return stats.ready ? "takes calls" : "is not ready";
}

// keeper/describe-pool.ts
var describePool = ({ group, bridges, silent }, { memory, summary }, { mode, intervalSeconds }) => ({
  mode,
  intervalSeconds,
  memory,
  summary,
  group: group ?? null,
  bridges: bridges.map((each) => describeBridge(each, memory.drains[each.id], silent.get(each.id)))
});

// keeper/lease.ts
var Lease = class {
  /** @param me id of this process */
  constructor(me, seconds, clock) {
    this.me = me;
    this.seconds = seconds;
    this.clock = clock;
  }
  me;
  seconds;
  clock;
  seen;
  /** @param holder the process that the state names; undefined when the state cannot be read */
  turn({ generation, text }, holder) {
    const now = this.clock.monotonic();
    if (this.seen?.generation !== generation) this.seen = { generation, since: now };
    if (text === void 0) return "free";
    if (holder === this.me) return "mine";
    return holder === "" || now - this.seen.since >= this.seconds ? "free" : "theirs";
  }
};

// keeper/orders.ts
var NO_ORDERS = { paused: null, drain: [] };
function parseOrders(text) {
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    return "it is no JSON";
  }
  if (!isRecord(json)) return "it is no JSON object";
  const { paused, drain } = json;
  if (paused !== null && !isPause(paused)) return "paused is neither null nor an order";
  if (!Array.isArray(drain) || !drain.every(isDrainOrder)) return "drain is no list of orders";
  return { paused, drain };
}
var ordersAt = ({ paused, drain }, wall) => ({
  paused: isInForce(paused, wall),
  drain: drain.map(({ bridge }) => bridge)
});
var isInForce = (paused, wall) => paused !== null && (paused.until === null || wall < Date.parse(paused.until) / 1e3);
var isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
var isTime = (value) => typeof value === "string" && !Number.isNaN(Date.parse(value));
var isPause = (value) => isRecord(value) && typeof value["by"] === "string" && isTime(value["at"]) && (value["until"] === null || isTime(value["until"])) && (value["reason"] === null || typeof value["reason"] === "string");
var isDrainOrder = (value) => isRecord(value) && typeof value["bridge"] === "string" && typeof value["by"] === "string" && isTime(value["at"]);

// keeper/pool-points.ts
var groupPoint = (pool, { target, recommended, min, max }, { drains }, time) => ({
  measurement: "keeper",
  tags: { ...pool.tags, pool: pool.pool },
  fields: { size: target, recommended_size: recommended, min, max, draining: Object.keys(drains).length },
  time
});
function decisionPoint(pool, action, time) {
  const { kind, reason, bridge } = wordsOf(action);
  return {
    measurement: "keeper_decision",
    tags: { ...pool.tags, pool: pool.pool, action: kind },
    fields: { reason, bridge },
    time
  };
}

// keeper/clients/object-store.ts
var ObjectStore = class {
  /** @param endpoint Cloud Storage, without a path */
  constructor(endpoint, bucket) {
    this.endpoint = endpoint;
    this.bucket = bucket;
  }
  endpoint;
  bucket;
  /** @throws RequestProblem */
  async read(name, send2) {
    const url = `${this.endpoint}/storage/v1/b/${this.bucket}/o/${encodeURIComponent(name)}?alt=media`;
    const { status, headers, text } = await send2({ url }, [403, 404]);
    if (status === 403 || status === 404)
      return { generation: "0", text: void 0, isRefused: status === 403, ageSeconds: void 0 };
    const generation = headers.get("x-goog-generation");
    if (generation === null || !/^[1-9][0-9]*$/.test(generation))
      throw new RequestProblem(`${name}: Cloud Storage does not say the generation`);
    const [date, modified] = [headers.get("date"), headers.get("last-modified")].map(
      (value) => Date.parse(value ?? "")
    );
    const age = (date - modified) / 1e3;
    return {
      generation,
      text,
      isRefused: false,
      ageSeconds: Number.isFinite(age) ? Math.max(0, age) : void 0
    };
  }
  /**
   * Writes an object if it still has the generation that it was read with ("0": if there is none).
   * @returns its new generation; undefined when somebody else wrote meanwhile
   * @throws RequestProblem; then nobody knows whether it was written
   */
  async write(name, text, generation, send2) {
    const query = new URLSearchParams({ uploadType: "media", name, ifGenerationMatch: generation });
    const answer = await send2(
      {
        url: `${this.endpoint}/upload/storage/v1/b/${this.bucket}/o?${query.toString()}`,
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: text
      },
      [412]
    );
    if (answer.status === 412) return void 0;
    const written = parseObject(answer.text)["generation"];
    if (typeof written !== "string")
      throw new RequestProblem(`${name}: Cloud Storage does not say the generation`);
    return written;
  }
};

// keeper/pool-store.ts
var STATE_OBJECT = "state.json";
var ORDERS_OBJECT = "orders.json";
var PoolStore = class {
  /** @param endpoint Cloud Storage, without a path */
  constructor(google, endpoint, { bucket, prefix }) {
    this.google = google;
    this.objects = new ObjectStore(endpoint, bucket);
    this.prefix = prefix;
  }
  google;
  objects;
  prefix;
  /** @throws RequestProblem */
  readState(patience) {
    return this.objects.read(this.prefix + STATE_OBJECT, this.sender(patience));
  }
  /** @throws RequestProblem */
  readOrders(patience) {
    return this.objects.read(this.prefix + ORDERS_OBJECT, this.sender(patience));
  }
  /**
   * @param generation the one that was read
   * @returns the new generation; undefined when somebody else wrote meanwhile
   * @throws RequestProblem; then nobody knows whether it was written
   */
  writeState(state, generation, patience) {
    return this.objects.write(
      this.prefix + STATE_OBJECT,
      JSON.stringify(state),
      generation,
      this.sender(patience)
    );
  }
  sender(patience) {
    return (call, accepted) => this.google.call(call, patience, accepted);
  }
};
function ordersIn(orders, state) {
  if (orders.isRefused && state.isRefused) return `${ORDERS_OBJECT} cannot be read: Cloud Storage refuses it`;
  if (orders.text === void 0) return NO_ORDERS;
  const parsed = parseOrders(orders.text);
  return typeof parsed === "string" ? `${ORDERS_OBJECT} is damaged: ${parsed}` : parsed;
}

// keeper/problem-log.ts
var ProblemLog = class {
  constructor(log) {
    this.log = log;
  }
  log;
  told;
  tell(problem) {
    if (problem === null && this.told !== void 0) this.log("NOTICE", "well-again");
    if (problem !== null && problem !== this.told) this.log("WARNING", "problem", { problem });
    this.told = problem ?? void 0;
  }
};

// keeper/only-observed.ts
function onlyObserved({ actions, memory, summary }, { bridges }) {
  const drained = new Set(
    bridges.filter(({ stats }) => stats?.drain || stats?.shuttingDown).map(({ id }) => id)
  );
  const drains = Object.entries(memory.drains).filter(([id]) => drained.has(id));
  return { actions, memory: { ...memory, drains: Object.fromEntries(drains) }, summary };
}

// keeper/state.ts
function parseState(text) {
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    return "it is no JSON";
  }
  if (!isRecord2(json)) return "it is no JSON object";
  for (const [field, isRight] of Object.entries(FIELDS)) {
    if (!isRight(json[field])) return `${field} is missing, or not what it should be`;
  }
  return json;
}
var isRecord2 = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
var isText = (value) => typeof value === "string";
var isNumber = (value) => typeof value === "number" && Number.isFinite(value);
var isTime2 = (value) => isText(value) && !Number.isNaN(Date.parse(value));
var isNullOr = (isRight) => (value) => value === null || isRight(value);
var isMissingOr = (isRight) => (value) => value === void 0 || isRight(value);
var isListOf = (isRight) => (value) => Array.isArray(value) && value.every(isRight);
var isDrain = (value) => isRecord2(value) && isNumber(value["since"]) && ["scale-in", "renewal", "order"].includes(value["why"]) && ["emptySince", "movedAt", "shutdownAt"].every((field) => isMissingOr(isNumber)(value[field]));
var isMemory = (value) => isRecord2(value) && isRecord2(value["drains"]) && Object.values(value["drains"]).every(isDrain) && isMissingOr(isNumber)(value["surplusSince"]);
var isGroup = (value) => isRecord2(value) && isNumber(value["target"]) && isNumber(value["min"]) && isNumber(value["max"]) && isText(value["template"]) && isMissingOr(isNumber)(value["recommended"]) && isMissingOr(isText)(value["release"]);
var isBridge = (value) => isRecord2(value) && isText(value["id"]) && isNumber(value["ageSeconds"]) && isText(value["phase"]) && isNullOr(isNumber)(value["stress"]) && isNullOr(isNumber)(value["localEndpoints"]) && isNullOr(isDrain)(value["drain"]) && isText(value["state"]);
var isDecision = (value) => isRecord2(value) && isTime2(value["at"]) && isText(value["kind"]) && isMissingOr(isText)(value["bridge"]) && isText(value["reason"]) && typeof value["done"] === "boolean";
var FIELDS = {
  holder: isText,
  beat: isNumber,
  at: isTime2,
  now: isNumber,
  mode: (value) => value === "act" || value === "observe",
  intervalSeconds: isNumber,
  memory: isMemory,
  summary: isText,
  problem: isNullOr(isText),
  group: isNullOr(isGroup),
  bridges: isListOf(isBridge),
  decisions: isListOf(isDecision)
};
function shifted(memory, seconds) {
  const { surplusSince } = memory;
  const shift = ({ since, why, emptySince, movedAt, shutdownAt }) => ({
    since: since + seconds,
    why,
    ...emptySince !== void 0 && { emptySince: emptySince + seconds },
    ...movedAt !== void 0 && { movedAt: movedAt + seconds },
    ...shutdownAt !== void 0 && { shutdownAt: shutdownAt + seconds }
  });
  return {
    drains: Object.fromEntries(Object.entries(memory.drains).map(([id, drain]) => [id, shift(drain)])),
    ...surplusSince !== void 0 && { surplusSince: surplusSince + seconds }
  };
}

// keeper/decide/memory.ts
var EMPTY_MEMORY = { drains: {} };

// keeper/take-over.ts
var TOLERANCE_SECONDS = 5;
function takeOver({ ageSeconds }, state, clock) {
  const from = typeof state === "object" && state.holder !== "" ? state.holder : "nobody";
  const event = ["NOTICE", "takes-over", { from }];
  if (state === void 0) return { memory: EMPTY_MEMORY, events: [event] };
  if (typeof state === "string") {
    const damage = ["ERROR", "state-damaged", { problem: `${state}; the keeper begins anew` }];
    return { memory: EMPTY_MEMORY, events: [event, damage] };
  }
  const difference = ageSeconds === void 0 ? 0 : clock.now() - (state.now + ageSeconds);
  if (Math.abs(difference) <= TOLERANCE_SECONDS) return { memory: state.memory, events: [event] };
  const shift = ["WARNING", "clock-differs", { seconds: Number(difference.toFixed(1)) }];
  return { memory: shifted(state.memory, difference), events: [event, shift] };
}

// keeper/without-moves.ts
function withoutMoves(memory, bridges) {
  const drains = Object.entries(memory.drains).map(([id, drain]) => {
    const { movedAt: _2, ...rest } = drain;
    return [id, bridges.has(id) ? rest : drain];
  });
  return { ...memory, drains: Object.fromEntries(drains) };
}

// keeper/pool-keeper.ts
var READ_UNTIL = 0.6;
var WRITE_UNTIL = 0.9;
var BEAT_AFTER = 1.25;
var LEASE_INTERVALS = 4;
var PoolKeeper = class {
  constructor(means) {
    this.means = means;
    const { pool, holder, clock, log } = means;
    this.lease = new Lease(holder, LEASE_INTERVALS * pool.intervalSeconds, clock);
    this.problems = new ProblemLog(log);
    this.jumps = new JumpWatch(clock, log);
  }
  means;
  lease;
  problems;
  jumps;
  decisions = new DecisionLog();
  /** What this process wrote last; undefined while it is not the one that acts. */
  written;
  /** The keeper that this one watches. */
  watched;
  /** Why actions of the last round were not done. */
  failures = [];
  /** Bridges whose move the stored memory may take for granted, and that Jicofo did not do. */
  notMoved = /* @__PURE__ */ new Set();
  async round() {
    const { store, observer, clock, pool, stopping } = this.means;
    const begun = momentOf(clock);
    this.jumps.look();
    const reading = this.patience(begun, READ_UNTIL);
    const [stored, orders, sight] = await Promise.all([
      orProblem(store.readState(reading)),
      orProblem(store.readOrders(reading)),
      observer.look(reading)
    ]);
    if (stopping.aborted) return;
    if (stored instanceof RequestProblem)
      return this.problems.tell(`the state cannot be read: ${stored.message}`);
    const state = stored.text === void 0 ? void 0 : parseState(stored.text);
    const before = typeof state === "object" ? state : void 0;
    const turn = this.lease.turn(stored, before?.holder);
    if (turn === "theirs") return this.watch(state);
    const stood = passedSince(begun, clock);
    if (stood > pool.intervalSeconds)
      return this.problems.tell(`what was seen is ${Math.round(stood)} s old already`);
    if (turn === "free") this.decisions = new DecisionLog(before?.decisions);
    const { memory, events } = turn === "mine" && before ? { memory: withoutMoves(before.memory, this.notMoved), events: [] } : takeOver(stored, state, clock);
    this.watched = void 0;
    const known2 = orders instanceof RequestProblem ? orders.message : ordersIn(orders, stored);
    const decision = this.consider(sight, known2, memory);
    const next = this.describe(sight, decision, known2, (before?.beat ?? 0) + 1);
    this.measure(sight, decision.memory);
    const actions = pool.mode === "act" ? decision.actions : [];
    if (turn === "mine" && actions.length === 0 && !this.isDue(next)) return this.problems.tell(next.problem);
    for (const action of actions) if (action.kind === "move") this.notMoved.add(action.bridge);
    const at = momentOf(clock);
    const generation = await orProblem(
      store.writeState(next, stored.generation, this.patience(begun, WRITE_UNTIL))
    );
    if (generation instanceof RequestProblem)
      return this.problems.tell(`the state cannot be written: ${generation.message}`);
    if (generation === void 0) return this.problems.tell("somebody else wrote the state");
    this.written = { state: next, generation, at };
    for (const event of events) this.means.log(...event);
    this.problems.tell(next.problem);
    await this.act(actions, sight, at);
  }
  /** Leaves the pool to the next keeper at once, instead of letting it wait for the end of the lease. */
  async leave() {
    const { store, clock, log, pool } = this.means;
    if (!this.written) return;
    const { state, generation } = this.written;
    const next = {
      ...state,
      memory: withoutMoves(state.memory, this.notMoved),
      holder: "",
      beat: state.beat + 1,
      at: isoOf(clock),
      now: clock.now(),
      decisions: this.decisions.decisions
    };
    const patience = this.patience(momentOf(clock), requestSecondsOf(pool) / pool.intervalSeconds);
    const left = await orProblem(store.writeState(next, generation, patience));
    const problem = left instanceof RequestProblem ? left.message : left === void 0 ? "another keeper acts" : void 0;
    log("INFO", "left", { problem });
  }
  patience(begun, part) {
    const { pool, clock, stopping } = this.means;
    return {
      deadline: begun.monotonic + part * pool.intervalSeconds,
      requestSeconds: requestSecondsOf(pool),
      monotonic: clock.monotonic,
      stopping
    };
  }
  watch(state) {
    this.written = void 0;
    this.notMoved.clear();
    const holder = typeof state === "object" ? state.holder : `somebody whose state is damaged: ${state}`;
    if (this.watched !== holder) this.means.log("NOTICE", "watches", { holder });
    this.watched = holder;
  }
  consider(sight, orders, memory) {
    const { pool, clock } = this.means;
    if (typeof orders === "string")
      return { actions: [], memory, summary: "waits: nobody knows what people ordered" };
    const wall = clock.wall();
    const observation = {
      now: clock.now(),
      group: sight.group,
      bridges: sight.bridges,
      scheduledBridges: scheduledBridges(pool.schedules, wall, pool.lookaheadSeconds),
      orders: ordersAt(orders, wall)
    };
    const decision = decide(observation, settingsOf(pool), memory);
    return pool.mode === "act" ? decision : onlyObserved(decision, sight);
  }
  describe(sight, decision, orders, beat) {
    const { clock, holder, pool, log } = this.means;
    const at = isoOf(clock);
    for (const action of decision.actions) {
      const isNew = this.decisions.add(action, at);
      if (pool.mode === "observe" && isNew) log("NOTICE", "would", wordsOf(action));
    }
    const problems = [typeof orders === "string" ? orders : void 0, ...sight.problems, ...this.failures];
    const { decisions } = this.decisions;
    return {
      ...describePool(sight, decision, pool),
      holder,
      beat,
      at,
      now: clock.now(),
      decisions,
      problem: problems.filter((each) => each !== void 0).join("; ") || null
    };
  }
  measure({ group }, memory) {
    const { points, pool, clock } = this.means;
    if (group) points.write([groupPoint(pool, group, memory, clock.wall())]);
  }
  /** Whether there is something new to tell, or it is time for a sign of life. */
  isDue(next) {
    if (!this.written) return true;
    const { state, at } = this.written;
    const news = ({ memory, summary, problem, decisions }) => JSON.stringify([memory, summary, problem, decisions]);
    const { clock, pool } = this.means;
    return news(state) !== news(next) || passedSince(at, clock) > BEAT_AFTER * pool.intervalSeconds;
  }
  async act(actions, { machines }, storedAt) {
    const { compute, jicofo, clock, pool, log, points } = this.means;
    const { staleSeconds } = settingsOf(pool);
    const hands = {
      compute,
      jicofo,
      machines,
      patience: this.patience(storedAt, 1),
      isFresh: (countedAt) => Math.abs(clock.wall() - countedAt) <= staleSeconds,
      assertTurn: () => this.assertTurn(storedAt)
    };
    this.failures = [];
    this.failures = await carryOut(actions, hands, log, (action) => {
      if (action.kind === "move") this.notMoved.delete(action.bridge);
      this.decisions.markDone(action);
      points.write([decisionPoint(pool, action, clock.wall())]);
    });
  }
  /** Within one interval after its write was taken, nobody else acts: they wait for four. */
  assertTurn(storedAt) {
    const { stopping, clock, pool } = this.means;
    if (stopping.aborted) throw new TurnProblem("the keeper is being stopped");
    if (passedSince(storedAt, clock) >= pool.intervalSeconds)
      throw new TurnProblem("too much time has passed since the decision was stored");
  }
};
var isoOf = (clock) => new Date(clock.wall() * 1e3).toISOString();

// keeper/run-pools.ts
var GOOGLE = {
  compute: "https://compute.googleapis.com",
  storage: "https://storage.googleapis.com",
  metadata: "http://metadata.google.internal"
};
var BRIDGE_PORT = 8080;
async function runPools({
  file,
  password,
  write,
  stopping,
  clock = machineClock()
}) {
  const holder = randomUUID2();
  setMaxListeners(0, stopping);
  const endpoints = file.endpoints ?? GOOGLE;
  const google = new Google(new AccessTokens(endpoints.metadata, clock));
  const points = new PointWriter(file.influxdb, password, jsonLog(write));
  jsonLog(write)("NOTICE", "starts", { holder, pools: file.pools.map(({ pool }) => pool).join(",") });
  const keep = async (pool) => {
    const log = jsonLog(write, pool.pool);
    const requestSeconds = requestSecondsOf(pool);
    const compute = new Compute(google, endpoints.compute, pool);
    const jicofo = new Jicofo(file.jicofo, requestSeconds);
    const bridgePort = file.bridgePort ?? BRIDGE_PORT;
    const observer = new Observer({ pool, compute, jicofo, clock, bridgePort, requestSeconds });
    const store = new PoolStore(google, endpoints.storage, pool.store);
    const keeper = new PoolKeeper({
      pool,
      holder,
      compute,
      jicofo,
      store,
      observer,
      points,
      clock,
      log,
      stopping
    });
    while (!stopping.aborted) {
      const begun = clock.monotonic();
      await keeper.round().catch((error) => {
        log("ERROR", "round-failed", {
          problem: error instanceof Error ? error.stack ?? error.message : String(error)
        });
      });
      await sleep(begun + pool.intervalSeconds - clock.monotonic(), stopping);
    }
    await keeper.leave();
  };
  await Promise.all(file.pools.map(keep));
  if (file.pools.length === 0) await sleep(2 ** 31 / 1e3 - 1, stopping);
  await points.end();
  jsonLog(write)("NOTICE", "ends", { holder });
}

// keeper/main.ts
async function main() {
  const write = (line) => void process.stdout.write(line);
  const log = jsonLog(write);
  const path = process.env["FLEET_KEEPER_FILE"] ?? "/etc/fleet/keeper.json";
  let file;
  try {
    file = readKeeperFile(readFileSync(path, "utf8"));
  } catch (error) {
    log("ERROR", "cannot-start", { problem: `${path}: ${error.message}` });
    process.exitCode = 1;
    return;
  }
  const password = process.env["TELEMETRY_PASSWORD"] ?? "";
  if (password === "")
    log("WARNING", "no-password", { problem: "TELEMETRY_PASSWORD is not set: InfluxDB will refuse points" });
  const stopping = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => stopping.abort());
  await runPools({ file, password, write, stopping: stopping.signal });
  process.exit(0);
}
void main();
