// A screenshot with at most 256 colours: a page has few, and the file is a quarter as large.

import { crc32, deflateSync, inflateSync } from "node:zlib";

/** PNG to PNG. For what browsers write: 8 bits a channel, RGB or RGBA, not interlaced. */
export function withPalette(png) {
  const { width, height, pixels } = decode(png);
  const colours = paletteOf(pixels);
  const nearest = new Map(colours.map((colour, index) => [colour, index]));
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) rows[y * (width + 1) + 1 + x] = indexOf(pixels[at], colours, nearest);
  }
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 3, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const palette = Buffer.from(colours.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const data = deflateSync(rows, { level: 9, memLevel: 9 });
  return Buffer.concat([signature, chunk("IHDR", header), chunk("PLTE", palette), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

// The most frequent ones: flat areas, and the usual shades at the edges of letters.
function paletteOf(pixels) {
  const counts = new Map();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).slice(0, 256).map(([colour]) => colour);
}

function indexOf(colour, colours, nearest) {
  if (!nearest.has(colour)) {
    const distances = colours.map((other) => [16, 8, 0].reduce((sum, shift) => sum + (((colour >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0));
    nearest.set(colour, distances.indexOf(Math.min(...distances)));
  }
  return nearest.get(colour);
}

function decode(png) {
  const [width, height, type] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25]];
  const channels = { 2: 3, 6: 4 }[type];
  const parts = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  const pixels = new Uint32Array(width * height);
  let above = Buffer.alloc(stride);
  for (let y = 0; y < height; y++) {
    const row = raw.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1));
    unfilter(raw[y * (stride + 1)], row, above, channels);
    for (let x = 0; x < width; x++) pixels[y * width + x] = row.readUIntBE(x * channels, 3);
    above = row;
  }
  return { width, height, pixels };
}

// PNG (RFC 2083 section 6): each byte is told by its difference to the left, above, or both.
function unfilter(filter, row, above, channels) {
  for (let i = 0; i < row.length; i++) {
    const [a, b, c] = [i < channels ? 0 : row[i - channels], above[i], i < channels ? 0 : above[i - channels]];
    row[i] += [0, a, b, (a + b) >> 1, paeth(a, b, c)][filter];
  }
}

function paeth(a, b, c) {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const made = Buffer.alloc(body.length + 8);
  made.writeUInt32BE(data.length, 0);
  body.copy(made, 4);
  made.writeUInt32BE(crc32(body), body.length + 4);
  return made;
}
