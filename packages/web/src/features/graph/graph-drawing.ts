import type { Layout } from '../../ui/graph/layout.ts';
import { midpoint, routePath } from '../../ui/graph/route-path.ts';
import { type Hue, hueOfName } from '../../ui/hue.ts';
import { connections, type EntityGraph } from './entity-graph.ts';

export const NODE = { width: 208, height: 44 } as const;
const MARGIN = 24;

/** Colours of a drawing that leaves the portal: plain, for paper, and readable by every program. */
const ink = { paper: '#ffffff', text: '#19191d', quiet: '#62626c', line: '#8e8e9a', frame: '#d6d6dd' } as const;
const hueInk: Record<Hue, string> = {
  gray: '#74747f',
  brown: '#9a6a4a',
  red: '#d0453f',
  orange: '#cf6a1c',
  amber: '#a87800',
  lime: '#6b8a12',
  green: '#2a8a50',
  teal: '#13868a',
  blue: '#2272c9',
  indigo: '#5058d6',
  purple: '#9350c4',
  pink: '#c64583',
};

/** Text inside XML: markup as entities, and without the characters XML cannot hold. */
function xml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text
    .toWellFormed()
    .replaceAll(/(?![\t\n\r])\p{Cc}/gu, '')
    .replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}

const cut = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

/** The graph as an SVG document on its own, as large as its layout. */
export function graphSvg(graph: EntityGraph, layout: Layout, titleOf: (blueprint: string) => string): string {
  const width = Math.ceil(layout.width + 2 * MARGIN);
  const height = Math.ceil(layout.height + 2 * MARGIN);
  const lines = connections(graph.edges).flatMap(({ id, relations }) => {
    const route = layout.routes.get(id);
    if (!route) return [];
    const { x, y } = midpoint(route);
    const label = `<text x="${x}" y="${y + 4}" text-anchor="middle" font-size="11" fill="${ink.quiet}" stroke="${ink.paper}" stroke-width="4" paint-order="stroke">${xml(cut(relations.join(', '), 40))}</text>`;
    return [`<path d="${routePath(route)}" fill="none" stroke="${ink.line}" marker-end="url(#arrow)"/>${label}`];
  });
  const boxes = graph.nodes.flatMap(({ id, title, blueprint, dangling }) => {
    const place = layout.boxes.get(id);
    if (!place) return [];
    const { x, y } = place;
    const frame = dangling ? `stroke="${ink.line}" stroke-dasharray="4 4"` : `stroke="${ink.frame}"`;
    return [
      `<g transform="translate(${x} ${y})"><rect width="${NODE.width}" height="${NODE.height}" rx="6" fill="${ink.paper}" ${frame}/>`,
      `<rect x="8" y="10" width="4" height="24" rx="2" fill="${hueInk[hueOfName(blueprint)]}"/>`,
      `<text x="20" y="19" font-size="13" font-weight="600" fill="${ink.text}">${xml(cut(title, 26))}</text>`,
      `<text x="20" y="34" font-size="11" fill="${ink.quiet}">${xml(cut(titleOf(blueprint), 30))}</text></g>`,
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter, Helvetica, Arial, sans-serif">`,
    `<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M 0 0.5 L 7 4 L 0 7.5 z" fill="${ink.line}"/></marker></defs>`,
    `<rect width="${width}" height="${height}" fill="${ink.paper}"/><g transform="translate(${MARGIN} ${MARGIN})">`,
    ...lines,
    ...boxes,
    '</g></svg>\n',
  ].join('\n');
}

/** Canvases beyond this many pixels a side fail silently in browsers. */
const LARGEST = 8192;

/** Draws an SVG document as a PNG, twice its size for sharp print, or as large as browsers can. */
export async function svgToPng(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(2, LARGEST / image.naturalWidth, LARGEST / image.naturalHeight);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The browser could not draw the picture.'))),
      'image/png',
    );
  });
}
