import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { Locale, PolicyDraft } from "../api/views";
import { localeNow, locales } from "../i18n";
import { Problem } from "../api/problem";
import { Loaded } from "../ui/Loaded";
import { Choice } from "../ui/staff/Choice";
import { DifferenceView } from "../ui/DifferenceView";
import { useState } from "react";

/** DraftDifference is what the saved draft would change against the newest version. */
export function DraftDifference({ draft: d }: { draft: PolicyDraft }) {
  const { t } = useTranslation();
  const [locale, setLocale] = useState<Locale>(localeNow());
  const difference = useQuery({
    queryKey: ["policy-drafts", d.id, d.edition, "difference", locale],
    queryFn: () => ask(api.GET("/policy-drafts/{id}/difference", { params: { path: { id: d.id }, query: { locale } } })),
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
      <Loaded query={difference} lines={6}>{(data) => <DifferenceView difference={data} />}</Loaded>
    </div>
  );
}
