import { expect, test } from "vitest";
import en from "./locales/en";
import hans from "./locales/zh-Hans";
import hant from "./locales/zh-Hant";

type Catalogue = Record<string, Record<string, string>>;

// English has one and other, Chinese has other only: the stem must be there.
const stem = (key: string) => key.replace(/_(one|other)$/, "#");

function keys(catalogue: Catalogue): string[] {
  return [...new Set(Object.entries(catalogue).flatMap(([room, texts]) => Object.keys(texts).map((k) => `${room}.${stem(k)}`)))].sort();
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/{{(\w+)}}/g)].map((m) => m[1] ?? "").sort();
}

const others: [string, Catalogue][] = [["zh-Hans", hans], ["zh-Hant", hant]];

test.each(others)("%s has the same keys as English", (_, catalogue) => {
  expect(keys(catalogue)).toEqual(keys(en));
});

test.each(others)("%s has the placeholders of English, and no empty text", (_, catalogue) => {
  const english: Catalogue = en;
  for (const [room, texts] of Object.entries(catalogue)) {
    for (const [key, text] of Object.entries(texts)) {
      const model = english[room]?.[key] ?? "";
      expect(text.trim(), `${room}.${key}`).not.toBe("");
      expect(placeholders(text), `${room}.${key}`).toEqual(placeholders(model));
    }
  }
});

test("traditional Chinese is not simplified Chinese", () => {
  const simplifiedOnly = /[导书课员发录认证复时间题选单类测验阅页显务责绩达标误请设与门网统数据删]/;
  for (const [room, texts] of Object.entries<Record<string, string>>(hant)) {
    for (const [key, text] of Object.entries(texts)) {
      const found = simplifiedOnly.exec(text);
      expect(found?.[0], `${room}.${key}: ${text}`).toBeUndefined();
    }
  }
});
