import "@xyflow/react/dist/base.css";
import "./canvas.css";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Background, BackgroundVariant, BaseEdge, Handle, Position, ReactFlow, ReactFlowProvider, useReactFlow, type Edge, type EdgeProps, type Node, type NodeProps } from "@xyflow/react";
import { CornerDownRight, Flag, Maximize, ZoomIn, ZoomOut } from "lucide-react";
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, type KeyboardEvent } from "react";
import { useDirection } from "../../i18n/locale.ts";
import { AddStep } from "./add-step.tsx";
import { flat, type Item } from "./model/definition.ts";
import { CARD, layout, neighbour, trail, type Direction, type Layout, type Placed } from "./model/layout.ts";
import type { Scene } from "./scene.ts";
import { StepCard } from "./step-card.tsx";
import { texts } from "./texts.ts";
import { useSummary } from "./use-summary.ts";

const EDGE = 32;
const MOVE_MS = 120;
const LEAST = 0.35;
const STEP = 1.25;
/** Lines only repeat the order in which the cards are read. */
const HIDDEN = { "aria-hidden": true } as const;
const arrows: Record<string, Direction> = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" };

type PlacedNode = Node<{ placed: Placed }>;
type LineEdge = Edge<{ turn: "start" | "end"; isTaken: boolean }>;

interface Drawn {
  scene: Scene;
  items: readonly Item[];
  /** The lines that somebody came along. */
  way: ReadonlySet<string>;
}
const Context = createContext<Drawn | null>(null);
const useScene = (): Drawn => {
  const drawn = useContext(Context);
  if (!drawn) throw new Error("nodes are drawn in a canvas");
  return drawn;
};

/** A workflow as a tree from above. Where everything stands is ours to say; the library pans, zooms and draws lines. */
export default function Canvas({ scene, label }: { scene: Scene; label: string }) {
  return (
    <ReactFlowProvider>
      <Surface scene={scene} label={label} />
    </ReactFlowProvider>
  );
}

const isReduced = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
const duration = (): number => (isReduced() ? 0 : MOVE_MS);

function Surface({ scene, label }: { scene: Scene; label: string }) {
  const isMirrored = useDirection() === "rtl";
  const flow = useReactFlow();
  const frame = useRef<HTMLDivElement>(null);
  const drawn = useMemo(() => layout(scene.items, isMirrored), [scene.items, isMirrored]);
  const items = useMemo(() => flat(scene.items), [scene.items]);
  const { followed } = scene;
  const way = useMemo(() => (followed ? trail(drawn, followed.taken, followed.now !== null ? { step: followed.now } : followed.isThrough ? "end" : null) : new Set<string>()), [drawn, followed]);

  const drawing = useMemo(() => ({ scene, items, way }), [scene, items, way]);

  const nodes = useMemo(
    (): PlacedNode[] =>
      drawn.placed.map((placed) => ({ id: placed.key, type: placed.kind, position: { x: placed.x, y: placed.y }, width: placed.width, height: Math.max(1, placed.height), data: { placed } })),
    [drawn],
  );
  const edges = useMemo(
    (): LineEdge[] =>
      drawn.lines.map(({ from, to, turn }) => {
        const isTaken = way.has(`${from}>${to}`);
        return { id: `${from}>${to}`, source: from, target: to, type: "line", data: { turn, isTaken }, zIndex: isTaken ? 1 : 0, domAttributes: HIDDEN };
      }),
    [drawn, way],
  );

  /** From the top, as large as fits, never larger than life. */
  const show = useCallback(
    (ms: number) => {
      const box = frame.current?.getBoundingClientRect();
      if (!box) return;
      const zoom = Math.max(LEAST, Math.min(1, (box.width - 2 * EDGE) / drawn.width));
      void flow.setViewport({ x: (box.width - drawn.width * zoom) / 2, y: EDGE, zoom }, { duration: ms });
    },
    [flow, drawn],
  );
  const shown = useRef(false);
  useEffect(() => {
    if (shown.current) return;
    shown.current = true;
    show(0);
  }, [show]);

  // A panel beside it takes room or gives it back: what was in the middle stays there.
  useEffect(() => {
    if (!frame.current) return undefined;
    let width = frame.current.clientWidth;
    const observer = new ResizeObserver(([entry]) => {
      const now = entry?.contentRect.width ?? width;
      const { x, y, zoom } = flow.getViewport();
      void flow.setViewport({ x: x + (now - width) / 2, y, zoom });
      width = now;
    });
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [flow]);

  /** Moves what is looked at as little as it takes to have a card in sight. */
  const reveal = useCallback(
    (key: string) => {
      const box = frame.current?.getBoundingClientRect();
      const card = drawn.placed.find((placed) => placed.key === key);
      if (!box || !card) return;
      const { x, y, zoom } = flow.getViewport();
      const inside = (start: number, size: number, room: number): number => Math.max(EDGE - start, 0) || Math.min(room - EDGE - (start + size), 0);
      const [dx, dy] = [inside(card.x * zoom + x, card.width * zoom, box.width), inside(card.y * zoom + y, card.height * zoom, box.height)];
      if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: duration() });
    },
    [drawn, flow],
  );
  const open = scene.open === null ? null : scene.open === "trigger" ? "trigger" : `step:${scene.open}`;
  useEffect(() => {
    // Once the panel beside it has taken its room.
    if (open) requestAnimationFrame(() => reveal(open));
  }, [open, reveal]);

  const focus = (key: string): void => frame.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const key = (event.target as HTMLElement).dataset["card"];
    if (!key || event.altKey || event.ctrlKey || event.metaKey) return;
    const direction = arrows[event.key];
    const item = items.find(({ id }) => key === `step:${id}`);
    if (direction) {
      const next = neighbour(drawn.placed, key, direction);
      if (next) focus(next);
    } else if (event.key === "Enter") scene.onOpen(item?.id ?? "trigger", "enter");
    else if (event.key === "Delete" && item && scene.edit) scene.edit.remove(item);
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={frame}
      dir="ltr"
      role="group"
      aria-label={label}
      className="workflow-canvas relative size-full bg-sunken"
      onKeyDown={onKeyDown}
      // The browser would scroll to what has the focus; we pan instead.
      onFocus={({ target }) => target instanceof HTMLElement && target.dataset["card"] && reveal(target.dataset["card"])}
      onScroll={({ currentTarget }) => currentTarget.scrollTo(0, 0)}
    >
      <Context value={drawing}>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          minZoom={LEAST}
          maxZoom={1.5}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode={null}
          panOnScroll
          zoomOnDoubleClick={false}
          translateExtent={extent(drawn)}
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.5} color="var(--line-strong)" />
        </ReactFlow>
      </Context>
      <Zoom show={() => show(duration())} />
    </div>
  );
}

