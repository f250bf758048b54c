// What holds of the client's source. Each exception says why.
import { readdirSync } from "node:fs";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

// Every folder of src is a room, but for what all rooms stand on.
const shared = ["api", "app", "i18n", "ui"];
const rooms = readdirSync(new URL("src/", import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !shared.includes(entry.name))
  .map((entry) => entry.name);

/** closed forbids the files of a folder to import from some rooms. */
const closed = (folder, forbidden, message) => ({
  files: [`src/${folder}/**/*.{ts,tsx}`],
  rules: {
    "@typescript-eslint/no-restricted-imports": ["error", { patterns: [{ group: forbidden.flatMap((room) => [`**/../${room}`, `**/../${room}/**`]), message }] }],
  },
});

export default tseslint.config(
  { ignores: ["dist/", "screens/", "src/api/schema.d.ts"] },
  tseslint.configs.base,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.recommendedTypeChecked, reactHooks.configs.flat.recommended, jsxA11y.flatConfigs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    settings: { "jsx-a11y": { components: { "Input.TextArea": "textarea", Input: "input", Button: "button" } } },
    rules: {
      "@typescript-eslint/no-unsafe-type-assertion": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  ...rooms.map((room) => closed(room, rooms.filter((other) => other !== room), "Rooms do not import each other: what several need lies in src/ui.")),
  ...["ui", "api", "i18n"].map((folder) => closed(folder, rooms, "What all rooms stand on knows none of them.")),
);
