import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** The site serves the built files under /static/web/ and hands out index.html at /. */
export default defineConfig({
  base: "/static/web/",
  plugins: [react()],
  build: {
    outDir: "../goldenhour/site/static/web",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0, // Our content security policy has no data: scripts; keep every asset a file.
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        // A server that does not know .mjs serves the map's worker as text, and the map stays blank.
        assetFileNames: (asset) =>
          asset.names[0]?.endsWith(".mjs") ? "assets/[name]-[hash].js" : "assets/[name]-[hash][extname]",
      },
    },
  },
  server: { proxy: { "/api": "http://localhost:8000", "/map": "http://localhost:8000" } },
  test: { include: ["tests/**/*.test.{ts,tsx}"], restoreMocks: true },
});
