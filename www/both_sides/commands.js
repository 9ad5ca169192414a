// The commands that try out what was made, right for one CA or distinct CAs and for the names chosen.

const RESOLVE_HINT =
  "--resolve takes the name for this machine. Leave it out where DNS or the hosts file knows the name.";

/** Steps in order: what the command does, the command, and a hint where there is something to know. */
export function commands({ authorities, server, clients }) {
  const ca = authorities === "one" ? "ca.crt" : "bob_ca.crt";
  const { url, resolve } = address(server.commonName);
  return [
    {
      about:
        "Put the files and app_bob.js (from examples/app_bob of this project) into one folder, " +
        "and keep the keys to yourself.",
      command: "chmod 600 *.key",
    },
    { about: "Start Bob.", command: "node app_bob.js", hint: "It reads the files by these names, and listens on port 3000." },
    { about: "Or start him with TLS 1.3 only.", command: "node --tls-min-v1.3 app_bob.js" },
    ...clients.map(({ commonName, name }, index) => ({
      about: `In a second terminal, call him as ${commonName}.`,
      command: ["curl", "--cacert", ca, "--key", `${name}.key`, "--cert", `${name}.crt`, ...resolve, url].map(quote).join(" "),
      hint: resolve.length > 0 && index === 0 ? RESOLVE_HINT : "",
    })),
  ];
}

// URL writes a name the way that it travels: Unicode as A-labels, an IPv6 address in brackets.
function address(name) {
  const host = /^[^[].*:/.test(name) ? `[${name}]` : name.replace(/^\*\./, "www.").replace(/\.$/, "");
  const { hostname } = new URL(`https://${host}`);
  const known = hostname === "localhost" || hostname.endsWith(".localhost") || /^[\d.]+$|^\[/.test(hostname);
  return { url: `https://${hostname}:3000`, resolve: known ? [] : ["--resolve", `${hostname}:3000:127.0.0.1`] };
}

// For a POSIX shell. Brackets are quoted too: zsh takes them for a pattern.
function quote(word) {
  return /^[\w.:/=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
