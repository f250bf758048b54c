import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask } from "../api/client";
import { policiesQuery } from "../api/queries";
import type { Locale, Texts } from "../api/views";
import { FaultTable } from "../ui/FaultTable";
import { Page } from "../ui/Page";
import { ProblemNote } from "../ui/ProblemNote";
import { LanguageTabs } from "../ui/staff/LanguageTabs";
import { today } from "../ui/time";

interface Draft { code: string; issuer: string; category: string; owner: string; effective_from: string; titles: Texts; notes: Texts; texts: Texts }
const blank: Draft = { code: "", issuer: "", category: "", owner: "", effective_from: today(), titles: {}, notes: {}, texts: {} };

/** filled drops the languages that have no text. */
export function filled(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ""));
}

/** PublishPolicyPage writes the next version of a policy, or the first of a new one. */
export default function PublishPolicyPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const policies = useQuery(policiesQuery);
  const [draft, setDraft] = useState(blank);
  const send = (dry_run: boolean) =>
    ask(api.POST("/policies", { body: { ...draft, code: draft.code.trim(), titles: filled(draft.titles), notes: filled(draft.notes), texts: filled(draft.texts), dry_run } }));
  const check = useMutation({ mutationFn: () => send(true) });
  const publish = useMutation({ mutationFn: () => send(false), onSuccess: () => client.invalidateQueries({ queryKey: ["policies"] }) });
  const change = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    check.reset();
    publish.reset();
  };
  const known = policies.data?.items.find((p) => p.code === draft.code.trim());
  const take = () => known && change({ issuer: known.issuer, category: known.category, owner: known.owner });
  const field = (name: "issuer" | "category" | "owner") => (
    <div className="field">
      <label htmlFor={name}>{t(`policies.${name}`)}</label>
      <Input id={name} value={draft[name]} onChange={(e) => change({ [name]: e.target.value })} />
    </div>
  );
  const text = (name: "titles" | "notes" | "texts", locale: Locale, rows: number) => {
    const id = `${name}-${locale}`;
    const onChange = (value: string) => change({ [name]: { ...draft[name], [locale]: value } });
    return (
      <div className="field">
        <label htmlFor={id}>{t(`policies.${name}`)}</label>
        {rows === 1 ? (
          <Input id={id} value={draft[name][locale] ?? ""} onChange={(e) => onChange(e.target.value)} />
        ) : (
          <Input.TextArea id={id} rows={rows} value={draft[name][locale] ?? ""} onChange={(e) => onChange(e.target.value)} />
        )}
      </div>
    );
  };
  return (
    <Page title={t("policies.publish_policy")} lead={t("policies.publish_policy_lead")}>
      <section className="panel form" style={{ maxWidth: 900 }} aria-label={t("policies.publish_policy")}>
        <div className="pair">
          <div className="field">
            <label htmlFor="code">{t("policies.code")}</label>
            <Input id="code" list="codes" value={draft.code} aria-describedby="code-hint" onChange={(e) => change({ code: e.target.value })} />
            <datalist id="codes">{policies.data?.items.map((p) => <option key={p.code} value={p.code}>{p.title}</option>)}</datalist>
            <span id="code-hint" className="hint" role="status">
              {known ? t("policies.next_version", { title: known.title, n: known.newest + 1 }) : t("policies.code_hint")}
            </span>
            {known && <div><Button size="small" onClick={take}>{t("policies.take_over")}</Button></div>}
          </div>
          <div className="field">
            <label htmlFor="effective">{t("policies.effective_date")}</label>
            <input id="effective" type="date" className="native-input" value={draft.effective_from} onChange={(e) => change({ effective_from: e.target.value })} />
          </div>
        </div>
        <div className="pair">{field("issuer")}{field("category")}{field("owner")}</div>
        <LanguageTabs filled={(l) => Boolean(draft.texts[l]?.trim())}>
          {(l) => <>{text("titles", l, 1)}{text("notes", l, 2)}{text("texts", l, 16)}</>}
        </LanguageTabs>
        {(check.isError || publish.isError) && <ProblemNote error={check.error ?? publish.error} />}
        {check.isSuccess && !publish.isSuccess && (
          <div className="stack" role="status">
            <div className="note good">
              <b>{t("policies.check_ok", { code: check.data.code, n: check.data.number })}</b>
              <span className="mono small" style={{ overflowWrap: "anywhere" }}>SHA-256 {check.data.sha256}</span>
            </div>
            {check.data.warnings.length > 0 && <FaultTable faults={check.data.warnings} />}
          </div>
        )}
        {publish.isSuccess && (
          <div className="note good" role="status">
            <b>{t("policies.published", { code: publish.data.code, n: publish.data.number })}</b>
            <span className="row">
              <Link to={`/policies/${publish.data.code}/versions/${publish.data.number}`}>{t("policies.see_version")}</Link>
              <Link to={`/officer/acknowledgements?policy=${publish.data.code}&version=${publish.data.number}`}>{t("policies.ask_next")}</Link>
            </span>
          </div>
        )}
        <div className="row">
          <Button disabled={!draft.code.trim() || check.isPending} onClick={() => check.mutate()}>{t("policies.check")}</Button>
          <Button type="primary" disabled={!check.isSuccess || publish.isPending || publish.isSuccess} onClick={() => publish.mutate()}>{t("policies.publish")}</Button>
        </div>
      </section>
    </Page>
  );
}