/** Nobody loses the workflow out of sight. */
const extent = ({ width, height }: Layout): [[number, number], [number, number]] => [
  [-1600, -600],
  [width + 1600, height + 600],
];

function Zoom({ show }: { show: () => void }) {
  const t = texts.use();
  const flow = useReactFlow();
  const zoom = (by: number): void => void flow.zoomTo(flow.getZoom() * by, { duration: duration() });
  return (
    <div className="absolute start-3 bottom-3 flex rounded-md border border-line bg-pane p-0.5 shadow-raised dark:bg-raised">
      <IconButton label={t("zoom.out")} size="sm" side="top" onClick={() => zoom(1 / STEP)}>
        <ZoomOut aria-hidden />
      </IconButton>
      <IconButton label={t("zoom.in")} size="sm" side="top" onClick={() => zoom(STEP)}>
        <ZoomIn aria-hidden />
      </IconButton>
      <Button variant="ghost" size="sm" onClick={show}>
        <Maximize aria-hidden />
        {t("zoom.fit")}
      </Button>
    </div>
  );
}

/** Where lines end; nobody draws any. */
const Ends = () => (
  <>
    <Handle type="target" position={Position.Top} isConnectable={false} />
    <Handle type="source" position={Position.Bottom} isConnectable={false} />
  </>
);

function TriggerNode() {
  const { scene } = useScene();
  const direction = useDirection();
  const { ofTrigger } = useSummary(scene.parts);
  return (
    <div dir={direction} style={CARD}>
      <Ends />
      <StepCard data-card="trigger" className="nopan h-full" isTrigger kind={scene.trigger.type} words={ofTrigger(scene.trigger)} isOpen={scene.open === "trigger"} problems={scene.problems?.get("trigger") ?? 0} onClick={() => scene.onOpen("trigger")} />
    </div>
  );
}

function StepNode({ data: { placed } }: NodeProps<PlacedNode>) {
  const { scene } = useScene();
  const direction = useDirection();
  const { ofItem } = useSummary(scene.parts);
  if (placed.kind !== "step") return null;
  const { item } = placed;
  return (
    <div dir={direction} style={CARD}>
      <Ends />
      <StepCard
        data-card={`step:${item.id}`}
        className="nopan h-full"
        kind={item.type}
        words={ofItem(item)}
        isOpen={scene.open === item.id}
        problems={scene.problems?.get(item.id) ?? 0}
        here={scene.heads?.get(item.id) ?? 0}
        counted={scene.counted}
        mark={scene.followed?.now === item.id ? "here" : scene.followed?.marks.get(item.id)}
        onClick={() => scene.onOpen(item.id)}
      />
    </div>
  );
}

