// Runs the component and unit tests in jsdom. What only a real browser can show is tested elsewhere.

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  test: {
    environment: "jsdom",
    include: ["{console,stage,phone,shared}/**/*.test.ts"],
    restoreMocks: true,
  },
});
