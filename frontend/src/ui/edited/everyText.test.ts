import { expect, test } from "vitest";

const screens = import.meta.glob<string>("/src/**/*.tsx", { query: "?raw", import: "default", eager: true });

// Where words are typed that need no keeping here, and why.
const elsewhere: Record<string, string> = {
  "policies/DraftForm": "a part of DraftPage, which keeps them",
  "briefings/BriefingForm": "a part of PublishBriefingPage, which keeps them",
  "ui/item/Essay": "an answer: the queue of the attempt keeps it",
  "ui/item/Typed": "an answer: the queue of the attempt keeps it",
  "ui/edited/KeptWords": "shows what is kept",
  "ui/edited/Unsettled": "shows what is kept",
  "ui/staff/SearchField": "what one looks for",
  "courses/CataloguePage": "what one looks for",
  "search/SearchPage": "what one looks for",
  "people/RolesPage": "what one looks for",
  "people/PasswordField": "a password stays nowhere",
  "people/SignInForm": "a password stays nowhere",
  "ui/Acknowledge": "a password stays nowhere",
  "courses/QuizPanel": "a password stays nowhere",
  "banks/Refile": "a tag for the questions that are chosen on the page",
  "courses/FileList": "the name of a file that opens at once",
};

test("words that are typed are kept until they are sent, on every screen", () => {
  const loose = Object.entries(screens)
    .filter(([path, source]) => !path.includes(".test.") && /<Input(\.TextArea)?[\s>]/.test(source) && !/(useEdited|useUnsent)[<(]/.test(source))
    .map(([path]) => path.replace(/^\/src\/|\.tsx$/g, ""));
  expect(loose.filter((name) => !(name in elsewhere))).toEqual([]);
  expect(Object.keys(elsewhere).filter((name) => !loose.includes(name))).toEqual([]);
});

test("what takes words asks what becomes of them", () => {
  const silent = Object.entries(screens).filter(([, source]) => /= (useEdited|useUnsent)[<(]/.test(source) && !/<Unsettled\b/.test(source));
  expect(silent.map(([path]) => path)).toEqual([]);
});