function SlotNode({ data: { placed } }: NodeProps<PlacedNode>) {
  const t = texts.use();
  const { scene, items, way: came } = useScene();
  const direction = useDirection();
  const { ofItem, wayName } = useSummary(scene.parts);
  if (placed.kind !== "slot") return null;
  const { list, index, way, of, closed } = placed.slot;
  const before = index === 0 ? of : items.find(({ path }) => path.length === list.length + 1 && path.at(-1) === index - 1 && list.every((key, place) => path[place] === key));
  const title = before ? ofItem(before).title : "";
  const label = way !== undefined ? t("add.in", { name: title, way: wayName(way) }) : before ? t("add.after", { name: title }) : t("add.first");
  const { edit } = scene;
  const isTaken = [...came].some((line) => line.startsWith(`${placed.key}>`));
  return (
    <div dir={direction} className="relative flex flex-col items-center justify-end gap-1.5 pb-3" style={{ width: placed.width, height: placed.height }}>
      <Ends />
      {/* It runs behind what stands on it. */}
      <span aria-hidden className={isTaken ? "taken line" : "line"} />
      {way !== undefined && <span className="relative z-1 inline-flex h-6 max-w-full items-center truncate rounded-full border border-line-strong bg-pane px-2.5 text-xs font-medium text-muted dark:bg-raised">{wayName(way)}</span>}
      {edit && !closed ? <AddStep className="nopan relative z-1" data-add={`${placed.key}`} steps={scene.parts.steps} label={label} onPick={(type) => edit.add(list, index, type)} /> : way !== undefined && <span className="h-6" />}
    </div>
  );
}

function JumpNode({ data: { placed } }: NodeProps<PlacedNode>) {
  const t = texts.use();
  const { scene, items } = useScene();
  const direction = useDirection();
  const { ofItem } = useSummary(scene.parts);
  if (placed.kind !== "jump") return null;
  const target = items.find(({ id }) => id === placed.to);
  return (
    <div dir={direction} className="flex justify-center" style={{ width: placed.width, height: placed.height }}>
      <Ends />
      <button type="button" onClick={() => scene.onOpen(placed.to)} className="nopan inline-flex h-8 max-w-full items-center gap-1.5 rounded-full border border-dashed border-line-control bg-pane px-3 text-xs text-muted hover:text-ink dark:bg-raised">
        <CornerDownRight className="size-3.5 shrink-0 rtl:-scale-x-100" aria-hidden />
        <span className="truncate">{t("jump", { name: target ? ofItem(target).title : placed.to })}</span>
      </button>
    </div>
  );
}

function EndNode({ data: { placed } }: NodeProps<PlacedNode>) {
  const t = texts.use();
  return (
    <div className="flex justify-center" style={{ width: placed.width, height: placed.height }}>
      <Ends />
      <span className="inline-flex h-7 items-center gap-1.5 rounded-full border border-line bg-pane px-3 text-xs font-medium text-faint dark:bg-raised">
        <Flag className="size-3.5" aria-hidden />
        {t("end")}
      </span>
    </div>
  );
}

const JoinNode = () => <Ends />;
const nodeTypes = { trigger: TriggerNode, step: StepNode, slot: SlotNode, jump: JumpNode, end: EndNode, join: JoinNode };

const ROUND = 10;
const DROP = 16;

/** Down, across, down, with round corners. */
function LineBetween({ sourceX, sourceY, targetX, targetY, data }: EdgeProps<LineEdge>) {
  const dx = targetX - sourceX;
  const round = Math.min(ROUND, Math.abs(dx) / 2);
  const turn = data?.turn === "start" ? sourceY + DROP : targetY - DROP;
  const sign = Math.sign(dx);
  const path =
    Math.abs(dx) < 1
      ? `M${sourceX},${sourceY} L${targetX},${targetY}`
      : `M${sourceX},${sourceY} L${sourceX},${turn - round} Q${sourceX},${turn} ${sourceX + sign * round},${turn} L${targetX - sign * round},${turn} Q${targetX},${turn} ${targetX},${turn + round} L${targetX},${targetY}`;
  return <BaseEdge path={path} className={data?.isTaken ? "taken" : ""} />;
}
const edgeTypes = { line: LineBetween };
