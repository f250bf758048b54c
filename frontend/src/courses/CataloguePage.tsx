import { useQuery } from "@tanstack/react-query";
import { Input } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { coursesQuery } from "../api/queries";
import type { CourseCard } from "../api/views";
import { categoryText } from "../ui/category";
import { Empty } from "../ui/Empty";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { Tag, type Tone } from "../ui/Tag";

const tones: Record<CourseCard["state"], Tone> = {
  none: "plain", not_started: "plain", in_progress: "accent", completed: "good", overdue: "bad",
};

/** CataloguePage lists every published course, by category. */
export default function CataloguePage() {
  const { t } = useTranslation();
  const courses = useQuery(coursesQuery);
  const [wanted, setWanted] = useState("");
  const id = useId();
  return (
    <Page title={t("courses.catalogue")} lead={t("courses.catalogue_lead")}>
      <div className="filters">
        <div className="field" style={{ width: 320, maxWidth: "100%" }}>
          <label htmlFor={id}>{t("courses.search")}</label>
          <Input id={id} type="search" allowClear value={wanted} onChange={(e) => setWanted(e.target.value)} />
        </div>
      </div>
      <Loaded query={courses} lines={8}>
        {({ items }) => <Catalogue items={items} wanted={wanted.trim().toLowerCase()} />}
      </Loaded>
    </Page>
  );
}

function Catalogue({ items, wanted }: { items: CourseCard[]; wanted: string }) {
  const { t } = useTranslation();
  if (items.length === 0) return <Empty title={t("courses.no_courses")}>{t("courses.no_courses_text")}</Empty>;
  const found = items.filter((c) => `${c.title} ${c.summary} ${c.category} ${c.tags.join(" ")}`.toLowerCase().includes(wanted));
  if (found.length === 0) return <Empty title={t("courses.not_found")}>{t("courses.not_found_text")}</Empty>;
  const categories = [...new Set(found.map((c) => c.category))];
  return (
    <div className="stack loose">
      {categories.map((category) => (
        <section key={category} className="section">
          <h2>{categoryText(t, category) || t("courses.without_category")}</h2>
          <ul role="list" className="ledger">
            {found.filter((c) => c.category === category).map((c) => (
              <li key={c.slug}>
                <div>
                  <h3><Link to={`/courses/${c.slug}`}>{c.title}</Link></h3>
                  <p style={{ marginTop: 3, maxWidth: "44em" }}>{c.summary}</p>
                  <p className="meta">
                    <span>{t("courses.minutes", { count: c.minutes })}</span>
                    <span>{t("courses.lessons", { count: c.lessons_total })}</span>
                    {c.has_quiz && <span>{t("courses.with_quiz")}</span>}
                    {c.tags.map((tag) => <Tag key={tag}>{tag}</Tag>)}
                  </p>
                </div>
                <div className="act">{c.state !== "none" && <Tag tone={tones[c.state]}>{t(`courses.state_${c.state}`)}</Tag>}</div>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
