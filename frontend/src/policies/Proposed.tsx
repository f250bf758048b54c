import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask } from "../api/client";
import type { RepealProposal } from "../api/views";
import { hasOverAll, useMe } from "../app/me";
import { ProblemNote } from "../ui/ProblemNote";
import { useTime } from "../ui/time";
import { RepealEnds } from "./RepealEnds";

interface Props { code: string; proposal: RepealProposal }

/** Proposed is a repeal that waits for somebody else than its proposer to decide. */
export function Proposed({ code, proposal: p }: Props) {
  const { t } = useTranslation();
  const time = useTime();
  const officer = hasOverAll(useMe(), "compliance");
  const client = useQueryClient();
  const overtaken = p.newest !== p.number;
  const [asked, setAsked] = useState(false);
  const at = { params: { path: { code } } };
  const step = useMutation({
    mutationFn: (take: () => Promise<unknown>) => take(),
    onSettled: () => client.invalidateQueries({ queryKey: ["policies"] }),
  });
  return (
    <section className="panel stack no-print" aria-labelledby="repeal-proposed" style={{ maxWidth: 620 }}>
      <h2 id="repeal-proposed" style={{ fontSize: 17 }}>{t("policies.repeal_proposed", { date: time.date(p.effective_from) })}</h2>
      <p>{p.reason}</p>
      <p className="small soft">{t("policies.repeal_proposed_by", { name: p.proposed_by || "–", time: time.instant(p.proposed_at) })} · {t("policies.repeal_proposed_of", { n: p.number })}</p>
      {overtaken && (
        <p className="note warn">
          <span>{t("policies.repeal_overtaken", { n: p.newest })}</span>
          <Link to={`/policies/${code}/versions/${p.newest}/changes`}>{t("policies.see_changes")}</Link>
        </p>
      )}
      {p.draft > 0 && <p className="note"><span>{t("policies.repeal_beside_draft")}</span><Link to={`/officer/policies/${p.draft}`}>{t("policies.open_draft", { code })}</Link></p>}
      {officer && <p className="soft">{t(p.mine ? "policies.own_repeal_text" : "policies.repeal_text")}</p>}
      {step.isError && <ProblemNote error={step.error} />}
      {asked && !overtaken && (
        <RepealEnds proposal={p} pending={step.isPending} onNo={() => setAsked(false)}
          onYes={() => step.mutate(() => ask(api.POST("/policies/{code}/repeal/approval", { ...at, body: { proposal: p.id } })))} />
      )}
      {officer && !asked && (
        <div className="row">
          {!p.mine && !overtaken && <Button danger onClick={() => setAsked(true)}>{t("policies.repeal_approve")}</Button>}
          <Button disabled={step.isPending} onClick={() => step.mutate(() => ask(api.DELETE("/policies/{code}/repeal", at)))}>{t("policies.repeal_take_back")}</Button>
        </div>
      )}
    </section>
  );
}
