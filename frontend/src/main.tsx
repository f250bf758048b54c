import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { startI18n } from "./i18n";
import "./ui/style.css";

const root = document.getElementById("root");
if (root) void startI18n().then(() => createRoot(root).render(<App />));
