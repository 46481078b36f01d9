// Builds the page that the room server hands to phones: one page, one script, one style sheet.
//
// File names carry no hash, since the server knows them by name and revalidates them. Nothing is inlined, for the
// content policy of the room allows neither inline scripts nor inline styles nor data addresses.

import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { leanRuntime, leanStyle } from "./phone/dev/lean.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("phone"),
  // The page is answered under several paths (the join code is one of them), so its parts are named from the root.
  base: "/",
  plugins: [leanRuntime(), svelte({ configFile: here("svelte.config.js") }), leanStyle()],
  build: {
    outDir: here(process.env["VITE_HOST"] === "web" ? "dist-web/phone" : "dist/phone"),
    emptyOutDir: true,
    target: "es2017",
    cssTarget: ["chrome61", "safari11", "firefox60"],
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      transform: { assumptions: { setPublicClassFields: true, noDocumentAll: true } },
      input: { phone: here("phone/index.html"), recollect: here("phone/recollect/main.ts") },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        codeSplitting: { groups: [{ name: "main", test: (id) => !id.includes("/phone/recollect/") }] },
        assetFileNames: "phone[extname]",
      },
    },
  },
});
