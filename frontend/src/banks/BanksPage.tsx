import { useQuery } from "@tanstack/react-query";
import { Button, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { banksQuery } from "../api/queries";
import type { Bank } from "../api/views";
import { Empty } from "../ui/Empty";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import { OpenBank } from "./OpenBank";
import "../ui/staff/staff.css";

/** BanksPage lists the banks of questions: those of their own first, then those that courses fill. */
export default function BanksPage() {
  const { t } = useTranslation();
  const [opening, setOpening] = useState(false);
  const banks = useQuery(banksQuery);
  return (
    <Page dense title={t("banks.banks")} lead={t("banks.banks_lead")} actions={<Button onClick={() => setOpening(true)}>{t("banks.open")}</Button>}>
      <Loaded query={banks} lines={8}>
        {({ items }) => items.length === 0 ? (
          <Empty title={t("banks.none")}>{t("banks.none_text")}</Empty>
        ) : (
          <div className="scroll-x table-frame" tabIndex={0} role="region" aria-label={t("banks.banks")}>
            <Table<Bank>
              size="small"
              pagination={false}
              rowKey="code"
              dataSource={items}
              columns={[
                { title: t("banks.bank"), className: "wrap", render: (_, b) => (b.kept ? <Link to={`/officer/banks/${b.code}`}>{b.name}</Link> : <>{b.name}{b.must_sit && <div className="small soft">{t("banks.must_sit")}</div>}</>) },
                { title: t("banks.code"), dataIndex: "code", className: "mono" },
                { title: t("banks.owner"), render: (_, b) => (b.course_slug ? <Link to={`/courses/${b.course_slug}`}>{t("banks.of_course")}</Link> : (b.owner?.name ?? "–")) },
                { title: t("banks.items"), dataIndex: "items", align: "end" },
                { title: t("banks.state_draft"), align: "end", render: (_, b) => (b.drafts > 0 ? <Tag tone="warn">{b.drafts}</Tag> : "–") },
                { title: t("banks.state_retired"), align: "end", render: (_, b) => b.retired || "–" },
              ]}
            />
          </div>
        )}
      </Loaded>
      {opening && <OpenBank onClose={() => setOpening(false)} />}
    </Page>
  );
}
