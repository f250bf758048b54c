import { useQueries, useQuery, type QueryKey } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../api/problem";
import type { Locale, PolicyDifference } from "../api/views";
import { localeNow, locales } from "../i18n";
import { DifferenceView, telling } from "../ui/DifferenceView";
import { Loaded } from "../ui/Loaded";
import { Choice } from "../ui/staff/Choice";

interface Props { name: QueryKey; load: (locale: Locale) => Promise<PolicyDifference>; title: (d: PolicyDifference) => string }

/** told counts the clauses that say something new. */
const told = (d: PolicyDifference | undefined): number => d?.pairs.filter(telling).length ?? 0;

/**
 * ComparedTexts is a difference in a language that both texts have and the reader chooses.
 * Each language says how much changes in it, and one in which nothing does is not shown
 * first while another has changes.
 */
export function ComparedTexts({ name, load, title }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Locale>();
  const inLanguage = (locale: Locale) => ({
    queryKey: [...name, locale],
    queryFn: () => load(locale),
    staleTime: Infinity,
    retry: (n: number, error: Error) => n < 2 && !(error instanceof Problem && error.status === 409),
  });
  const first = useQuery(inLanguage(localeNow()));
  const offered = locales.filter((l) => first.data?.languages.includes(l.code));
  const each = useQueries({ queries: offered.map((l) => inLanguage(l.code)) });
  const changed = offered.map((l, i) => ({ ...l, count: told(each[i]?.data) }));
  const own = told(first.data) > 0 ? first.data?.locale : changed.find((l) => l.count > 0)?.code;
  const difference = useQuery(inLanguage(chosen ?? locales.find((l) => l.code === own)?.code ?? localeNow()));
  return (
    <div className="stack">
      {offered.length > 1 && (
        <Choice
          label={t("policies.language_compared")}
          value={locales.find((l) => l.code === difference.data?.locale)?.code}
          options={changed.map((l) => ({ value: l.code, label: `${l.name} · ${t("policies.clauses_changed", { count: l.count })}` }))}
          onChoose={(l) => l && setChosen(l)}
        />
      )}
      <Loaded query={difference} lines={6}>{(data) => <DifferenceView difference={data} title={title(data)} />}</Loaded>
    </div>
  );
}
