// The commands that try out what was made, right for one CA or distinct CAs and for the names chosen.

import { addressOf, PORT } from "./address.js";

/** Starting Bob: what the command does, the command, and a hint where there is something to know. */
export const START_BOB = [
  { about: "Start Bob, in the folder of the files.", command: "node app_bob.js", hint: `It reads the files by these names, and listens on port ${PORT}.` },
  { about: "Or with TLS 1.3 only.", command: "node --tls-min-v1.3 app_bob.js" },
];

/** curl as this client. */
export function curlCommand(server, client) {
  const { url, known, hostname } = addressOf(server.commonName);
  const resolve = known ? [] : ["--resolve", `${hostname}:${PORT}:127.0.0.1`];
  const words = ["curl", "--cacert", client.trusts.certificate, "--key", client.key, "--cert", client.certificate, ...resolve, url];
  return {
    about: `Call him as ${client.commonName}.`,
    command: words.map(quote).join(" "),
    hint: known ? "" : "--resolve takes the name for this machine. Leave it out where DNS or the hosts file knows the name.",
  };
}

/** A program for Node that calls Bob as this client. */
export function nodeProgram(server, client) {
  const { url, known, hostname } = addressOf(server.commonName);
  const read = (file) => `readFileSync(${JSON.stringify(file)})`;
  const called = known ? url : `https://127.0.0.1:${PORT}`;
  return [
    'import { readFileSync } from "node:fs";',
    'import { get } from "node:https";',
    "",
    `const options = {`,
    `  key: ${read(client.key)},`,
    `  cert: ${read(client.certificate)},`,
    `  ca: ${read(client.trusts.certificate)},`,
    // The name is checked though another address is called.
    ...(known ? [] : [`  servername: ${JSON.stringify(hostname)}, // this machine stands in for it`]),
    "};",
    `get(${JSON.stringify(called)}, options, (response) => response.pipe(process.stdout));`,
    "",
  ].join("\n");
}

/** The name that the program is saved under. */
export function nodeProgramName(client) {
  return `${client.name}.mjs`;
}

/** What a browser or system needs to be let in by Bob: whom to trust, and the client's PKCS#12 file. */
export function importSteps({ commonName, trusts, name }) {
  const nickname = quote(trusts.commonName);
  const [ca, p12] = [trusts.certificate, `${name}.p12`].map(quote);
  return [
    {
      where: "Chromium and Chrome on Linux",
      commands: [`certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n ${nickname} -i ${ca}`, `pk12util -d sql:$HOME/.pki/nssdb -i ${p12}`],
    },
    {
      where: "Chrome and Edge on Windows",
      commands: [`certutil -user -addstore Root ${ca}`, `certutil -user -importpfx ${p12}`],
    },
    {
      where: "Safari and Chrome on macOS",
      target: "apple",
      commands: [`security add-trusted-cert -k ~/Library/Keychains/login.keychain-db ${ca}`, `security import ${p12} -k ~/Library/Keychains/login.keychain-db`],
    },
    {
      where: "Firefox",
      words: [
        "Settings, Privacy & Security, View Certificates.",
        `Authorities, Import: ${trusts.certificate}, and tick “Trust this CA to identify websites”.`,
        `Your Certificates, Import: ${name}.p12, with its passphrase.`,
      ],
    },
    {
      where: "iPhone and iPad",
      target: "apple",
      words: [
        `Send ${trusts.certificate} and ${name}.p12 to the device (AirDrop, Files) and open each there.`,
        "Settings, General, VPN & Device Management: install both profiles; the second asks for the passphrase.",
        `Settings, General, About, Certificate Trust Settings: switch on ${trusts.commonName}.`,
      ],
    },
    {
      where: "Android",
      target: "android",
      words: [
        "Settings, Security & privacy, Encryption & credentials, Install a certificate.",
        `CA certificate: ${trusts.certificate}. VPN & app user certificate: ${name}.p12, with its passphrase.`,
        `Chrome then asks whether to show ${commonName}.`,
      ],
    },
    {
      where: "Java",
      target: "java",
      commands: [
        `keytool -importcert -noprompt -alias ca -file ${ca} -keystore trusted.p12 -storepass changeit`,
        `java -Djavax.net.ssl.keyStore=${p12} -Djavax.net.ssl.keyStorePassword="$PASSPHRASE" -Djavax.net.ssl.trustStore=trusted.p12 -Djavax.net.ssl.trustStorePassword=changeit Client.java`,
      ],
    },
  ];
}

// For a POSIX shell. Brackets are quoted too: zsh takes them for a pattern.
function quote(word) {
  return /^[\w.:/=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
