import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask } from "../api/client";
import { policiesQuery } from "../api/queries";
import type { BriefingText, Locale } from "../api/views";
import { Page } from "../ui/Page";
import { ProblemNote } from "../ui/ProblemNote";
import { BriefingBoard } from "./BriefingBoard";
import { LanguageTabs } from "../ui/staff/LanguageTabs";
import { Picker } from "../ui/staff/Picker";
import { UnitSelect } from "../ui/staff/UnitSelect";
import { today } from "../ui/time";
import "./briefing.css";

type Drafts = Partial<Record<Locale, BriefingText>>;
const blank: BriefingText = { title: "", changes: "", impact: "", plan: "" };
const parts = ["changes", "impact", "plan"] as const;

function isFilled(text: BriefingText | undefined): boolean {
  return text !== undefined && Object.values(text).some((part) => part.trim() !== "");
}

/** PublishBriefingPage writes a month's briefing with its three parts in each language. */
export default function PublishBriefingPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const policies = useQuery(policiesQuery);
  const [month, setMonth] = useState(today().slice(0, 7));
  const [texts, setTexts] = useState<Drafts>({});
  const [cited, setCited] = useState<string[]>([]);
  const [unit, setUnit] = useState<string>();
  const [questions, setQuestions] = useState<Partial<Record<Locale, string>>>({});
  const send = (dry_run: boolean) =>
    ask(api.POST("/briefings", {
      body: {
        month,
        ...(unit && { unit_code: unit }),
        questions: Object.fromEntries(Object.entries(questions).filter(([, text]) => text.trim())),
        texts: Object.fromEntries(Object.entries(texts).filter(([, text]) => isFilled(text))),
        policies: cited.map((key) => {
          const [code = "", number = "0"] = key.split("\n");
          return { code, number: Number(number) };
        }),
        dry_run,
      },
    }));
  const check = useMutation({ mutationFn: () => send(true) });
  const publish = useMutation({ mutationFn: () => send(false), onSuccess: () => client.invalidateQueries({ queryKey: ["briefings"] }) });
  const stale = () => {
    check.reset();
    publish.reset();
  };
  const write = (locale: Locale, part: Partial<BriefingText>) => {
    setTexts({ ...texts, [locale]: { ...(texts[locale] ?? blank), ...part } });
    stale();
  };
  const options = (policies.data?.items ?? []).flatMap((p) => {
    const numbers = p.newest > p.version && p.version > 0 ? [p.newest, p.version] : [p.newest];
    return numbers.map((n) => ({ value: `${p.code}\n${n}`, label: `${p.title} · ${t("policies.version_n", { n })}` }));
  });
  return (
    <Page title={t("briefings.publish_briefing")} lead={t("briefings.publish_briefing_lead")}>
      <div className="stack loose">
      <BriefingBoard onCite={(list) => { setCited([...new Set([...cited, ...list.map((p) => `${p.code}\n${p.number}`)])]); stale(); }} />
      <section className="panel form" style={{ maxWidth: 900 }} aria-label={t("briefings.publish_briefing")}>
        <div className="field">
          <label htmlFor="briefing-unit">{t("briefings.briefing_unit")}</label>
          <UnitSelect id="briefing-unit" width="100%" value={unit} placeholder={t("briefings.everybody")} onChange={(u) => { setUnit(u); stale(); }} />
        </div>
        <div className="pair">
          <div className="field">
            <label htmlFor="month">{t("briefings.month")}</label>
            <input id="month" type="month" className="native-input" value={month} pattern="[0-9]{4}-[0-9]{2}" onChange={(e) => { setMonth(e.target.value); stale(); }} />
          </div>
          <div className="field">
            <label htmlFor="cited">{t("briefings.cite")}</label>
            <Picker id="cited" label={t("briefings.cite")} mode="multiple" value={cited} options={options} placeholder={t("briefings.cite_none")} onChange={(v: string[]) => { setCited(v); stale(); }} />
          </div>
        </div>
        <LanguageTabs filled={(l) => isFilled(texts[l])}>
          {(l) => (
            <>
              <div className="field">
                <label htmlFor={`title-${l}`}>{t("briefings.briefing_title")}</label>
                <Input id={`title-${l}`} value={texts[l]?.title ?? ""} onChange={(e) => write(l, { title: e.target.value })} />
              </div>
              {parts.map((part) => (
                <div key={part} className="field">
                  <label htmlFor={`${part}-${l}`}>{t(`policies.part_${part}`)}</label>
                  <Input.TextArea id={`${part}-${l}`} rows={6} value={texts[l]?.[part] ?? ""} onChange={(e) => write(l, { [part]: e.target.value })} />
                </div>
              ))}
              <div className="field">
                <label htmlFor={`questions-${l}`}>{t("briefings.briefing_questions")}</label>
                <Input.TextArea id={`questions-${l}`} className="mono" rows={4} value={questions[l] ?? ""} onChange={(e) => { setQuestions({ ...questions, [l]: e.target.value }); stale(); }} />
                <span className="hint">{t("briefings.briefing_questions_hint")}</span>
              </div>
            </>
          )}
        </LanguageTabs>
        <p className="small soft">{t("briefings.markdown_hint")}</p>
        {(check.isError || publish.isError) && <ProblemNote error={check.error ?? publish.error} />}
        {check.isSuccess && !publish.isSuccess && (
          <p className="note good" role="status"><b>{t("briefings.briefing_check_ok", { month: check.data.month, n: check.data.revision })}</b></p>
        )}
        {publish.isSuccess && (
          <div className="note good" role="status">
            <b>{t("briefings.briefing_published", { month: publish.data.month, n: publish.data.revision })}</b>
            <Link to={`/briefings/${publish.data.key}`}>{t("briefings.see_briefing")}</Link>
          </div>
        )}
        <div className="row">
          <Button disabled={!month || check.isPending} onClick={() => check.mutate()}>{t("briefings.check")}</Button>
          <Button type="primary" disabled={!check.isSuccess || publish.isPending || publish.isSuccess} onClick={() => publish.mutate()}>{t("policies.publish")}</Button>
        </div>
      </section>
      </div>
    </Page>
  );
}
