import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

const announced = [10, 5, 1]; // minutes left at which a screen reader hears it

/** timeLeft writes seconds as 1:02:03 or 02:03. */
function timeLeft(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const h = Math.floor(seconds / 3600);
  const m = Math.floor((seconds % 3600) / 60);
  return h > 0 ? `${h}:${two(m)}:${two(seconds % 60)}` : `${two(m)}:${two(seconds % 60)}`;
}

/** Countdown shows the time left by the server's clock, whatever this machine's clock says. */
export function Countdown({ deadline, serverNow, onOver }: { deadline: string; serverNow: string; onOver: () => void }) {
  const { t } = useTranslation();
  const [offset] = useState(() => Date.parse(serverNow) - Date.now());
  const left = () => Math.max(0, Math.ceil((Date.parse(deadline) - Date.now() - offset) / 1000));
  const [seconds, setSeconds] = useState(left);
  const over = useRef(onOver);
  useEffect(() => { over.current = onOver; });
  const told = useRef(false);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(left), 500);
    return () => clearInterval(timer);
  });
  useEffect(() => {
    if (seconds > 0 || told.current) return;
    told.current = true;
    over.current();
  }, [seconds]);
  const minutes = Math.ceil(seconds / 60);
  return (
    <div className={seconds <= 60 ? "countdown urgent" : "countdown"}>
      <span className="small">{t("quizzes.time_left")}</span>
      <span role="timer" aria-live="off" className="countdown-time">{timeLeft(seconds)}</span>
      <span className="hidden-text" role="status">{announced.includes(minutes) ? t("quizzes.minutes_left", { count: minutes }) : ""}</span>
    </div>
  );
}
