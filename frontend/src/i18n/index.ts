import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { speak } from "../api/client";
import { firstLanguage } from "../api/first";
import type { Locale } from "../api/views";
import type en from "./locales/en";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

/** locales are offered in this order, each by its own name. */
export const locales: { code: Locale; name: string; short: string }[] = [
  { code: "zh-Hans", name: "简体中文", short: "简" },
  { code: "zh-Hant", name: "繁體中文", short: "繁" },
  { code: "en", name: "English", short: "EN" },
];

const loaders: Record<Locale, () => Promise<{ default: object }>> = {
  "zh-Hans": () => import("./locales/zh-Hans"),
  "zh-Hant": () => import("./locales/zh-Hant"),
  en: () => import("./locales/en"),
};

const remembered = "anwen_language"; // a cookie, so that the next page comes in it (server/first_answer.go)

/** isLocale tells whether a text names a language of ours. */
export function isLocale(text: string | null | undefined): text is Locale {
  return text === "zh-Hans" || text === "zh-Hant" || text === "en";
}

/** chosenHere is the language that was chosen in this browser, if any. */
function chosenHere(): string | undefined {
  return document.cookie.split("; ").find((c) => c.startsWith(`${remembered}=`))?.slice(remembered.length + 1);
}

/** firstLocale is the language to start in: the one last chosen here, else the one that the page came in, else the browser's. */
function firstLocale(): Locale {
  const chosen = chosenHere();
  if (isLocale(chosen)) return chosen;
  if (firstLanguage) return firstLanguage;
  for (const wanted of navigator.languages) {
    const tag = wanted.toLowerCase();
    if (/^zh.*-(hant|tw|hk|mo)/.test(tag)) return "zh-Hant";
    if (tag.startsWith("zh")) return "zh-Hans";
    if (tag.startsWith("en")) return "en";
  }
  return "zh-Hans";
}

/** switchTo loads a language and switches every screen to it. */
export async function switchTo(locale: Locale): Promise<void> {
  if (!i18next.hasResourceBundle(locale, "translation")) {
    const { default: texts } = await loaders[locale]();
    i18next.addResourceBundle(locale, "translation", texts);
  }
  speak(locale);
  document.cookie = `${remembered}=${locale}; Path=/; Max-Age=31536000; SameSite=Lax`;
  document.documentElement.lang = locale;
  await i18next.changeLanguage(locale);
}

/** startI18n prepares the catalogues and shows the first language. */
export async function startI18n(locale: Locale = firstLocale()): Promise<void> {
  if (!i18next.isInitialized) {
    await i18next.use(initReactI18next).init({
      resources: {},
      lng: locale,
      fallbackLng: false,
      interpolation: { escapeValue: false },
      returnNull: false,
    });
  }
  await switchTo(locale);
}

/** localeNow is the language on screen. */
export function localeNow(): Locale {
  return isLocale(i18next.language) ? i18next.language : "zh-Hans";
}
