// The picture on a phone: one below the other, and what travels goes along the left, in a lane for each kind.

import { arrow, box, HEAD, text } from "./parts.js";

const ROW = 25;
const GAP = 18;
const LANE = 15;

export function narrow({ authorities, server, clients, more }, width) {
  const one = authorities.length === 1;
  const lanes = { request: 0, certificate: 1, trust: 2, trustAbove: 3 };
  const gutter = (one ? 3 : 4) * LANE + 6;
  const parts = [];
  const places = new Map();
  let y = 0;
  const place = (party, kind, rows) => {
    const height = HEAD + rows.length * ROW + 8;
    parts.push(box({ x: gutter, y, width: width - gutter, height, party, kind }));
    const ports = {};
    rows.forEach(([port, label, file, tone = port], index) => {
      ports[port] = y + HEAD + (index + 0.5) * ROW;
      parts.push(text(label, { x: gutter + 14, y: ports[port] + 4, width: file ? 46 : width - gutter - 26, className: "slot" }));
      if (file) parts.push(text(file, { x: gutter + 62, y: ports[port] + 4, width: width - gutter - 74, className: tone }));
    });
    places.set(party, ports);
    y += height + GAP;
  };
  const holder = (party) =>
    place(party, "holder", [
      ["request", "asks", party.request],
      ["certificate", "cert:", party.certificate],
      ["trust", "ca:", party.trusts.certificate],
    ]);
  const signer = (authority) =>
    place(authority, "authority", [["request", "takes requests"], ["certificate", "gives certificates"], ["trust", "gives", authority.certificate]]);

  holder(server);
  for (const authority of [...authorities].sort((a) => (a === server.signedBy ? -1 : 1))) signer(authority);
  clients.forEach(holder);
  if (more) parts.push(text(`and ${more} more clients`, { x: gutter + 14, y: y + 6, width: width - gutter, font: "small", className: "who" }));

  for (const party of [server, ...clients]) {
    const [own, signs, trusted] = [party, party.signedBy, party.trusts].map((one) => places.get(one));
    const lane = (name) => gutter - 10 - LANE * lanes[name];
    const along = (kind, from, to, x, ends) => parts.push(arrow(kind, [[gutter, from], [x, from], [x, to], [gutter, to]], ends));
    const upwards = party === server && !one ? "trustAbove" : "trust";
    along("request", own.request, signs.request, lane("request"), { file: party.request, from: party.name, to: party.signedBy.name });
    along("certificate", signs.certificate, own.certificate, lane("certificate"), { file: party.certificate, from: party.signedBy.name, to: party.name });
    along("trust", trusted.trust, own.trust, lane(upwards), { file: party.trusts.certificate, from: party.trusts.name, to: party.name });
  }
  return { parts, height: y - GAP + (more ? 30 : 2) };
}
