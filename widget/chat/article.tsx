import { useChat } from "./context.ts";
import { Head } from "./head.tsx";
import { Markdown } from "./markdown.tsx";
import { Ask, Failure, Skeleton, useFetched } from "./parts.tsx";

export function Article({ slug }: { slug: string }) {
  const { client, say } = useChat();
  const { value, failed, again } = useFetched(() => client.article(slug), slug);
  return (
    <>
      <Head title={value?.category || say("help")} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard */}
      <div class="scroll" tabIndex={0} role="region" aria-label={value?.title ?? say("help")}>
        {failed ? (
          <Failure retry={again} />
        ) : value ? (
          <article class="text">
            <h1 dir="auto">{value.title}</h1>
            <Markdown text={value.body} slugs />
            <hr />
            <h2>{say("still_stuck")}</h2>
            <Ask />
          </article>
        ) : (
          <Skeleton lines={8} />
        )}
      </div>
    </>
  );
}
