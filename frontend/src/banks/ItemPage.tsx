import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api, ask } from "../api/client";
import { banksQuery } from "../api/queries";
import type { ItemEdition } from "../api/views";
import { Answered } from "../ui/item/Answered";
import { numbers } from "../ui/numbers";
import { Html } from "../ui/Html";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import { useTime } from "../ui/time";
import "./banks.css";

/** ItemPage is a question with all its versions: what each asks, where it is asked, and how it did. */
export default function ItemPage() {
  const { t } = useTranslation();
  const { code = "", id } = useParams();
  const item = Number(id);
  const history = useQuery({ queryKey: ["banks", code, "items", item], queryFn: () => ask(api.GET("/banks/{code}/items/{item}", { params: { path: { code, item } } })) });
  const banks = useQuery(banksQuery);
  const of = banks.data?.items.find((b) => b.code === code);
  return (
    <Page dense title={history.data?.name ?? t("banks.item")} ready={!!history.data || history.isError} back={{ to: `/officer/banks/${code}`, text: t("banks.back") }}
      actions={history.data && !of?.course_slug && <Link className="button-link quiet" to={`/officer/banks/${code}/import?item=${item}`}>{t("banks.edit")}</Link>}
      lead={history.data && [t(`banks.state_${history.data.state}`), history.data.category].filter(Boolean).join(" · ")}>
      <Loaded query={history} lines={8}>
        {(h) => (
          <div className="stack loose">
            {h.twins.length > 0 && (
              <p className="note warn">{t("banks.duplicates", { list: h.twins.map((d) => `${d.other} (${d.bank})`).join(t("app.list_comma")) })}</p>
            )}
            <ol role="list" className="ledger">
              {h.versions.map((v) => <Edition key={v.number} edition={v} />)}
            </ol>
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Edition({ edition }: { edition: ItemEdition }) {
  const { t } = useTranslation();
  const time = useTime();
  const q = edition.question;
  return (
    <li className="bank-edition stack" aria-labelledby={`v${edition.number}`}>
      <div className="row apart">
        <h2 id={`v${edition.number}`} style={{ fontSize: 17 }}>{t("banks.version_n", { n: edition.number })}</h2>
        <span className="small soft">{t(`quizzes.kind_${q.kind}`)} · {t("quizzes.points", { points: q.points })} · {time.dateOf(edition.created_at)}</span>
      </div>
      <Html html={q.html} lang={q.locale} className="prose compact gap-numbers" />
      {(q.options ?? []).length > 0 && q.kind !== "true_false" && (
        <ul className="bank-options">{(q.options ?? []).map((o) => <li key={o.id}><Html html={o.html} lang={q.locale} className="prose compact" /></li>)}</ul>
      )}
      {q.kind !== "description" && q.kind !== "essay" && (
        <div className="answered"><span className="soft small">{t("banks.right_answer")}</span><Answered item={q} answer={edition.key} /></div>
      )}
      {edition.feedback_html && <Html html={edition.feedback_html} lang={q.locale} className="prose compact feedback" />}
      <p>
        {edition.asked === 0 ? <span className="soft">{t("banks.never_asked")}</span> : t("banks.results", { asked: edition.asked, right: edition.right, partly: edition.partly, share: numbers.percent(edition.share) })}
      </p>
      {edition.uses.length > 0 && (
        <ul role="list" className="row">
          {edition.uses.map((u) => (
            <li key={u.quiz_id}>
              <Link to={`/officer/quizzes/${u.quiz_id}`}>{u.title}</Link>{" "}
              <Tag tone={u.now ? "good" : "plain"}>{u.first === u.last ? t("banks.in_revision", { n: u.first }) : t("banks.in_revisions", { first: u.first, last: u.last })}</Tag>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
