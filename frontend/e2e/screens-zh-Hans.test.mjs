import { screensIn } from "./screens.mjs";

screensIn("zh-Hans");
