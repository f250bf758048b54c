import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { draftsQuery } from "../api/queries";
import { isOpen } from "./draft";

/** OpenDraft leads to the open draft of a policy, of which there is one at most. */
export function OpenDraft({ code }: { code: string }) {
  const { t } = useTranslation();
  const drafts = useQuery({ ...draftsQuery, staleTime: 0 });
  const draft = drafts.data?.items.find((d) => d.code === code && isOpen(d));
  return draft ? <Link to={`/officer/policies/${draft.id}`}>{t("policies.open_draft", { code })}</Link> : null;
}
