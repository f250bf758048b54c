import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// `npm run dev` talks to a running `anwen demo`; the built client is served by
// the program itself and knows no other host.
export default defineConfig({
  plugins: [react()],
  build: { manifest: true, target: "es2022", chunkSizeWarningLimit: 900 },
  server: { proxy: { "/api": { target: process.env.ANWEN_ADDRESS ?? "http://127.0.0.1:8080" } } },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}", "test/**/*.test.ts"],
    setupFiles: ["test/setup.ts"],
    testTimeout: 60_000, // a busy machine types slowly
  },
});
