import { useTranslation } from "react-i18next";

const tags: Record<string, string> = { "zh-Hans": "zh-CN", "zh-Hant": "zh-TW", en: "en-GB" };

const wallParts = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2}))?)?/;

/** useTime writes dates and instants in the language on screen. */
export function useTime() {
  const { i18n } = useTranslation();
  const tag = tags[i18n.language] ?? "zh-CN";
  const dayForm = new Intl.DateTimeFormat(tag, { year: "numeric", month: "long", day: "numeric", timeZone: "UTC" });
  const localDay = new Intl.DateTimeFormat(tag, { year: "numeric", month: "long", day: "numeric" });
  const minutes = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const instantForm = new Intl.DateTimeFormat(tag, minutes);
  const wallForm = new Intl.DateTimeFormat(tag, { ...minutes, timeZone: "UTC" });
  const exactForm = new Intl.DateTimeFormat(tag, { ...minutes, second: "2-digit", timeZone: "UTC" });
  const shortDay = new Intl.DateTimeFormat(tag, { year: "numeric", month: "2-digit", day: "2-digit" });
  const briefDay = new Intl.DateTimeFormat(tag, { year: "numeric", month: "2-digit", day: "2-digit", timeZone: "UTC" });
  const clockForm = new Intl.DateTimeFormat(tag, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  const monthForm = new Intl.DateTimeFormat(tag, { year: "numeric", month: "long", timeZone: "UTC" });
  return {
    /** A local date such as 2026-11-30, which belongs to no time zone. */
    date: (day: string) => dayForm.format(new Date(`${day}T00:00:00Z`)),
    /** A local date in the narrow form that tables need. */
    brief: (day: string) => briefDay.format(new Date(`${day}T00:00:00Z`)),
    /** The date of an instant in that form, where the reader is. */
    briefOf: (instant: string) => shortDay.format(new Date(instant)),
    /** The date of an instant, where the reader is. */
    dateOf: (instant: string) => localDay.format(new Date(instant)),
    instant: (instant: string) => instantForm.format(new Date(instant)),
    /** A time limit: the end of a day is written as that day. */
    limit: (instant: string) => {
      const at = new Date(instant);
      return at.getHours() === 0 && at.getMinutes() === 0 ? shortDay.format(at.getTime() - 1) : instantForm.format(at);
    },
    /**
     * What the clock at a unit shows, wherever the reader is: 2026-10-20 09:00:00,
     * 2026-10-20T09:00:00+08:00, or a day alone. The last second of a day is that day.
     */
    wall: (text: string) => {
      const [, day, minute, second = "00"] = wallParts.exec(text) ?? [];
      if (!day) return text;
      if (!minute || `${minute}:${second}` === "23:59:59") return briefDay.format(new Date(`${day}T00:00:00Z`));
      return (second === "00" ? wallForm : exactForm).format(new Date(`${day}T${minute}:${second}Z`));
    },
    /** A time limit on the clock at a unit: the end of a day is written as that day. */
    wallLimit: (text: string) => {
      const [, day, minute, second = "00"] = wallParts.exec(text) ?? [];
      if (!day || !minute) return text;
      const at = new Date(`${day}T${minute}:${second}Z`);
      return minute === "00:00" ? briefDay.format(at.getTime() - 1) : wallForm.format(at);
    },
    clock: (instant: string) => clockForm.format(new Date(instant)),
    month: (month: string) => monthForm.format(new Date(`${month}-01T00:00:00Z`)),
  };
}

/** quarters are the last n quarters, newest first, such as 2026-Q4. */
export function quarters(n: number, now = new Date()): string[] {
  const list: string[] = [];
  let year = now.getFullYear();
  let quarter = Math.floor(now.getMonth() / 3) + 1;
  for (let i = 0; i < n; i++) {
    list.push(`${year}-Q${quarter}`);
    quarter--;
    if (quarter === 0) {
      quarter = 4;
      year--;
    }
  }
  return list;
}

/** today is the local date, as an input of type date wants it. */
export function today(now = new Date()): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
