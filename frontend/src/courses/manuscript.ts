import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "../api/client";
import type { Locale, Manuscript, ManuscriptFile } from "../api/views";
import { isLocale, locales } from "../i18n";
import type { Edit } from "../ui/edited/EditedText";

/** TextState is how a text of a manuscript stands between its editor and the server. */
export type TextState = Edit<string>["state"];

export const manuscriptsQuery = queryOptions({ queryKey: ["manuscripts"], queryFn: () => ask(api.GET("/manuscripts")) });

export const manuscriptQuery = (slug: string) =>
  queryOptions({ queryKey: ["manuscripts", slug], queryFn: () => ask(api.GET("/manuscripts/{slug}", { params: { path: { slug } } })) });

/** nameOfText names what is written of a file on this device; without a file, or without the instant of opening, it is how such names begin. */
export function nameOfText({ slug, opened_at }: Pick<Manuscript, "slug" | "opened_at">, file?: string): string {
  return `manuscript/${slug}@${opened_at}${file === undefined ? "" : `/${file}`}`;
}

export interface LessonRow { n: string; name: string; files: Partial<Record<Locale, ManuscriptFile>> }

const lesson = /^lessons\/([0-9]{2})-(.+)\.(zh-Hans|zh-Hant|en)\.md$/;

/** lessonsOf are the lessons of a manuscript in their order, with the languages that each has. */
export function lessonsOf(files: ManuscriptFile[]): LessonRow[] {
  const rows = new Map<string, LessonRow>();
  for (const f of files) {
    const found = lesson.exec(f.name);
    if (!found) continue;
    const [, n = "", name = "", locale] = found;
    if (!isLocale(locale)) continue;
    const row = rows.get(`${n}-${name}`) ?? { n, name, files: {} };
    row.files[locale] = f;
    rows.set(`${n}-${name}`, row);
  }
  return [...rows.values()].sort((a, b) => a.n.localeCompare(b.n) || a.name.localeCompare(b.name));
}

/** inLanguage is the name of the same file in another language, or undefined when it has no language. */
export function inLanguage(name: string, locale: Locale): string | undefined {
  const other = name.replace(/\.(zh-Hans|zh-Hant|en)\.(md|gift)$/, `.${locale}.$2`);
  return /\.(zh-Hans|zh-Hant|en)\.(md|gift)$/.test(name) ? other : undefined;
}

/** languageOf is the language in a file's name. */
export function languageOf(name: string): Locale | undefined {
  return locales.find((l) => name.endsWith(`.${l.code}.md`) || name.endsWith(`.${l.code}.gift`))?.code;
}

/** nextLesson is the number that a new lesson gets. */
export function nextLesson(rows: LessonRow[]): string {
  return String(rows.reduce((most, r) => Math.max(most, Number(r.n)), 0) + 1).padStart(2, "0");
}
