import { useQuery } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { coursesQuery } from "../api/queries";
import { Empty } from "../ui/Empty";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { Unsettled } from "../ui/edited/Unsettled";
import { useUnsent } from "../ui/edited/useUnsent";
import { ProblemNote } from "../ui/ProblemNote";
import { Picker } from "../ui/staff/Picker";
import { Tag } from "../ui/Tag";
import { useTime } from "../ui/time";
import { manuscriptsQuery } from "./manuscript";
import { useOpening } from "./useOpening";

/** WritingPage lists the courses that are being written, and begins another. */
export default function WritingPage() {
  const { t } = useTranslation();
  const time = useTime();
  const manuscripts = useQuery(manuscriptsQuery);
  return (
    <Page title={t("courses.writing")} lead={t("courses.writing_lead")}>
      <div className="stack loose">
        <Loaded query={manuscripts} lines={5}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t("courses.nothing_written")}>{t("courses.nothing_written_text")}</Empty>
            ) : (
              <ul role="list" className="ledger">
                {items.map((m) => (
                  <li key={m.slug}>
                    <div>
                      <h2><Link to={`/officer/writing/${m.slug}`}>{m.slug}</Link></h2>
                      <p className="meta"><span>{t("courses.opened_by", { name: m.opened_by, time: time.instant(m.opened_at) })}</span></p>
                    </div>
                    <div className="act"><Tag tone={m.base ? "plain" : "accent"}>{m.base ? t("courses.based_on", { n: m.base }) : t("courses.new_course")}</Tag></div>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
        <Begin />
      </div>
    </Page>
  );
}

function Begin() {
  const { t } = useTranslation();
  const courses = useQuery(coursesQuery);
  const [existing, setExisting] = useState<string>();
  const fresh = useUnsent("course/new", { slug: "", title: "" });
  const { slug, title } = fresh.value;
  const open = useOpening((opened) => opened === slug && fresh.sent());
  return (
    <section className="panel form" aria-labelledby="begin">
      <h2 id="begin">{t("courses.begin_writing")}</h2>
      <div className="field">
        <label htmlFor="existing">{t("courses.revise_course")}</label>
        <div className="row" style={{ flexWrap: "nowrap" }}>
          <Picker id="existing" label={t("courses.revise_course")} value={existing} placeholder={t("courses.choose_course")} onChange={setExisting}
            options={(courses.data?.items ?? []).map((c) => ({ value: c.slug, label: c.title }))} />
          <Button disabled={!existing || open.isPending} onClick={() => existing && open.mutate({ slug: existing })}>{t("courses.open")}</Button>
        </div>
      </div>
      <form className="stack" onSubmit={(e) => { e.preventDefault(); open.mutate({ slug, title }); }}>
        <div className="pair">
          <div className="field">
            <label htmlFor="new-title">{t("courses.new_title")}</label>
            <Input id="new-title" value={title} maxLength={200} onChange={(e) => fresh.write({ slug, title: e.target.value })} />
          </div>
          <div className="field">
            <label htmlFor="new-slug">{t("courses.new_slug")}</label>
            <Input id="new-slug" className="mono" value={slug} maxLength={80} aria-describedby="slug-hint" onChange={(e) => fresh.write({ title, slug: e.target.value.toLowerCase() })} />
            <span id="slug-hint" className="hint">{t("courses.slug_hint")}</span>
          </div>
        </div>
        <Unsettled edited={fresh} show={(v) => v.title} />
        <div><Button type="primary" htmlType="submit" disabled={!slug || !title || open.isPending}>{t("courses.begin_new")}</Button></div>
      </form>
      {open.isError && <ProblemNote error={open.error} />}
    </section>
  );
}
