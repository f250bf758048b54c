import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask } from "../api/client";
import { Problem } from "../api/problem";
import { briefingsQuery } from "../api/queries";
import type { BriefingLine } from "../api/views";
import { hasOverAll, useMe } from "../app/me";
import { ConfirmWarnings } from "../ui/ConfirmWarnings";
import { confirming, useDryRun } from "../ui/dryRun";
import { Unsettled } from "../ui/edited/Unsettled";
import { useBackup, useEdited } from "../ui/edited/useEdited";
import { jumpToLanguage } from "../ui/jump";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { ProblemNote } from "../ui/ProblemNote";
import { BriefingBoard } from "./BriefingBoard";
import { BriefingForm } from "./BriefingForm";
import { PublishedBriefing } from "./PublishedBriefing";
import { blank, citation, keyOf, sent, standing, type Writing } from "./writing";
import "./briefing.css";

/** PublishBriefingPage writes a month's briefing with its three parts in each language. */
export default function PublishBriefingPage() {
  const { t } = useTranslation();
  const briefings = useQuery(briefingsQuery);
  return (
    <Page title={t("briefings.publish_briefing")} lead={t("briefings.publish_briefing_lead")}>
      <Loaded query={briefings} lines={12}>{({ items }) => <Work published={items} />}</Loaded>
    </Page>
  );
}

const name = "briefing"; // one at a time is written on a device

function Work({ published }: { published: BriefingLine[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const everybody = hasOverAll(useMe(), "compliance");
  const [{ month, unit }, setPlace] = useState<Pick<Writing, "month" | "unit">>(useBackup(name, blank()) ?? blank());
  const stored = useMemo(() => standing(published, { month, unit }), [published, month, unit]);
  const text = useEdited({ name, stored, sample: blank() });
  const briefing = useDryRun(
    async (v: { writing: Writing; base: number }, dry_run, shown) => {
      try {
        return await ask(api.POST("/briefings", { body: { ...sent(v.writing), base: v.base, dry_run, ...confirming(shown) } }));
      } catch (error) {
        // What a colleague published meanwhile comes beside the text, which stays.
        if (error instanceof Problem && error.code === "briefings.changed_meanwhile") await client.invalidateQueries({ queryKey: ["briefings"] });
        throw error;
      }
    },
    async (done) => {
      text.forget({ edition: done.revision, editor: "", value: text.value });
      await client.invalidateQueries({ queryKey: ["briefings"] });
    },
  );
  const [confirmed, setConfirmed] = useState(false);
  const change = (w: Writing) => {
    briefing.reset();
    setConfirmed(false);
    const moved = w.month !== month || w.unit !== unit;
    if (moved) setPlace(w);
    text.write(w, moved ? standing(published, w).edition : undefined);
  };
  const decide = (which: "mine" | "theirs") => {
    briefing.reset();
    text.decide(which);
  };
  const { preview, result } = briefing;
  const go = ({ field = "", line }: { field?: string; line?: number }) => {
    const [, locale = "", part = ""] = /^body\.texts\.([^.]+)\.(\w+)$/.exec(field) ?? [];
    jumpToLanguage(`${part}-${locale}`, locale, line);
  };
  const unconfirmed = !!preview && preview.warnings.length > 0 && !confirmed;
  return (
    <div className="stack loose">
      <BriefingBoard onCite={(list) => change({ ...text.value, cited: [...new Set([...text.value.cited, ...list.map(citation)])] })} />
      <section className="panel form" style={{ maxWidth: 900 }} aria-label={t("briefings.publish_briefing")}>
        <BriefingForm writing={text.value} onChange={change} />
        <Unsettled edited={{ ...text, decide }} show={() => ""} drawn={<PublishedBriefing name={keyOf({ month, unit })} />} />
        {briefing.error && <ProblemNote error={briefing.error} />}
        {preview && <p role="status">{t(preview.unit_name ? "briefings.reaches_unit" : "briefings.reaches_all", { count: preview.people, unit: preview.unit_name })}</p>}
        {preview && <ConfirmWarnings fine={t("briefings.briefing_check_ok", { month: preview.month, n: preview.revision })} onGo={go} warnings={preview.warnings} confirmed={confirmed} onConfirm={setConfirmed} />}
        {result && (
          <div className="note good" role="status">
            <b>{t("briefings.briefing_published", { month: result.month, n: result.revision })}</b>
            <Link to={`/briefings/${encodeURIComponent(result.key)}`}>{t("briefings.see_briefing")}</Link>
          </div>
        )}
        <div className="row">
          <Button disabled={!month || !unit && !everybody || text.state === "conflict" || briefing.looking} onClick={() => { setConfirmed(false); briefing.look({ writing: text.value, base: text.edition }); }}>{t("briefings.check")}</Button>
          <Button type="primary" disabled={!preview || unconfirmed || text.state === "conflict" || briefing.acting} onClick={briefing.act}>{t("policies.publish")}</Button>
          {unconfirmed && <span className="small soft">{t("app.confirm_warnings_first")}</span>}
          {text.unsaved && <span className="small soft">{t("app.text_on_device")}</span>}
        </div>
      </section>
    </div>
  );
}
