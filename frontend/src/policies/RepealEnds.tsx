import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask } from "../api/client";
import type { CitedBy, RepealProposal } from "../api/views";
import { Loaded } from "../ui/Loaded";
import { useTime } from "../ui/time";
import { usePart } from "./usePart";

interface Props { proposal: RepealProposal; pending: boolean; onYes: () => void; onNo: () => void }

/** RepealEnds says what ends when a policy is repealed, and asks a second time. */
export function RepealEnds({ proposal: p, pending, onYes, onNo }: Props) {
  const { t } = useTranslation();
  const time = useTime();
  const effect = useQuery({ queryKey: ["policies", p.code, "repeal", p.id], queryFn: () => ask(api.GET("/policies/{code}/repeal", { params: { path: { code: p.code } } })), staleTime: 0 });
  const date = time.date(p.effective_from);
  return (
    <section className="stack" aria-labelledby="repeal-ends">
      <h3 id="repeal-ends">{t("policies.repeal_ends", { date })}</h3>
      <Loaded query={effect} lines={4}>
        {({ clauses, asked, citing }) => (
          <>
            <ul>
              <li>{t("policies.repeal_ends_version", { n: p.newest, count: clauses, date })}</li>
              <li>{asked > 0 ? t("policies.repeal_ends_asked", { count: asked }) : t("policies.repeal_ends_nobody")}</li>
              <li>{citing.length > 0 ? t("policies.repeal_ends_cited", { count: citing.length }) : t("policies.repeal_ends_uncited")}</li>
            </ul>
            {citing.length > 0 && <Citing list={citing} />}
            <div className="row">
              <Button danger type="primary" disabled={pending} onClick={onYes}>{t("policies.repeal_sure", { date })}</Button>
              <Button disabled={pending} onClick={onNo}>{t("policies.repeal_not_yet")}</Button>
            </div>
          </>
        )}
      </Loaded>
    </section>
  );
}

/** Citing lists each course and briefing once, with its places. */
function Citing({ list }: { list: CitedBy[] }) {
  const { t } = useTranslation();
  const part = usePart();
  const sources = [...new Set(list.map((c) => `${c.kind}/${c.source}`))];
  return (
    <ul role="list" className="ledger">
      {sources.map((name) => {
        const places = list.filter((c) => `${c.kind}/${c.source}` === name);
        const first = places[0];
        if (!first) return null;
        return (
          <li key={name}>
            <div>
              <h4><Link to={first.kind === "course" ? `/courses/${first.source}` : `/briefings/${encodeURIComponent(first.source)}`}>{first.title}</Link></h4>
              <ul className="small">
                {[...new Set(places.map((c) => `${part(c)} · ${c.clause_name || t("policies.whole_policy")}`))].map((line) => <li key={line}>{line}</li>)}
              </ul>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
