import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { api, ask } from "../api/client";
import { meetingQuery } from "../api/queries";
import type { StudyMeeting } from "../api/views";
import type { Stored } from "../ui/edited/EditedText";
import { Unsettled } from "../ui/edited/Unsettled";
import { useEdited } from "../ui/edited/useEdited";
import { Html } from "../ui/Html";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { ProblemNote } from "../ui/ProblemNote";
import { PersonSelect } from "../ui/staff/PersonSelect";

const blank = { at: "", place: "", chair: "", recorder: "", notes: "", room: "", remote: "" };

/** asStored are the published minutes. A correction is written anew: the server gives minutes back as they are read, not as they were typed. */
const asStored = (m: StudyMeeting): Stored<typeof blank> => ({ edition: m.number, editor: m.published_by, value: blank });

/** numbersIn are the employee numbers in a pasted list, each once. */
function numbersIn(text: string): string[] {
  return [...new Set(text.split(/[\s,;，；、]+/u).filter(Boolean))];
}

/** MeetingPage records the meeting that studied a briefing: minutes and attendance. */
export default function MeetingPage() {
  const { t } = useTranslation();
  const { month = "" } = useParams();
  const meeting = useQuery(meetingQuery(month));
  return (
    <Page title={t("briefings.record_meeting")} lead={t("briefings.record_meeting_lead")} back={{ to: `/briefings/${encodeURIComponent(month)}`, text: t("briefings.briefing") }}>
      <Loaded query={meeting} lines={10}>{(m) => <Minutes key={month} month={month} meeting={m} />}</Loaded>
    </Page>
  );
}

function Minutes({ month, meeting: m }: { month: string; meeting: StudyMeeting }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const minutes = useEdited({
    name: `minutes/${month}`,
    stored: useMemo(() => asStored(m), [m]),
    home: {
      save: async (v, base) => {
        const { number } = await ask(api.POST("/briefings/{month}/meeting", {
          params: { path: { month } },
          body: { held_at: new Date(v.at).toISOString(), place: v.place, chair_no: v.chair, recorder_no: v.recorder, notes: v.notes, room: numbersIn(v.room), remote: numbersIn(v.remote), base },
        }));
        return { edition: number, editor: "", value: blank };
      },
      newest: async () => asStored(await client.fetchQuery({ ...meetingQuery(month), staleTime: 0 })),
      refusal: "briefings.changed_meanwhile",
    },
  });
  const w = minutes.value;
  const change = (part: Partial<typeof blank>) => minutes.write({ ...w, ...part });
  const record = async () => {
    if (!(await minutes.save())) return;
    await client.invalidateQueries({ queryKey: ["briefings"] });
    await navigate(`/briefings/${encodeURIComponent(month)}`);
  };
  const complete = w.at && w.place && w.chair && w.recorder && w.notes.trim();
  return (
    <form className="panel form" aria-label={t("briefings.record_meeting")} onSubmit={(e) => { e.preventDefault(); void record(); }}>
      <div className="pair">
        <div className="field">
          <label htmlFor="held-at">{t("briefings.held_at")}</label>
          <input id="held-at" type="datetime-local" className="native-input" value={w.at} onChange={(e) => change({ at: e.target.value })} />
        </div>
        <div className="field">
          <label htmlFor="place">{t("briefings.place")}</label>
          <Input id="place" value={w.place} onChange={(e) => change({ place: e.target.value })} />
        </div>
        <div className="field"><label htmlFor="chair">{t("briefings.chair")}</label><PersonSelect id="chair" value={w.chair || undefined} onChange={(chair) => change({ chair: chair ?? "" })} /></div>
        <div className="field"><label htmlFor="recorder">{t("briefings.recorder")}</label><PersonSelect id="recorder" value={w.recorder || undefined} onChange={(recorder) => change({ recorder: recorder ?? "" })} /></div>
      </div>
      <div className="field">
        <label htmlFor="notes">{t("briefings.minutes_notes")}</label>
        <Input.TextArea id="notes" rows={8} value={w.notes} onChange={(e) => change({ notes: e.target.value })} />
        <span className="hint">{t("briefings.markdown_hint")}</span>
      </div>
      <div className="pair">
        {(["room", "remote"] as const).map((key) => (
          <div key={key} className="field">
            <label htmlFor={key}>{t(`briefings.list_${key}`)}</label>
            <Input.TextArea id={key} rows={5} className="mono" value={w[key]} onChange={(e) => change({ [key]: e.target.value })} />
            <span className="hint">{t("briefings.list_hint", { count: numbersIn(w[key]).length })}</span>
          </div>
        ))}
      </div>
      <Unsettled edited={minutes} show={() => ""}
        drawn={<section aria-label={t("app.text_theirs", { n: m.number })}><Html html={m.notes_html} className="prose compact" /></section>} />
      {minutes.state === "failed" && <ProblemNote error={minutes.error} />}
      <div className="row">
        <Button type="primary" htmlType="submit" disabled={!complete || minutes.state === "conflict" || minutes.state === "saving"}>{t("briefings.publish_minutes")}</Button>
        <span className="small soft">{t("briefings.minutes_stay")}</span>
      </div>
    </form>
  );
}
