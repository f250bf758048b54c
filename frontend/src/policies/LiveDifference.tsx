import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { Locale } from "../api/views";
import { DifferenceView } from "../ui/DifferenceView";
import { ProblemNote } from "../ui/ProblemNote";

const rest = 700; // ms after the last key until the text is compared again

/** LiveDifference is what a text changes against a published version while it is being written. */
export function LiveDifference({ code, base, locale, text }: { code: string; base: number; locale: Locale; text: string }) {
  const { t } = useTranslation();
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), rest);
    return () => clearTimeout(timer);
  }, [text]);
  const difference = useQuery({
    queryKey: ["policies", code, "comparison", base, locale, rested],
    queryFn: () => ask(api.POST("/policies/{code}/versions/{n}/comparison", { params: { path: { code, n: base } }, body: { locale, text: rested } })),
    enabled: rested.trim() !== "",
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    retry: false,
  });
  if (rested.trim() === "") return null;
  if (difference.isError) return <ProblemNote error={difference.error} />;
  if (!difference.data) return null;
  return (
    <DifferenceView
      difference={difference.data}
      title={difference.data.from > 0 ? t("policies.difference_to", { n: base }) : t("policies.language_new", { n: base })}
    />
  );
}
