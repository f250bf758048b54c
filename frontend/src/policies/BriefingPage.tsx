import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api, ask } from "../api/client";
import { policyVersionQuery } from "../api/queries";
import type { Briefing, CitedPolicy } from "../api/views";
import { Html } from "../ui/Html";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { ProblemNote } from "../ui/ProblemNote";
import { Tag } from "../ui/Tag";
import { useTime } from "../ui/time";
import { Acknowledge } from "./Acknowledge";
import "./policy.css";

/** BriefingPage is one month's briefing: what changed, what it means, what we do; and the policies it cites. */
export default function BriefingPage() {
  const { t } = useTranslation();
  const time = useTime();
  const { month = "" } = useParams();
  const briefing = useQuery({
    queryKey: ["briefings", month],
    queryFn: () => ask(api.GET("/briefings/{month}", { params: { path: { month } } })),
  });
  const b = briefing.data;
  return (
    <Page
      title={b?.title ?? t("policies.briefing")}
      ready={!!b || briefing.isError}
      back={{ to: "/briefings", text: t("policies.briefings") }}
      lead={b && `${time.month(b.month)} · ${t("policies.published_on", { date: time.dateOf(b.published_at) })} · ${t("policies.revision", { n: b.revision })}`}
    >
      <Loaded query={briefing} lines={12}>{(data) => <Reading briefing={data} />}</Loaded>
    </Page>
  );
}

const parts = ["changes", "impact", "plan"] as const;

function Reading({ briefing: b }: { briefing: Briefing }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const read = useMutation({
    mutationFn: () => ask(api.POST("/briefings/{month}/read", { params: { path: { month: b.month } }, body: { revision: b.revision } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["briefings"] }),
  });
  const html = { changes: b.changes_html, impact: b.impact_html, plan: b.plan_html };
  return (
    <div className="briefing">
      <article className="paper">
        {parts.map((part, i) => (
          <section key={part} aria-labelledby={`part-${part}`}>
            <h2 id={`part-${part}`} className="part-title"><span aria-hidden>{i + 1}</span>{t(`policies.part_${part}`)}</h2>
            <Html html={html[part]} lang={b.locale} />
          </section>
        ))}
        <div className="briefing-foot no-print">
          {b.read || read.isSuccess ? (
            <p role="status" className="soft">{t("policies.briefing_read")}</p>
          ) : (
            <Button type="primary" size="large" disabled={read.isPending} onClick={() => read.mutate()}>{t("policies.mark_read")}</Button>
          )}
          {read.isError && <ProblemNote error={read.error} />}
        </div>
      </article>
      <section className="section cited" aria-labelledby="cited">
        <h2 id="cited">{t("policies.cited")}</h2>
        {b.policies.length === 0 ? (
          <p className="soft">{t("policies.cites_none")}</p>
        ) : (
          <ul role="list" className="stack">{b.policies.map((p) => <Cited key={`${p.code}/${p.number}`} policy={p} />)}</ul>
        )}
      </section>
    </div>
  );
}

function Cited({ policy }: { policy: CitedPolicy }) {
  const { t } = useTranslation();
  const time = useTime();
  const [open, setOpen] = useState(false);
  const version = useQuery({ ...policyVersionQuery(policy.code, policy.number), enabled: open });
  return (
    <li className="panel stack" style={{ gap: 10 }}>
      <div>
        <h3 style={{ fontSize: 16 }}><Link to={`/policies/${policy.code}/versions/${policy.number}`}>{policy.title}</Link></h3>
        <p className="small soft">{t("policies.version_n", { n: policy.number })} · {t("policies.effective_from", { date: time.date(policy.effective_from) })}</p>
      </div>
      {policy.acknowledged ? (
        <div><Tag tone="good">{t("policies.acknowledged")}</Tag></div>
      ) : open ? (
        <Loaded query={version} lines={3}>{(v) => <Acknowledge version={v} />}</Loaded>
      ) : (
        <div className="row">
          <Button onClick={() => setOpen(true)}>{t("policies.acknowledge")}<span className="hidden-text"> {policy.title}</span></Button>
        </div>
      )}
    </li>
  );
}
