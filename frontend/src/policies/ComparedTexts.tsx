import { useQuery, type QueryKey } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../api/problem";
import type { Locale, PolicyDifference } from "../api/views";
import { localeNow, locales } from "../i18n";
import { DifferenceView } from "../ui/DifferenceView";
import { Loaded } from "../ui/Loaded";
import { Choice } from "../ui/staff/Choice";

interface Props { name: QueryKey; load: (locale: Locale) => Promise<PolicyDifference>; title: (d: PolicyDifference) => string }

/** ComparedTexts is a difference in a language that both texts have and the reader chooses. */
export function ComparedTexts({ name, load, title }: Props) {
  const { t } = useTranslation();
  const [locale, setLocale] = useState<Locale>(localeNow());
  const difference = useQuery({
    queryKey: [...name, locale],
    queryFn: () => load(locale),
    staleTime: Infinity,
    retry: (n, error) => n < 2 && !(error instanceof Problem && error.status === 409),
  });
  const offered = difference.data?.languages ?? [];
  return (
    <div className="stack">
      {offered.length > 1 && (
        <Choice
          label={t("policies.language_compared")}
          value={locales.find((l) => l.code === difference.data?.locale)?.code}
          options={locales.filter((l) => offered.includes(l.code)).map((l) => ({ value: l.code, label: l.name }))}
          onChoose={(l) => l && setLocale(l)}
        />
      )}
      <Loaded query={difference} lines={6}>{(data) => <DifferenceView difference={data} title={title(data)} />}</Loaded>
    </div>
  );
}
