// "Run it": the commands, as the client that is chosen.

import { copyable } from "../shared/copy.js";
import { element } from "../shared/dom.js";
import { addressOf } from "./address.js";
import { curlCommand, importSteps, nodeProgram, nodeProgramName, START_BOB } from "./commands.js";

export function runIt({ server, clients }) {
  const as = element("div");
  const show = (client) => as.replaceChildren(...asClient(server, client));
  const chosen = element("select", { id: "run-as" }, ...clients.map((client, index) => element("option", { value: index, textContent: toldApart(client, clients) })));
  chosen.addEventListener("change", () => show(clients[chosen.value]));
  show(clients[0]);
  const which = element("p", { className: "run-as" }, element("label", { htmlFor: "run-as", textContent: "Call him as" }), chosen);
  return element(
    "section",
    { className: "run panel", "aria-labelledby": "run-title" },
    element("h2", { id: "run-title", textContent: "Run it" }),
    element("p", { className: "party-about" }, "The .zip has all of this, app_bob.js too. Unpack it, and open two terminals in the folder."),
    element("h3", { textContent: "Bob" }),
    ...START_BOB.map(step),
    ...(clients.length > 1 ? [which] : []),
    as,
  );
}

/** By the common name, and by the files too where two clients have the same one. */
function toldApart({ commonName, name }, clients) {
  const alone = clients.filter((other) => other.commonName === commonName).length === 1;
  return alone ? commonName : `${commonName} (${name})`;
}

function asClient(server, client) {
  return [
    element("h3", { textContent: "With curl" }),
    step(curlCommand(server, client)),
    element("h3", { textContent: "With Node" }),
    step({ about: `Run ${nodeProgramName(client)}, which is in the .zip.`, command: `node ${nodeProgramName(client)}` }),
    element(
      "details",
      {},
      element("summary", { textContent: nodeProgramName(client) }),
      copyable(nodeProgram(server, client), nodeProgramName(client)),
    ),
    element("h3", { textContent: "In a browser" }),
    element("p", {}, "Import ", code(client.trusts.certificate), " as an authority, and ", code(`${client.name}.p12`), " with its passphrase as yours. Then open ", code(addressOf(server.commonName).url), ", and the browser asks which certificate to show."),
    ...importSteps(client).map((place) => importPlace(place, client)),
  ];
}

function step({ about, command, hint }) {
  return element(
    "div",
    { className: "command" },
    element("p", { textContent: about }),
    copyable(command, "the command"),
    ...(hint ? [element("p", { className: "hint", textContent: hint })] : []),
  );
}

const TARGETS = { apple: "“iPhone, iPad or Mac”", android: "“Android”", java: "“Java”" };

function importPlace({ where, target, commands = [], words = [] }, client) {
  const first = target ? [element("p", { className: "hint" }, `Make ${client.name}.p12 for ${TARGETS[target]} above.`)] : [];
  return element(
    "details",
    {},
    element("summary", { textContent: where }),
    ...first,
    ...commands.map((command) => copyable(command, "the command")),
    ...(words.length > 0 ? [element("ol", { className: "words" }, ...words.map((textContent) => element("li", { textContent })))] : []),
  );
}

function code(textContent) {
  return element("code", { textContent });
}
