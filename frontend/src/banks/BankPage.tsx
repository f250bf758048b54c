import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Checkbox } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api, ask } from "../api/client";
import { banksQuery } from "../api/queries";
import type { BankedItem, Paged } from "../api/views";
import { Html } from "../ui/Html";
import { Page } from "../ui/Page";
import { Choice } from "../ui/staff/Choice";
import { oneOf, useFilters } from "../ui/staff/filters";
import { Listing } from "../ui/staff/Listing";
import { SearchField } from "../ui/staff/SearchField";
import { Tag, type Tone } from "../ui/Tag";
import { BankExport } from "./BankExport";
import { BankOwner } from "./BankOwner";
import { RenameBank } from "./RenameBank";
import { Refile } from "./Refile";
import { kinds, levels, states } from "./words";
import "../ui/item/item.css";
import "./banks.css";

const tones: Record<BankedItem["state"], Tone> = { draft: "warn", reviewed: "good", retired: "plain" };

/** BankPage is one bank: its questions to be found, filed many at a time, imported and exported. */
export default function BankPage() {
  const { t } = useTranslation();
  const code = useParams().code ?? "";
  const [get, set] = useFilters();
  const [chosen, setChosen] = useState<number[]>([]);
  const filters = {
    q: get("q"), category: get("category"), tag: get("tag"),
    kind: oneOf(kinds, get("kind")), state: oneOf(states, get("state")), difficulty: oneOf(levels, get("difficulty")), twice: get("twice") === "1",
  };
  const banks = useQuery(banksQuery);
  const bank = banks.data?.items.find((b) => b.code === code);
  const query = useInfiniteQuery({
    queryKey: ["banks", code, filters],
    queryFn: ({ pageParam }) => ask(api.GET("/banks/{code}/items", { params: { path: { code }, query: {
      ...filters, difficulty: filters.difficulty ? Number(filters.difficulty) : undefined, ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
  });
  return (
    <Page
      dense
      title={bank?.name ?? code}
      ready={!!bank || banks.isError}
      back={{ to: "/officer/banks", text: t("banks.banks") }}
      lead={bank?.course_slug ? t("banks.course_lead") : t("banks.bank_lead")}
      actions={bank && !bank.course_slug && <Link className="button-link" to={`/officer/banks/${code}/import`}>{t("banks.import")}</Link>}
    >
      <div className="stack">
        {bank && !bank.course_slug && (
          <div className="row">
            <BankOwner bank={bank} />
            {bank.kept && <RenameBank key={bank.code} bank={bank} />}
          </div>
        )}
        <div className="filters">
          <SearchField label={t("banks.search")} value={filters.q} onSearch={(v) => set("q", v)} />
          <Choice label={t("banks.kind")} any={t("banks.any")} value={filters.kind} options={kinds.map((k) => ({ value: k, label: t(`quizzes.kind_${k}`) }))} onChoose={(v) => set("kind", v)} />
          <Choice label={t("banks.state")} any={t("banks.any")} value={filters.state} options={states.map((s) => ({ value: s, label: t(`banks.state_${s}`) }))} onChoose={(v) => set("state", v)} />
          <Choice label={t("banks.difficulty")} any={t("banks.any")} value={filters.difficulty} options={levels.map((l) => ({ value: l, label: l }))} onChoose={(v) => set("difficulty", v)} />
          <SearchField label={t("banks.category")} value={filters.category} onSearch={(v) => set("category", v)} />
          <SearchField label={t("banks.tag")} value={filters.tag} onSearch={(v) => set("tag", v)} />
          <div className="field"><Checkbox className="row" checked={filters.twice} onChange={(e) => set("twice", e.target.checked ? "1" : undefined)}>{t("banks.only_duplicates")}</Checkbox></div>
        </div>
        {bank && <Refile bank={bank} chosen={chosen} onDone={() => setChosen([])} />}
        <Listing<BankedItem, Paged<BankedItem>>
          query={query}
          title={t("banks.items")}
          rowKey={(i) => i.id}
          empty={{ title: t("banks.no_items"), text: t("banks.no_items_text") }}
          selection={{ selectedRowKeys: chosen, onChange: (keys) => setChosen(keys.map(Number)), getTitleCheckboxProps: () => ({ "aria-label": t("banks.choose_all") }), getCheckboxProps: (i) => ({ "aria-label": i.name }) }}
          columns={[
            { title: t("banks.item"), className: "wrap", render: (_, i) => (
              <div className="bank-item">
                <Link to={`/officer/banks/${code}/items/${i.id}`} className="mono small">{i.name}</Link>
                <Html html={i.html} lang={i.locale} className="prose compact clip gap-numbers" />
              </div>
            ) },
            { title: t("banks.kind"), render: (_, i) => t(`quizzes.kind_${i.kind}`) },
            { title: t("banks.category"), render: (_, i) => i.category || "–" },
            { title: t("banks.tags"), className: "wrap", render: (_, i) => <span className="row" style={{ gap: 4 }}>{i.tags.map((tag) => <Tag key={tag}>{tag}</Tag>)}</span> },
            { title: t("banks.difficulty"), align: "end", render: (_, i) => i.difficulty ?? "–" },
            { title: t("banks.state"), render: (_, i) => <><Tag tone={tones[i.state]}>{t(`banks.state_${i.state}`)}</Tag>{i.twins > 0 && <> <Tag tone="warn">{t("banks.duplicate")}</Tag></>}</> },
            { title: t("banks.version"), dataIndex: "version", align: "end" },
            { title: t("banks.in_quizzes"), align: "end", render: (_, i) => i.quizzes || "–" },
          ]}
        />
        <BankExport code={code} />
      </div>
    </Page>
  );
}
