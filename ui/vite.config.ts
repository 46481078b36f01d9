// Builds the console and the stage, which the desktop shell loads from `dist`.
//
// The seam to the shell is chosen here: with `VITE_HOST=web` (or `--mode web`) the pages speak to a development
// server over HTTP and land in `dist-web`; a normal build contains only the desktop one. The phone has its own
// configuration, because it has to be much smaller and to run on much older browsers.

import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, loadEnv } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(({ mode }) => {
  const web = loadEnv(mode, here("."))["VITE_HOST"] === "web";
  return {
    root: here("."),
    // Relative addresses work under tauri://localhost/ as well as under any development server.
    base: "./",
    plugins: [svelte()],
    resolve: { alias: { "@host": here(web ? "shared/host/web.ts" : "shared/host/tauri.ts") } },
    server: {
      proxy: { "/host": process.env["DEBRIEF_WEB_HOST"] ?? "http://127.0.0.1:4180" },
    },
    build: {
      outDir: here(web ? "dist-web" : "dist"),
      emptyOutDir: true,
      target: "es2022",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: [here("console/index.html"), here("stage/index.html")] },
    },
  };
});
