import { screensIn } from "./screens.mjs";

screensIn("zh-Hant");
