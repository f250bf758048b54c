import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { api, ask } from "../api/client";
import { Page } from "../ui/Page";
import { ProblemNote } from "../ui/ProblemNote";
import { PersonSelect } from "../ui/staff/PersonSelect";

/** numbersIn are the employee numbers in a pasted list, each once. */
function numbersIn(text: string): string[] {
  return [...new Set(text.split(/[\s,;，；、]+/u).filter(Boolean))];
}

/** MeetingPage records the meeting that studied a briefing: minutes and attendance. */
export default function MeetingPage() {
  const { t } = useTranslation();
  const { month = "" } = useParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [at, setAt] = useState("");
  const [place, setPlace] = useState("");
  const [chair, setChair] = useState<string>();
  const [recorder, setRecorder] = useState<string>();
  const [notes, setNotes] = useState("");
  const [room, setRoom] = useState("");
  const [remote, setRemote] = useState("");
  const record = useMutation({
    mutationFn: () =>
      ask(api.POST("/briefings/{month}/meeting", {
        params: { path: { month } },
        body: { held_at: new Date(at).toISOString(), place, chair_no: chair ?? "", recorder_no: recorder ?? "", notes, room: numbersIn(room), remote: numbersIn(remote) },
      })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["briefings"] });
      await navigate(`/briefings/${month}`);
    },
  });
  const lists = [["room", room, setRoom], ["remote", remote, setRemote]] as const;
  return (
    <Page title={t("briefings.record_meeting")} lead={t("briefings.record_meeting_lead")} back={{ to: `/briefings/${month}`, text: t("briefings.briefing") }}>
      <form className="panel form" aria-label={t("briefings.record_meeting")} onSubmit={(e) => { e.preventDefault(); record.mutate(); }}>
        <div className="pair">
          <div className="field">
            <label htmlFor="held-at">{t("briefings.held_at")}</label>
            <input id="held-at" type="datetime-local" className="native-input" value={at} onChange={(e) => setAt(e.target.value)} />
          </div>
          <div className="field">
            <label htmlFor="place">{t("briefings.place")}</label>
            <Input id="place" value={place} onChange={(e) => setPlace(e.target.value)} />
          </div>
          <div className="field"><label htmlFor="chair">{t("briefings.chair")}</label><PersonSelect id="chair" value={chair} onChange={setChair} /></div>
          <div className="field"><label htmlFor="recorder">{t("briefings.recorder")}</label><PersonSelect id="recorder" value={recorder} onChange={setRecorder} /></div>
        </div>
        <div className="field">
          <label htmlFor="notes">{t("briefings.minutes_notes")}</label>
          <Input.TextArea id="notes" rows={8} value={notes} onChange={(e) => setNotes(e.target.value)} />
          <span className="hint">{t("briefings.markdown_hint")}</span>
        </div>
        <div className="pair">
          {lists.map(([key, text, set]) => (
            <div key={key} className="field">
              <label htmlFor={key}>{t(`briefings.list_${key}`)}</label>
              <Input.TextArea id={key} rows={5} className="mono" value={text} onChange={(e) => set(e.target.value)} />
              <span className="hint">{t("briefings.list_hint", { count: numbersIn(text).length })}</span>
            </div>
          ))}
        </div>
        {record.isError && <ProblemNote error={record.error} />}
        <div className="row">
          <Button type="primary" htmlType="submit" disabled={!at || !place || !chair || !recorder || !notes.trim() || record.isPending}>{t("briefings.publish_minutes")}</Button>
          <span className="small soft">{t("briefings.minutes_stay")}</span>
        </div>
      </form>
    </Page>
  );
}
