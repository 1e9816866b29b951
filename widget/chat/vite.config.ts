import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  // Not the automatic runtime: calls of `h` are shorter, and need no helper.
  oxc: { jsx: { runtime: "classic", pragma: "h", pragmaFrag: "Fragment" }, jsxInject: 'import { h, Fragment } from "preact"' },
  build: {
    outDir: "../dist/chat",
    emptyOutDir: true,
    target: "es2022",
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    reportCompressedSize: false,
    // Library mode, because outside of it every `import()` goes through a helper for preloading (0.8 kB gzip).
    lib: { entry: "chat.tsx", formats: ["es"] },
    rollupOptions: {
      preserveEntrySignatures: "allow-extension",
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        // Library mode would leave whitespace in.
        minify: { compress: true, mangle: true, codegen: true },
      },
    },
  },
});
