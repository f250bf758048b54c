import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { api, ask } from "../api/client";
import type { Found } from "../api/views";
import { Empty } from "../ui/Empty";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import { useTime } from "../ui/time";
import "./search.css";

/** SearchPage finds words in policies, lessons and briefings. The address holds what is looked for. */
export default function SearchPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const q = params.get("q") ?? "";
  const [text, setText] = useState(q);
  const found = useQuery({
    queryKey: ["search", q],
    queryFn: () => ask(api.GET("/search", { params: { query: { q, limit: 50 } } })),
    enabled: q !== "",
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <Page title={t("search.search")} lead={t("search.lead")}>
      <div className="stack loose" style={{ maxWidth: "52rem" }}>
        <form role="search" className="row search-form" onSubmit={(e) => { e.preventDefault(); setParams(text.trim() ? { q: text.trim() } : {}); }}>
          <div className="field" style={{ flex: 1 }}>
            <label htmlFor="search-text">{t("search.what")}</label>
            {/* eslint-disable-next-line jsx-a11y/no-autofocus -- whoever opens the search types next; the heading is read first */}
            <Input id="search-text" size="large" type="search" allowClear maxLength={200} autoFocus value={text} onChange={(e) => setText(e.target.value)} />
          </div>
          <button type="submit" className="button-link">{t("search.find")}</button>
        </form>
        {q !== "" && (
          <Loaded query={found} lines={8}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty title={t("search.none", { q })}>{t("search.none_text")}</Empty>
              ) : (
                <section className="section" aria-labelledby="found">
                  <h2 id="found">{t("search.found")} <span className="count">{items.length}</span></h2>
                  <ul role="list" className="ledger found">{items.map((f, i) => <Line key={i} found={f} />)}</ul>
                </section>
              )
            }
          </Loaded>
        )}
      </div>
    </Page>
  );
}

function addressOf(f: Found): string {
  if (f.kind === "policy") return `/policies/${f.code}/versions/${f.number}`;
  if (f.kind === "lesson") return `/courses/${f.code}/lessons/${f.number}`;
  return `/briefings/${encodeURIComponent(f.code)}`;
}

function Line({ found: f }: { found: Found }) {
  const { t } = useTranslation();
  const time = useTime();
  return (
    <li>
      <div>
        <h3><Link to={addressOf(f)}>{f.heading || f.title}</Link></h3>
        <p className="meta">
          <Tag>{t(`search.kind_${f.kind}`)}</Tag>
          {!f.in_force && <Tag tone="warn">{t("search.not_in_force")}</Tag>}
          {f.heading && <span>{f.title}</span>}
          {!f.in_force && f.effective_from && <span>{t("search.version_from", { n: f.number, date: time.date(f.effective_from) })}</span>}
        </p>
        <p className="snippet">{f.snippet.map((run, i) => (run.hit ? <mark key={i}>{run.text}</mark> : run.text))}</p>
      </div>
    </li>
  );
}
