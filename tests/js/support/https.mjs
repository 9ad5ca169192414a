// One request over mutual TLS to a Node server, as it went for the client and as the server saw it.
import { once } from "node:events";
import https from "node:https";

/** A server that greets its clients by their common name, and lets in only those that it trusts. */
export async function listen(options) {
  const listening = https.createServer({ requestCert: true, rejectUnauthorized: true, ...options }, (request, response) => {
    response.end(request.socket.getPeerCertificate().subject.CN);
  });
  listening.listen(0, "127.0.0.1");
  await once(listening, "listening");
  return listening;
}

/** `{ text }`, or the error of the client and the reason of the server. */
export async function ask(listening, client) {
  const refusal = once(listening, "tlsClientError").then(([error, socket]) => socket.authorizationError ?? error.code);
  try {
    const { port } = listening.address();
    const request = https.get({ host: "127.0.0.1", port, servername: "localhost", agent: false, ...client });
    const [response] = await once(request, "response");
    let text = "";
    for await (const part of response) text += part;
    return { text, certificate: response.socket.getPeerCertificate?.()?.serialNumber };
  } catch (error) {
    // In TLS 1.3 the client learns of a refusal only from the alert behind its own finish; the server knows the reason.
    const reason = await Promise.race([refusal, new Promise((resolve) => setTimeout(resolve, 500))]);
    return { error: error.code, reason };
  }
}

/** One server for one request. */
export async function attempt(server, client) {
  const listening = await listen(server);
  try {
    return await ask(listening, client);
  } finally {
    listening.closeAllConnections();
    listening.close();
  }
}
