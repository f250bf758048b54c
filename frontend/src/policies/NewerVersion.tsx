import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask } from "../api/client";
import { draftQuery } from "../api/queries";
import type { PolicyDraft } from "../api/views";
import { ProblemNote } from "../ui/ProblemNote";
import { ComparedTexts } from "./ComparedTexts";
import { isOvertaken } from "./draft";

/**
 * NewerVersion shows what was published while a draft was being written; a writer who has seen it takes it as base.
 * Nobody else is offered that here: whoever does it is a writer from then on, and cannot approve.
 */
export function NewerVersion({ draft: d, unsaved }: { draft: PolicyDraft; unsaved: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const take = useMutation({
    mutationFn: () => ask(api.PUT("/policy-drafts/{id}/base", { params: { path: { id: d.id } }, body: { edition: d.edition, base: d.newest } })),
    onSuccess: (next) => client.setQueryData(draftQuery(next.id).queryKey, next),
    onSettled: () => client.invalidateQueries({ queryKey: ["policy-drafts"] }),
  });
  if (!isOvertaken(d)) return null;
  const writer = d.writable && d.mine;
  return (
    <section className="panel stack" aria-labelledby="newer-version">
      <h2 id="newer-version" style={{ fontSize: 17 }}>{t("policies.newer_version", { n: d.newest })}</h2>
      <p className="note warn">{t(writer ? "policies.newer_version_text" : "policies.newer_version_waits")}</p>
      <ComparedTexts
        name={["policy-drafts", d.id, "since", d.base, d.newest]}
        load={(locale) => ask(api.GET("/policy-drafts/{id}/since", { params: { path: { id: d.id }, query: { locale } } }))}
        title={({ from, to }) => (from > 0 ? t("policies.difference_between", { from, to }) : t("policies.version_n", { n: to }))}
      />
      <p><Link to={`/policies/${d.code}/versions/${d.newest}`}>{t("policies.read_version", { n: d.newest })}</Link></p>
      {take.isError && <ProblemNote error={take.error} />}
      {writer && (
        <div className="row">
          <Button type="primary" disabled={unsaved || take.isPending} onClick={() => take.mutate()}>{t("policies.take_base", { n: d.newest })}</Button>
          <span className="small soft">{t(unsaved ? "policies.take_base_save_first" : "policies.take_base_text")}</span>
        </div>
      )}
    </section>
  );
}
