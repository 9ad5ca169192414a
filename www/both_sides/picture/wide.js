// The picture where there is room: Bob on the left, who signs in the middle, the clients on the right. Bob is level with his CA and Amy
// with hers, so that requests and certificates go straight across, and only trust goes around the corner.

import { arrow, box, HEAD, text } from "./parts.js";

const ROW = 30;
const GAP = 22;
const RAIL = 16;
const HEIGHT = HEAD + 3 * ROW + 4;

export function wide({ authorities, server, clients, more }, width, address) {
  const channel = Math.min(210, Math.round(width * 0.195));
  const column = (width - 2 * channel) / 3;
  const [left, middle, right] = [0, column + channel, 2 * (column + channel)];
  const one = authorities.length === 1;
  // Where the authorities are distinct, the clients begin level with their own.
  const clientsTop = one ? 0 : HEIGHT + GAP;
  const clientsHeight = clients.length * (HEIGHT + GAP) - GAP;
  const below = clientsTop + clientsHeight + (more ? GAP + 34 : 0);
  const parts = [];

  const place = (party, x, y, height, kind) => (parts.push(box({ x, y, width: column, height, party, kind })), { party, x, y });
  const bob = place(server, left, 0, HEIGHT, "holder");
  const callers = clients.map((client, index) => place(client, right, clientsTop + index * (HEIGHT + GAP), HEIGHT, "holder"));
  const signers = new Map();
  for (const authority of authorities) {
    const [y, height] = one ? [0, clientsHeight] : authority === server.signedBy ? [0, HEIGHT] : [clientsTop, clientsHeight];
    signers.set(authority, place(authority, middle, y, height, "authority"));
  }

  const across = { column, middle, channel };
  parts.push(...straight(bob, across, "left"), ...callers.flatMap((caller) => straight(caller, across, "right")));
  if (one) {
    parts.push(...[bob, ...callers].flatMap((place) => trustStraight(place, across)));
  } else {
    const from = HEAD + 2.5 * ROW;
    parts.push(...trustAround(bob, signers.get(server.trusts), across, "left", { from }));
    for (const [index, caller] of callers.entries()) {
      parts.push(...trustAround(caller, signers.get(caller.party.trusts), across, "right", { from, after: index > 0 && callers[index - 1].y + rowsOf(caller, "right").trust }));
    }
  }
  if (more) parts.push(moreClients(more, right, clientsTop + clientsHeight + GAP, column));
  parts.push(...meeting(left + column / 2, HEIGHT, right + column / 2, below, address));
  return { parts, height: below + 68 };
}

// Amy's `ca:` comes first where it is filled from above, so that its line crosses no other.
function rowsOf({ party }, side) {
  const fromAbove = side === "right" && party.trusts !== party.signedBy;
  const [first, second, third] = [0, 1, 2].map((row) => HEAD + (row + 0.5) * ROW);
  return fromAbove ? { trust: first, request: second, certificate: third } : { request: first, certificate: second, trust: third };
}

function straight(place, { column, middle, channel }, side) {
  const { party, x, y } = place;
  const rows = rowsOf(place, side);
  const edge = side === "left" ? x + column : x;
  const signer = side === "left" ? middle : middle + column;
  const ends = { from: party.name, to: party.signedBy.name };
  // The last bit before the clients belongs to the line of trust that comes down there.
  const kept = side === "right" && party.trusts !== party.signedBy ? RAIL + 4 : 0;
  const center = (signer + edge - kept) / 2;
  const label = (name, row, kind) => text(name, { x: center, y: y + row - 7, width: channel - 22 - kept, anchor: "middle", className: kind });
  return [
    slot("asks", place, rows.request, column, side),
    arrow("request", [[edge, y + rows.request], [signer, y + rows.request]], { file: party.request, ...ends }),
    label(party.request, rows.request, "request"),
    slot("cert:", place, rows.certificate, column, side),
    arrow("certificate", [[signer, y + rows.certificate], [edge, y + rows.certificate]], { file: party.certificate, from: ends.to, to: ends.from }),
    label(party.certificate, rows.certificate, "certificate"),
    slot("ca:", place, rows.trust, column, side),
    text("signs", { ...inCa(side, middle, column), y: y + (rows.request + rows.certificate) / 2 + 4, width: 60, className: "slot" }),
  ];
}

// Texts in the authority's box, at the side that they are about.
function inCa(side, middle, column) {
  return side === "left" ? { x: middle + 12 } : { x: middle + column - 12, anchor: "end" };
}

function slot(label, { x, y }, row, column, side) {
  const at = side === "left" ? { x: x + column - 12, anchor: "end" } : { x: x + 12, anchor: "start" };
  return text(label, { ...at, y: y + row + 4, width: column - 24, className: "slot" });
}

function trustStraight(place, { column, middle, channel }) {
  const { party, x, y } = place;
  const side = x < middle ? "left" : "right";
  const row = y + rowsOf(place, side).trust;
  const [from, to] = side === "left" ? [middle, x + column] : [middle + column, x];
  return [
    arrow("trust", [[from, row], [to, row]], { file: party.trusts.certificate, from: party.trusts.name, to: party.name }),
    text(party.trusts.certificate, { x: (from + to) / 2, y: row - 7, width: channel - 22, anchor: "middle", className: "trust" }),
  ];
}

// `after` is the row of the client before, whose line this one goes on from.
function trustAround(place, signer, { column, middle, channel }, side, { from, after }) {
  const { party, x, y } = place;
  const row = y + rowsOf(place, side).trust;
  const start = [side === "left" ? middle : middle + column, signer.y + from];
  const end = side === "left" ? x + column : x;
  const rail = side === "left" ? end + RAIL : end - RAIL;
  const ends = { file: party.trusts.certificate, from: party.trusts.name, to: party.name };
  if (after) return [arrow("trust", [[rail, after], [rail, row], [end, row]], ends)];
  const label = { x: (start[0] + rail) / 2, y: start[1] - 7, width: channel - 34, anchor: "middle", className: "trust" };
  return [arrow("trust", [start, [rail, start[1]], [rail, row], [end, row]], ends), text(party.trusts.certificate, label)];
}

function moreClients(count, x, y, width) {
  return text(`and ${count} more clients`, { x: x + width / 2, y: y + 14, width, font: "small", anchor: "middle", className: "who" });
}

// What all of it is for: below everything, Bob and Amy meet.
function meeting(left, bobBottom, right, below, address) {
  const y = below + 26;
  const points = [[left, bobBottom + 4], [left, y], [right, y], [right, below + 4]];
  const line = arrow("tls", points, { file: "", from: "", to: "" });
  line.setAttribute("marker-start", "url(#head-tls)");
  const middle = { x: (left + right) / 2, width: right - left - 20, font: "small", anchor: "middle", className: "who" };
  return [
    line,
    text(`mutual TLS on ${address}:`, { ...middle, y: y + 20 }),
    text("each shows its cert, and checks the other’s with its ca", { ...middle, y: y + 37 }),
  ];
}
