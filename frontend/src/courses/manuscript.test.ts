import { expect, test } from "vitest";
import type { ManuscriptFile } from "../api/views";
import { inLanguage, languageOf, lessonsOf, nextLesson } from "./manuscript";

const file = (name: string): ManuscriptFile => ({ name, edition: 1, size: 1, text: true, editor: "", saved_at: "" });

test("lessons come in their order with the languages that they have", () => {
  const rows = lessonsOf(["lessons/02-reply.en.md", "course.md", "lessons/01-receive.zh-Hans.md", "lessons/02-reply.zh-Hans.md", "images/a.png"].map(file));
  expect(rows.map((r) => [r.n, r.name, Object.keys(r.files).sort()])).toEqual([["01", "receive", ["zh-Hans"]], ["02", "reply", ["en", "zh-Hans"]]]);
  expect(nextLesson(rows)).toBe("03");
  expect(nextLesson([])).toBe("01");
});

test("a file names its counterpart in another language, and only when it has one", () => {
  expect(inLanguage("lessons/02-reply.en.md", "zh-Hant")).toBe("lessons/02-reply.zh-Hant.md");
  expect(inLanguage("quiz.zh-Hans.gift", "en")).toBe("quiz.en.gift");
  expect(inLanguage("course.md", "en")).toBeUndefined();
  expect(languageOf("quiz.zh-Hant.gift")).toBe("zh-Hant");
  expect(languageOf("course.md")).toBeUndefined();
});
