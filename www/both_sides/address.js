// Where Bob is called, from the name in his certificate.

export const PORT = 3000;

/** The host as it stands in a URL, the URL, and whether this machine knows the name without being told. */
export function addressOf(commonName) {
  const host = /^[^[].*:/.test(commonName) ? `[${commonName}]` : commonName.replace(/^\*\./, "www.").replace(/\.$/, "");
  // URL writes a name the way that it travels: Unicode as A-labels, an IPv6 address in brackets.
  const { hostname } = new URL(`https://${host}`);
  const isIp = /^[\d.]+$|^\[/.test(hostname);
  const known = isIp || hostname === "localhost" || hostname.endsWith(".localhost");
  return { hostname, url: `https://${hostname}:${PORT}`, known };
}
