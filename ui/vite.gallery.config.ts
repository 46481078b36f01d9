// Serves the gallery: scenes of the three surfaces with made-up views, for looking at them while they are built.
//
// It is no part of a normal build.

import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  cacheDir: here("node_modules/.vite-gallery"),
  plugins: [svelte()],
  resolve: { alias: { "@host": here("shared/host/web.ts") } },
  server: { port: 4190, open: false },
});
