import { useTranslation } from "react-i18next";
import { isLocale, locales } from "../i18n";

const words = ["title", "titles", "texts", "notes", "questions", "changes", "impact", "plan", "month", "policies", "code", "effective_from", "place", "held_at", "room", "remote", "owner_no", "text", "due_on", "tier", "material"] as const;

const nameOf = (code: string | undefined) => locales.find((l) => l.code === code)?.name;

/** lessonOf takes apart the name of a lesson's file; undefined for another file. */
function lessonOf(file: string) {
  const [, n, name, locale] = /^lessons\/([0-9]{2})-(.+)\.(zh-Hans|zh-Hant|en)\.md$/.exec(file) ?? [];
  return n ? { n: Number(n), name: name ?? "", locale } : undefined;
}

/** usePlace tells the place of a fault in the reader's words: the language, the part of a text, the lesson; a name of a file that has no other stays. */
export function usePlace(): (place: { file?: string; field?: string }) => string {
  const { t } = useTranslation();
  const fileWords = (file: string): string => {
    const bare = file.replace(/\.md$/, "");
    if (isLocale(bare)) return nameOf(bare) ?? file;
    const lesson = lessonOf(file);
    if (lesson) return [t("app.at_lesson", { n: lesson.n, name: lesson.name }), nameOf(lesson.locale)].filter(Boolean).join(" · ");
    const [, quiz] = /^quiz\.(zh-Hans|zh-Hant|en)\.gift$/.exec(file) ?? [];
    if (quiz) return [t("app.at_quiz"), nameOf(quiz)].filter(Boolean).join(" · ");
    return file === "course.md" ? t("app.at_course") : file;
  };
  const fieldWords = (field: string): string => {
    const parts = field.replace(/^body\./, "").split(/[.[\]]+/).filter(Boolean);
    const said = parts.flatMap((part, i) => {
      const word = words.find((w) => w === part);
      if (nameOf(part)) return [nameOf(part) ?? part];
      if (word === "texts" && parts.length > i + 2) return []; // the part of the text follows
      if (word) return [t(`app.at_${word}`)];
      return /^\d+$/.test(part) ? [t("app.at_nth", { n: Number(part) + 1 })] : [part];
    });
    return said.join(" · ");
  };
  return ({ file, field }) => [field && fieldWords(field), file && fileWords(file)].filter(Boolean).join(" · ");
}
