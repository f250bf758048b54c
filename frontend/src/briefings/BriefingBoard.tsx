import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask } from "../api/client";
import type { BoardMonth, CitedPolicy } from "../api/views";
import { Loaded } from "../ui/Loaded";
import { useTime } from "../ui/time";

/** BriefingBoard is the year's briefings month by month, and what no briefing has told of yet. */
export function BriefingBoard({ onCite }: { onCite: (policies: CitedPolicy[]) => void }) {
  const { t } = useTranslation();
  const [year, setYear] = useState(new Date().getFullYear());
  const board = useQuery({ queryKey: ["briefings", "board", year], queryFn: () => ask(api.GET("/briefings/board", { params: { query: { year } } })) });
  return (
    <section className="section" aria-labelledby="board">
      <div className="row apart" style={{ marginBottom: 10 }}>
        <h2 id="board" className="section-title" style={{ margin: 0 }}>{t("briefings.board_of", { year })} {board.data && <span className="count">{t("briefings.board_held", { held: board.data.held, due: board.data.due })}</span>}</h2>
        <div className="row" style={{ gap: 8 }}>
          <Button size="small" onClick={() => setYear(year - 1)}>{year - 1}</Button>
          <Button size="small" onClick={() => setYear(year + 1)}>{year + 1}</Button>
        </div>
      </div>
      <Loaded query={board} lines={4}>
        {(data) => (
          <div className="stack">
            <ol role="list" className="board">{data.months.map((m) => <Month key={m.month} month={m} staff={data.staff} />)}</ol>
            {data.uncited.length > 0 && (
              <div className="note warn">
                <b>{t("briefings.uncited")}</b>
                <span>{data.uncited.map((p) => `${p.title} · ${t("policies.version_n", { n: p.number })}`).join("、")}</span>
                <div><Button size="small" onClick={() => onCite(data.uncited)}>{t("briefings.cite_them")}</Button></div>
              </div>
            )}
          </div>
        )}
      </Loaded>
    </section>
  );
}

function Month({ month: m, staff }: { month: BoardMonth; staff: number }) {
  const { t } = useTranslation();
  const time = useTime();
  return (
    <li className={`board-month ${m.state}`}>
      <span className="small">{time.month(m.month)}</span>
      {m.state === "held" ? (
        <>
          <Link to={`/briefings/${encodeURIComponent(m.month)}`}>{m.title}</Link>
          <span className="small soft">{t("briefings.board_readers", { readers: m.readers, staff })}</span>
          <span className="small soft">{t(m.met ? "briefings.board_met" : "briefings.board_not_met")}</span>
          {m.open > 0 && <span className="small">{t("briefings.board_actions", { open: m.open })}{m.overdue > 0 && <b className="bad-text"> · {t("briefings.board_overdue", { count: m.overdue })}</b>}</span>}
        </>
      ) : (
        <b>{t(`briefings.board_${m.state}`)}</b>
      )}
    </li>
  );
}
