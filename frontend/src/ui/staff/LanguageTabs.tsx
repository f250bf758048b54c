import { Tabs } from "antd";
import type { ReactNode } from "react";
import type { Locale } from "../../api/views";
import { localeNow, locales } from "../../i18n";

/** LanguageTabs shows the same fields once per language; a dot marks a language that has text. */
export function LanguageTabs({ filled, children }: { filled: (locale: Locale) => boolean; children: (locale: Locale) => ReactNode }) {
  return (
    <Tabs
      defaultActiveKey={localeNow()}
      items={locales.map((l) => ({
        key: l.code,
        label: <span lang={l.code}>{l.name}{filled(l.code) ? " ●" : ""}</span>,
        children: <div className="stack" lang={l.code}>{children(l.code)}</div>,
      }))}
    />
  );
}
