import { useQuery } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { policiesQuery } from "../api/queries";
import type { Locale, PolicyContent } from "../api/views";
import { LanguageTabs } from "../ui/staff/LanguageTabs";
import { isBlank, type Writing } from "./draft";
import { LiveDifference } from "./LiveDifference";
import { TextFile } from "./TextFile";
import { begun, useBase } from "./useBase";

interface Props {
  writing: Writing;
  fresh: boolean;
  /** Number of the version that unsaved words are compared with while they are written; 0: none. */
  against: number;
  onChange: (w: Writing) => void;
}

/** DraftForm writes the fields of a version in each language, and shows what they change while they are written. */
export function DraftForm({ writing, fresh, against, onChange }: Props) {
  const { t } = useTranslation();
  const policies = useQuery(policiesQuery);
  const { code, content } = writing;
  const change = (part: Partial<PolicyContent>) => onChange({ ...writing, content: { ...content, ...part } });
  // Codes that differ only in capitals are the same.
  const policyOf = (typed: string) => policies.data?.items.find((p) => p.code.toLowerCase() === typed.trim().toLowerCase());
  const known = policyOf(code);
  const base = useBase(writing, known, fresh, onChange);
  const older = fresh ? (known?.newest ?? 0) : against;
  const named = (typed: string) => {
    const found = policyOf(typed);
    onChange({ ...writing, code: found?.code ?? typed, base: found?.newest });
  };
  const plain = (name: "issuer" | "category" | "owner" | "applies_to") => (
    <div className="field">
      <label htmlFor={name}>{t(`policies.${name}`)}</label>
      <Input id={name} value={content[name]} onChange={(e) => change({ [name]: e.target.value })} />
    </div>
  );
  const text = (name: "titles" | "notes" | "texts" | "questions", locale: Locale, rows: number) => {
    const id = `${name}-${locale}`;
    const value = content[name]?.[locale] ?? "";
    const set = (next: string) => change({ [name]: { ...content[name], [locale]: next } });
    return (
      <div className="field">
        <label htmlFor={id}>{t(`policies.${name}`)}</label>
        {rows === 1 ? (
          <Input id={id} value={value} onChange={(e) => set(e.target.value)} />
        ) : (
          <Input.TextArea id={id} autoSize={{ minRows: rows, maxRows: rows * 2 }} value={value} onChange={(e) => set(e.target.value)} />
        )}
        {name === "questions" && <span className="hint">{t("policies.questions_hint")}</span>}
        {name === "texts" && <TextFile onText={set} />}
        {name === "texts" && older > 0 && <LiveDifference code={known?.code ?? code} base={older} locale={locale} text={value} />}
      </div>
    );
  };
  return (
    <div className="form">
      <div className="pair">
        <div className="field">
          <label htmlFor="code">{t("policies.code")}</label>
          <Input id="code" list="codes" disabled={!fresh} value={code} aria-describedby="code-hint" onChange={(e) => named(e.target.value)} />
          <datalist id="codes">{policies.data?.items.map((p) => <option key={p.code} value={p.code}>{p.title}</option>)}</datalist>
          <span id="code-hint" className="hint" role="status">
            {known ? t("policies.next_version", { title: known.title, n: known.newest + 1 }) : t("policies.code_hint")}
          </span>
          {fresh && known && base.said && !isBlank(content) && JSON.stringify(content) !== JSON.stringify(begun(base.said.content)) && <TakeOver n={known.newest} onTake={base.takeOver} />}
          {fresh && known && !!base.said?.withheld && <span className="hint">{t("policies.questions_withheld", { count: base.said.withheld })}</span>}
        </div>
        <div className="field">
          <label htmlFor="effective">{t("policies.effective_date")}</label>
          <input id="effective" type="date" className="native-input" value={content.effective_from} onChange={(e) => change({ effective_from: e.target.value })} />
        </div>
      </div>
      <fieldset className="choices">
        <legend>{t("policies.tier")}</legend>
        {([1, 2] as const).map((tier) => (
          <label key={tier} className="row" style={{ gap: 8, minHeight: 32 }}>
            <input type="radio" name="tier" checked={(content.tier || 1) === tier} onChange={() => change({ tier })} /> {t(`policies.tier_${tier}`)}
          </label>
        ))}
      </fieldset>
      <div className="pair">{plain("issuer")}{plain("category")}{plain("owner")}{plain("applies_to")}</div>
      <LanguageTabs filled={(l) => Boolean(content.texts[l]?.trim())}>
        {(l) => <>{text("titles", l, 1)}{text("notes", l, 2)}{text("texts", l, 14)}{text("questions", l, 4)}</>}
      </LanguageTabs>
    </div>
  );
}

/** TakeOver puts what the newest version says in the place of what is written, after a second look. */
function TakeOver({ n, onTake }: { n: number; onTake: () => void }) {
  const { t } = useTranslation();
  const [sure, setSure] = useState(false);
  if (!sure) return <div><Button size="small" onClick={() => setSure(true)}>{t("policies.take_over", { n })}</Button></div>;
  return (
    <div className="row">
      <span className="small">{t("policies.take_over_loses")}</span>
      <Button size="small" danger onClick={() => { setSure(false); onTake(); }}>{t("policies.take_over_sure")}</Button>
      <Button size="small" onClick={() => setSure(false)}>{t("app.text_discard_not")}</Button>
    </div>
  );
}
