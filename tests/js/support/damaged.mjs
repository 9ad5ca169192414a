/** One PEM block, with one bit of its last octets changed: those are a signature's, and not what frames it. @param {string} pem */
export function damaged(pem) {
  const [, begin, base64, end] = /^(-----BEGIN.*\n)([^-]*)(-----END.*\n?)$/.exec(pem);
  const der = Buffer.from(base64, "base64");
  der[der.length - 8] ^= 1;
  return `${begin}${der.toString("base64").replace(/.{1,64}/g, "$&\n")}${end}`;
}
