import { useQuery } from "@tanstack/react-query";
import { Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask } from "../api/client";
import type { QuizLine } from "../api/views";
import { Empty } from "../ui/Empty";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import { useTime } from "../ui/time";
import "../ui/staff/staff.css";

/** QuizzesPage lists the quizzes with how they stand, those with essays that wait first. */
export default function QuizzesPage() {
  const { t } = useTranslation();
  const time = useTime();
  const quizzes = useQuery({ queryKey: ["quizzes"], queryFn: () => ask(api.GET("/quizzes")) });
  return (
    <Page dense title={t("quizzes.quizzes")} lead={t("quizzes.quizzes_lead")}>
      <Loaded query={quizzes} lines={8}>
        {({ items }) => items.length === 0 ? (
          <Empty title={t("quizzes.no_quizzes")}>{t("quizzes.no_quizzes_text")}</Empty>
        ) : (
          <div className="scroll-x table-frame" tabIndex={0} role="region" aria-label={t("quizzes.quizzes")}>
            <Table<QuizLine>
              size="small"
              pagination={false}
              rowKey="id"
              dataSource={items}
              columns={[
                { title: t("quizzes.quiz"), className: "wrap", render: (_, q) => <Link to={`/officer/quizzes/${q.id}`}>{q.course.title}</Link> },
                { title: t("banks.items"), dataIndex: "items", align: "end" },
                { title: t("quizzes.attempts"), dataIndex: "attempts", align: "end" },
                { title: t("quizzes.people"), dataIndex: "people", align: "end" },
                { title: t("quizzes.people_passed"), dataIndex: "passed", align: "end" },
                { title: t("quizzes.to_mark"), align: "end", render: (_, q) => (q.waiting > 0 ? <Tag tone="warn">{q.waiting}</Tag> : "–") },
                { title: t("quizzes.last_attempt"), render: (_, q) => (q.last_at ? time.instant(q.last_at) : "–") },
              ]}
            />
          </div>
        )}
      </Loaded>
    </Page>
  );
}
