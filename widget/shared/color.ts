/** Colour arithmetic for one accent per organization, with the contrast of WCAG 2.2. Colours are `#rrggbb`. */

type Rgb = readonly [number, number, number];

/** The three channels, or `undefined` when `hex` is no `#rgb` or `#rrggbb`. */
export function parse(hex: string): Rgb | undefined {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(hex);
  const text = short ? `#${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}` : hex;
  const long = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(text);
  return long ? [parseInt(long[1]!, 16), parseInt(long[2]!, 16), parseInt(long[3]!, 16)] : undefined;
}

const format = (rgb: Rgb): string => "#" + rgb.map((channel) => Math.round(channel).toString(16).padStart(2, "0")).join("");

function rgb(hex: string): Rgb {
  const parsed = parse(hex);
  if (!parsed) throw new RangeError(`not a colour: ${hex}`);
  return parsed;
}

function luminance(hex: string): number {
  const [r, g, b] = rgb(hex).map((channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** From 1 (none) to 21 (black on white). */
export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** `share` of `b` in `a`, 0 to 1. */
export function mix(a: string, b: string, share: number): string {
  const [from, to] = [rgb(a), rgb(b)];
  return format([0, 1, 2].map((i) => from[i]! + (to[i]! - from[i]!) * share) as unknown as Rgb);
}

/** `color`, moved towards black or white only as far as needed to stand out from `ground` by `ratio`. */
export function ensure(color: string, ground: string, ratio: number): string {
  const pole = luminance(ground) > 0.18 ? "#000000" : "#ffffff";
  for (let share = 0; share <= 1; share += 0.04) {
    const candidate = mix(color, pole, share);
    if (contrast(candidate, ground) >= ratio) return candidate;
  }
  return pole;
}

/** White where it reads well (4.5:1), else whichever of near-black and white reads better. */
export function foreground(ground: string): string {
  const [white, black] = ["#ffffff", "#16161a"];
  if (contrast(white, ground) >= 4.5) return white;
  return contrast(black, ground) >= contrast(white, ground) ? black : white;
}

export interface Accent {
  /** Fills: buttons, switches. At least 3:1 to the pane. */
  fill: string;
  /** The fill under the pointer. */
  hover: string;
  /** Text and icons on the fill, 4.5:1. */
  on: string;
  /** Text, links and icons in the accent colour on a pane or on `soft`, 4.5:1. */
  text: string;
  /** A tinted ground for what is selected. */
  soft: string;
}

/** Everything the interface needs from one brand colour on a pane of colour `pane`; an unreadable colour falls back. */
export function accent(brand: string, pane: string, fallback = "#3557c9"): Accent {
  const dark = luminance(pane) < 0.18;
  const visible = ensure(format(rgb(parse(brand) ? brand : fallback)), pane, 3);
  const on = foreground(visible);
  const fill = ensure(visible, on, 4.5);
  const soft = mix(pane, fill, dark ? 0.2 : 0.1);
  // Away from the text's colour, so that hovering never makes the label harder to read.
  return { fill, hover: mix(fill, on === "#ffffff" ? "#000000" : "#ffffff", 0.1), on, text: ensure(ensure(fill, pane, 4.5), soft, 4.5), soft };
}

/** A stable number for a name, to pick its avatar's colour. */
export function hash(text: string): number {
  let value = 2166136261;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619);
  // Short names differ in few bits: spread them over all.
  value = Math.imul(value ^ (value >>> 16), 2246822507);
  return (value ^ (value >>> 13)) >>> 0;
}
