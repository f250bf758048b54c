import { useEffect } from "react";
import { api, ask } from "../api/client";

type Kind = "left" | "returned" | "offline" | "online" | "opened";

/**
 * useAttemptEvents tells the server when the page is left and shown again and
 * when the network goes and comes. What cannot be told at once is told with the
 * next event; it is a courtesy to the record, never in the way of an answer.
 */
export function useAttemptEvents(attempt: number): void {
  useEffect(() => {
    let waiting: { kind: Kind; claimed_at: string }[] = [];
    const tell = (kind: Kind) => {
      waiting = [...waiting, { kind, claimed_at: new Date().toISOString() }].slice(-100);
      const sent = waiting;
      waiting = [];
      ask(api.POST("/attempts/{id}/events", { params: { path: { id: attempt } }, body: { events: sent } }))
        .catch(() => { waiting = [...sent, ...waiting].slice(-100); });
    };
    const seen = () => tell(document.visibilityState === "hidden" ? "left" : "returned");
    const online = () => tell("online");
    const offline = () => tell("offline");
    tell("opened");
    document.addEventListener("visibilitychange", seen);
    window.addEventListener("online", online);
    window.addEventListener("offline", offline);
    return () => {
      document.removeEventListener("visibilitychange", seen);
      window.removeEventListener("online", online);
      window.removeEventListener("offline", offline);
    };
  }, [attempt]);
}
