import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useEffect, useRef } from "react";
import { Link, useParams, useSearchParams } from "react-router";
import { policyVersionQuery } from "../api/queries";
import { Html } from "../ui/Html";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { useTime } from "../ui/time";
import { Acknowledge } from "../ui/Acknowledge";
import "../ui/paper.css";
import "./policy.css";

/** showClause brings the clause into view, by the number or heading that its block begins with. */
function showClause(text: HTMLElement, clause: string): void {
  const plain = (s: string) => s.replace(/[\s\u3000]+/gu, "").toLowerCase();
  const wanted = plain(clause);
  const block = [...text.querySelectorAll("h1, h2, h3, h4, h5, h6, p, li")].find((b) => plain(b.textContent ?? "").startsWith(wanted));
  if (!block) return;
  block.classList.add("cited-clause");
  requestAnimationFrame(() => block.scrollIntoView({ block: "center" }));
}

/** PolicyVersionPage is the text of one version, and its acknowledgement below it. */
export default function PolicyVersionPage() {
  const { t } = useTranslation();
  const time = useTime();
  const { code = "", n = "1" } = useParams();
  const version = useQuery(policyVersionQuery(code, Number(n)));
  const v = version.data;
  const [search] = useSearchParams();
  const clause = search.get("clause");
  const text = useRef<HTMLElement>(null);
  useEffect(() => {
    if (v && clause && text.current) showClause(text.current, clause);
  }, [v, clause]);
  return (
    <Page
      title={v ? `${v.title} · ${t("policies.version_n", { n: v.number })}` : t("policies.policy")}
      ready={!!v || version.isError}
      back={{ to: `/policies/${code}`, text: t("policies.all_versions") }}
      lead={v && [v.code, v.issuer, t("policies.effective_from", { date: time.date(v.effective_from) })].filter(Boolean).join(" · ")}
    >
      <Loaded query={version} lines={12}>
        {(data) => (
          <div className="stack policy-column">
            {data.newest > data.number && (
              <p className="note warn no-print">
                {t("policies.newer_exists", { n: data.newest })}{" "}
                <Link to={`/policies/${data.code}/versions/${data.newest}`}>{t("policies.version_n", { n: data.newest })}</Link>
              </p>
            )}
            {data.number > 1 && (
              <p className="no-print"><Link to={`/policies/${data.code}/versions/${data.number}/changes`}>{t("policies.see_changes")}</Link></p>
            )}
            {data.note && <p className="note"><b>{t("policies.what_changed")}</b><span>{data.note}</span></p>}
            <article className="paper" ref={text}><Html html={data.html} lang={data.locale} /></article>
            <Acknowledge key={`${data.code}/${data.number}`} version={data} onPage />
          </div>
        )}
      </Loaded>
    </Page>
  );
}
