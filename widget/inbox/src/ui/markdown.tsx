import { markdown, type Block, type Inline } from "#shared/markdown.ts";
import { Fragment, memo, type ReactNode } from "react";
import { cn } from "./cn.ts";

interface MarkdownProps {
  text: string;
  /** Draws a citation `[1]`; without it citations are small numbers. */
  cite?: (number: number) => ReactNode;
  className?: string;
}

type Cite = (number: number) => ReactNode;
const number: Cite = (value) => <sup className="ps-px text-[0.75em] font-medium">[{value}]</sup>;

/** Markdown as elements: there is no HTML in it and none comes out. */
export const Markdown = memo(function Markdown({ text, cite = number, className }: MarkdownProps) {
  return (
    <div dir="auto" className={cn("flex flex-col gap-2 wrap-anywhere [&_a]:text-accent-text [&_a]:underline [&_a]:underline-offset-2", className)}>
      {markdown(text).map((block, index) => (
        <BlockView key={index} block={block} cite={cite} />
      ))}
    </div>
  );
});

function BlockView({ block, cite }: { block: Block; cite: Cite }) {
  switch (block.type) {
    case "paragraph":
      return <p dir="auto">{tokens(block.children, cite)}</p>;
    case "quote":
      return <blockquote className="border-s-2 border-line-strong ps-3 text-muted">{tokens(block.children, cite)}</blockquote>;
    case "code":
      return (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
        <pre dir="ltr" tabIndex={0} className="overflow-x-auto rounded-sm border border-line bg-sunken p-2 font-mono text-xs">
          {block.text}
        </pre>
      );
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List dir="auto" className={cn("flex flex-col gap-1 ps-5", block.ordered ? "list-decimal" : "list-disc")} {...(block.ordered ? { start: block.start } : {})}>
          {block.items.map((item, index) => (
            <li key={index}>{tokens(item, cite)}</li>
          ))}
        </List>
      );
    }
  }
}

const tokens = (list: readonly Inline[], cite: Cite): ReactNode => list.map((token, index) => <Fragment key={index}>{tokenView(token, cite)}</Fragment>);

function tokenView(token: Inline, cite: Cite): ReactNode {
  switch (token.type) {
    case "text":
      return token.text;
    case "code":
      return <code className="rounded-xs bg-hover px-1 py-px font-mono text-[0.92em]">{token.text}</code>;
    case "strong":
      return <strong className="font-semibold">{tokens(token.children, cite)}</strong>;
    case "em":
      return <em>{tokens(token.children, cite)}</em>;
    case "link":
      return (
        <a href={token.href} target="_blank" rel="noopener noreferrer nofollow">
          {tokens(token.children, cite)}
        </a>
      );
    case "cite":
      return cite(token.number);
    case "break":
      return <br />;
  }
}
