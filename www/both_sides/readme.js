// The README of the .zip: what each file is, and the exact commands.

import { addressOf } from "./address.js";
import { curlCommand, importSteps, nodeProgramName, START_BOB } from "./commands.js";

/** Plain text. `imports` are the PKCS#12 files: their client, name and passphrase. */
export function readme({ authorities, server, clients }, imports) {
  const { url } = addressOf(server.commonName);
  const keys = [...authorities, server, ...clients].map(({ key }) => key).join(", ");
  return `${[
    "Mutual TLS, ready to run (made with mtls-certs)",
    "===============================================",
    "",
    `Keep to yourself: ${keys}, the .p12 files, and this text, which has their passphrases.`,
    "",
    "Bob, the server",
    "---------------",
    ...START_BOB.map(({ about, command }) => `${about}\n\n    ${command}\n`),
    `He serves with ${server.key} and ${server.certificate}, and lets in whom ${server.trusts.certificate} vouches for.`,
    "",
    ...clients.flatMap((client) => section(client, server, imports.find((made) => made.client === client), url)),
    "The requests (.csr) have done their work: they went to the CA, which answered with the certificates.",
    `Who holds ${authorities.map(({ key }) => key).join(" or ")} can sign more: keep it offline.`,
  ].join("\n")}\n`;
}

function section(client, server, imported, url) {
  const { about, command, hint } = curlCommand(server, client);
  const heading = `${client.title}: ${client.commonName}`;
  return [
    heading,
    "-".repeat(heading.length),
    about,
    "",
    `    ${command}`,
    "",
    ...(hint ? [hint, ""] : []),
    "The same with Node.",
    "",
    `    node ${nodeProgramName(client)}`,
    "",
    ...(imported
      ? [
          `In a browser: trust ${client.trusts.certificate}, import ${imported.name} with the passphrase`,
          "",
          `    ${imported.passphrase}`,
          "",
          `and open ${url}. With Chromium on Linux:`,
          "",
          ...importSteps(client)[0].commands.map((line) => `    ${line}`),
          "",
        ]
      : []),
  ];
}
