import { readdirSync } from "node:fs";
import { defineConfig } from "vite";

// Built after chat: the loader carries the hashed name of the chunk it will ask for.
const chat = readdirSync(`${import.meta.dirname}/../dist/chat`).find((name) => /^chat-.*\.js$/.test(name));
if (!chat) throw new Error("build chat before loader");

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  define: { __CHAT__: JSON.stringify(`chat/${chat}`) },
  build: {
    outDir: "../dist",
    emptyOutDir: false,
    target: "es2022",
    modulePreload: false,
    reportCompressedSize: false,
    rollupOptions: { input: "main.ts", output: { format: "iife", entryFileNames: "widget.js" } },
  },
});
