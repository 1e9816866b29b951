import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** What every page needs from elsewhere: in one chunk it compresses better, and it changes less often than our own code. */
const core =
  /node_modules[\\/](react|react-dom|scheduler|use-sync-external-store|@floating-ui|tailwind-merge|clsx|class-variance-authority|@radix-ui[\\/]react-(tooltip|popper|direction|slot|presence|dismissable-layer|portal|primitive|visually-hidden|id|arrow)|@tanstack[\\/](query-core|react-query|router-core|react-router|history|store|react-store))[\\/]/;

/** Of ours, what is there before any page: in one chunk, where many small ones would each be asked for and compressed alone. And nothing else. */
const frame = { name: "frame", test: /(inbox[\\/]src[\\/](?!main\.tsx)|widget[\\/]shared[\\/]|lucide-react[\\/])/, tags: ["$initial" as const] };
/** All other icons: a few hundred bytes each, of which a page would ask for forty, one by one. */
const icons = { name: "icons", test: /lucide-react[\\/]/, minShareCount: 4 };
/** Of ours, what most pages need besides. */
const base = { name: "base", test: /(inbox[\\/]src|widget[\\/]shared)[\\/]/, minShareCount: 28 };

export default defineConfig({
  root: import.meta.dirname,
  base: "/app/",
  plugins: [react(), tailwindcss()],
  // `npm run dev` serves only /app/; all else is the running server's.
  server: { proxy: { "^/(?!app/)": { target: `http://127.0.0.1:${process.env["LACASA_PORT"] ?? 8600}`, ws: true } } },
  build: {
    outDir: "../dist/app",
    emptyOutDir: true,
    target: "es2022",
    manifest: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "core", test: core }, frame, icons, base] } } },
  },
});
