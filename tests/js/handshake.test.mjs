// Real handshakes between Node's https server and client, over files that were just made.
import assert from "node:assert/strict";
import { once } from "node:events";
import https from "node:https";
import { test } from "node:test";
import { createMutualTls } from "../../pkg/index.js";

/** Serves one request with mutual TLS, and returns what the client got, or the error of either side. */
async function handshake({ server, client }) {
  const listening = https.createServer({ requestCert: true, rejectUnauthorized: true, ...server }, (request, response) => {
    response.end(request.socket.getPeerCertificate().subject.CN);
  });
  listening.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const refusal = once(listening, "tlsClientError").then(([error]) => error);
  try {
    const { port } = listening.address();
    const request = https.get({ host: "127.0.0.1", port, servername: "localhost", agent: false, ...client });
    const [response] = await once(request, "response");
    let text = "";
    for await (const part of response) text += part;
    return { text, protocol: response.socket.getProtocol?.() };
  } catch (error) {
    // In TLS 1.3 the client learns of a refusal only from the alert behind its own finish; the server knows the reason.
    const reason = await Promise.race([refusal, new Promise((resolve) => setTimeout(resolve, 200))]);
    return { error: error.code, reason: reason?.code };
  } finally {
    listening.closeAllConnections();
    listening.close();
  }
}

const credentials = (files, name) => ({ key: files[`${name}.key`], cert: files[`${name}.crt`] });

for (const algorithm of ["ecdsa-p256", "ecdsa-p384", "ed25519", "rsa-2048"]) {
  for (const protocol of ["TLSv1.2", "TLSv1.3"]) {
    test(`${algorithm} over ${protocol}`, async () => {
      const { files } = await createMutualTls({ algorithm });
      const only = { minVersion: protocol, maxVersion: protocol };
      const result = await handshake({
        server: { ...credentials(files, "bob_server"), ca: files["ca.crt"], ...only },
        client: { ...credentials(files, "amy_client"), ca: files["ca.crt"] },
      });
      assert.equal(result.text, "amy-client", JSON.stringify(result));
    });
  }
}

test("distinct authorities: each side trusts the other's, and crosswise is refused", async () => {
  const { files } = await createMutualTls({ authorities: "distinct" });
  const sides = (serverTrusts, clientTrusts) =>
    handshake({
      server: { ...credentials(files, "bob_server"), ca: files[serverTrusts] },
      client: { ...credentials(files, "amy_client"), ca: files[clientTrusts] },
    });
  assert.equal((await sides("amy_ca.crt", "bob_ca.crt")).text, "amy-client");
  assert.equal((await sides("bob_ca.crt", "bob_ca.crt")).text, undefined);
  assert.equal((await sides("amy_ca.crt", "amy_ca.crt")).error, "UNABLE_TO_VERIFY_LEAF_SIGNATURE");
});

test("no certificate, the server's own, and one of another authority are refused", async () => {
  const [{ files }, { files: others }] = [await createMutualTls(), await createMutualTls()];
  const server = { ...credentials(files, "bob_server"), ca: files["ca.crt"] };
  const attempt = (client) => handshake({ server, client: { ca: files["ca.crt"], ...client } });
  assert.equal((await attempt(credentials(files, "amy_client"))).text, "amy-client");
  for (const client of [{}, credentials(files, "bob_server"), credentials(others, "amy_client")]) {
    const result = await attempt(client);
    assert.equal(result.text, undefined);
    assert.ok(result.error, JSON.stringify(result));
  }
});

test("a client's certificate does not make a server", async () => {
  const { files } = await createMutualTls({ server: { altNames: [] }, clients: [{ commonName: "localhost.example", altNames: ["localhost"], name: "amy" }] });
  const result = await handshake({
    server: { ...credentials(files, "amy"), ca: files["ca.crt"] },
    client: { ...credentials(files, "amy"), ca: files["ca.crt"] },
  });
  assert.equal(result.error, "INVALID_PURPOSE", JSON.stringify(result));
});
