import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { api, ask } from "../api/client";
import type { BankImport, ItemHistory } from "../api/views";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { ImportQuestions, type Source } from "./ImportQuestions";
import "./banks.css";

/** ImportQuestionsPage reads questions into a bank, or the next version of one that is edited as text. */
export default function ImportQuestionsPage() {
  const { t } = useTranslation();
  const { code = "" } = useParams();
  const [search] = useSearchParams();
  const id = Number(search.get("item"));
  const item = useQuery({
    queryKey: ["banks", code, "items", id],
    queryFn: () => ask(api.GET("/banks/{code}/items/{item}", { params: { path: { code, item: id } } })),
    enabled: id > 0,
  });
  const [done, setDone] = useState<BankImport>();
  const title = id > 0 && !done ? t("banks.edit_item", { name: item.data?.name ?? "" }) : t("banks.import");
  return (
    <Page dense title={title} lead={!done && t(id > 0 ? "banks.edit_lead" : "banks.import_lead")} back={{ to: `/officer/banks/${code}`, text: t("banks.back") }}>
      {done ? <Imported result={done} code={code} />
        : id > 0 ? <Loaded query={item} lines={12}>{(history) => <Edit key={id} code={code} id={id} history={history} onDone={setDone} />}</Loaded>
        : <ImportQuestions key="new" code={code} stored={nothing} onDone={setDone} />}
    </Page>
  );
}

const nothing: Source = { edition: 0, editor: "", value: { text: "", locale: "" } };

/** Edit opens a question as text, which goes back as its next version. */
function Edit({ code, id, history, onDone }: { code: string; id: number; history: ItemHistory; onDone: (result: BankImport) => void }) {
  const stored = useMemo(() => ({ edition: history.versions[0]?.number ?? 0, editor: "", value: { text: history.source, locale: history.locale } }), [history]);
  return <ImportQuestions code={code} item={id} stored={stored} onDone={onDone} />;
}

/** Imported says what was put in, and what of it was left out. */
function Imported({ result, code }: { result: BankImport; code: string }) {
  const { t } = useTranslation();
  const cut = result.questions.filter((q) => q.dropped.length > 0);
  return (
    <>
      <div className="note good" role="status">
        <b>{t("banks.imported", { created: result.created, changed: result.changed, unchanged: result.unchanged })}</b>
        <span>{t("banks.now_review")}</span>
        <Link to={`/officer/banks/${code}?state=draft`}>{t("banks.to_drafts")}</Link>
      </div>
      {cut.length > 0 && (
        <ul className="note warn">
          {cut.map((q, i) => <li key={i}>{t("banks.line", { n: q.line })} {q.name} {t("banks.dropped", { list: q.dropped.join(t("app.list_comma")) })}</li>)}
        </ul>
      )}
    </>
  );
}
