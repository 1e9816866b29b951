import type { ComponentChildren } from "preact";
import { markdown, type Inline } from "../shared/markdown.ts";
import { useChat } from "./context.ts";

/** Markdown as elements. `cite` draws `[1]`; without it citations are left out. `slugs`: links to articles work. */
export function Markdown({ text, cite, slugs = false }: { text: string; cite?: (number: number) => ComponentChildren; slugs?: boolean }) {
  const { go } = useChat();
  const draw = (tokens: readonly Inline[]): ComponentChildren =>
    tokens.map((token, index) => {
      switch (token.type) {
        case "text":
          return token.text;
        case "break":
          return <br key={index} />;
        case "cite":
          return cite?.(token.number);
        case "code":
          return <code key={index}>{token.text}</code>;
        case "link":
          return token.slug ? (
            <button key={index} type="button" class="link" onClick={() => go({ name: "article", slug: token.slug! })}>
              {draw(token.children)}
            </button>
          ) : (
            <a key={index} href={token.href} target="_blank" rel="noopener noreferrer nofollow">
              {draw(token.children)}
            </a>
          );
        default: {
          const Tag = token.type;
          return <Tag key={index}>{draw(token.children)}</Tag>;
        }
      }
    });
  return (
    <>
      {markdown(text, slugs).map((block, index) => {
        switch (block.type) {
          case "list": {
            const Tag = block.ordered ? "ol" : "ul";
            return (
              <Tag key={index} start={block.start}>
                {block.items.map((item, at) => (
                  <li key={at}>{draw(item)}</li>
                ))}
              </Tag>
            );
          }
          case "code":
            return (
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
              <pre key={index} dir="ltr" tabIndex={0}>
                {block.text}
              </pre>
            );
          default: {
            const Tag = block.type === "quote" ? "blockquote" : block.heading && slugs ? "h2" : "p";
            return (
              <Tag key={index} dir="auto">
                {draw(block.children)}
              </Tag>
            );
          }
        }
      })}
    </>
  );
}
