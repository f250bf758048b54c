import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { PolicyDraft } from "../api/views";
import { ComparedTexts } from "./ComparedTexts";

/** DraftDifference is what the saved draft would change against the version that it is written against. */
export function DraftDifference({ draft: d }: { draft: PolicyDraft }) {
  const { t } = useTranslation();
  return (
    <ComparedTexts
      name={["policy-drafts", d.id, d.edition, "difference"]}
      load={(locale) => ask(api.GET("/policy-drafts/{id}/difference", { params: { path: { id: d.id }, query: { locale } } }))}
      title={({ from }) => (from > 0 ? t("policies.difference_to", { n: from }) : t("policies.all_new"))}
    />
  );
}
