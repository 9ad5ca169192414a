// A content security policy, directive by directive, in words.

const DIRECTIVES = {
  "default-src": () => "Nothing is allowed but what follows.",
  "script-src": (sources) => `${own("Scripts", sources)}${sources.includes("'wasm-unsafe-eval'") ? ", and the WebAssembly that they bring" : ""}. None that somebody slips in.`,
  "style-src": (sources) => `${own("Styles", sources)}.`,
  "connect-src": (sources) => (sources.join() === "'self'" ? "Connections to where the page came from, for its own files; to nobody else." : `Connections to ${sources.join(", ")}.`),
  "worker-src": (sources) => (sources.join() === "blob:" ? "Work in the background, with the script of this file." : `${own("Work in the background", sources)}.`),
  "img-src": (sources) => (sources.includes("'self'") ? "Pictures from the page’s own files, or drawn in it." : "Pictures that are drawn in the file."),
  "base-uri": () => "Nothing can change what its links mean.",
  "form-action": () => "No form can send anything anywhere.",
};

/** Each directive as it stands, with what it means. */
export function explained(policy) {
  const directives = policy.split(";").map((one) => one.trim()).filter(Boolean);
  const said = directives.map((directive) => {
    const [name, ...sources] = directive.split(/\s+/);
    return { directive, words: DIRECTIVES[name]?.(sources) ?? "" };
  });
  if (!directives.some((one) => one.startsWith("connect-src"))) said.push({ directive: "no connect-src", words: "So the first one holds: no connection to anyone." });
  return said;
}

function own(what, sources) {
  if (sources.some((source) => source.startsWith("'sha256-"))) return `${what}: the one in this file, by its hash`;
  return sources.includes("'self'") ? `${what} from the page’s own files` : `${what} from ${sources.join(", ")}`;
}
