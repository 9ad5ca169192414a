// Bob's server from the guide "Using MTLS": it lets in who shows a client certificate from its CA, and greets them by the
// certificate's common name.
//
//   node app_bob.js [folder]               reads bob_server.key, bob_server.crt and the CA in the folder (default: this one)
//   node --tls-min-v1.3 app_bob.js         the same with TLS 1.3 only
//   PORT=3001 node app_bob.js              another port than 3000 (0: any free one)
//   CRL=ca.crl node app_bob.js             refuses who is on this revocation list of the CA (a file in the folder); where the CA has
//                                          CAs above itself, the file holds a list of each. It is read at the start
//
// The file is meant to be copied next to the PEM files, and there a package.json may say "module", "commonjs" or nothing.
// `import` fails under one of them and `require` under another, `process.getBuiltinModule` (Node 20.16 and later) under none.
const { X509Certificate } = process.getBuiltinModule("node:crypto");
const { existsSync, readFileSync } = process.getBuiltinModule("node:fs");
const { createServer } = process.getBuiltinModule("node:https");
const { join, resolve } = process.getBuiltinModule("node:path");
const { DEFAULT_MIN_VERSION } = process.getBuiltinModule("node:tls");

// What the codes of OpenSSL and Node mean to the person who reads the log. Any other code is shown as it is.
const REASONS = {
  ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE: "showed no certificate",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is not from the CA",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is not from the CA",
  UNABLE_TO_GET_ISSUER_CERT: "its certificate is not from the CA",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate is not from the CA",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate is not from the CA",
  CERT_SIGNATURE_FAILURE: "its certificate is not from the CA, only the names match",
  CERT_HAS_EXPIRED: "its certificate has expired",
  CERT_NOT_YET_VALID: "its certificate is not valid yet",
  CERT_REVOKED: "its certificate is revoked",
  CRL_HAS_EXPIRED: "the revocation list has run out, and lets nobody in until there is a new one",
  CRL_NOT_YET_VALID: "the revocation list is not valid yet",
  CRL_SIGNATURE_FAILURE: "the revocation list is not from the CA, only the names match",
  UNABLE_TO_GET_CRL: "there is no revocation list of the CA that its certificate is from",
  INVALID_PURPOSE: "its certificate is not one for clients",
  ERR_SSL_UNSUPPORTED_PROTOCOL: "speaks only an older TLS",
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: "does not trust the CA of bob_server.crt",
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: "does not accept bob_server.crt",
  ERR_SSL_HTTP_REQUEST: "spoke plain http",
  ECONNRESET: "hung up during the handshake",
};

main(process.argv.slice(2), process.env.PORT || "3000", process.env.CRL);

function main(args, port, crl) {
  if (args.length > 1 || args[0]?.startsWith("-")) stop("use it as: node app_bob.js [folder]");
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) stop(`PORT is "${port}", but it must be a number from 0 to 65535.`);
  serve(readPems(resolve(args[0] ?? "."), crl), Number(port));
}

// Where the CAs are distinct, Bob trusts Amy's: her certificate is the one to be checked here, his own is for her to check.
function readPems(folder, list) {
  const authority = existsSync(join(folder, "amy_ca.crt")) ? "amy_ca.crt" : "ca.crt";
  const missing = [];
  const read = (name) => {
    try {
      return readFileSync(join(folder, name));
    } catch (error) {
      missing.push(error.code === "ENOENT" ? name : `${name} (${error.code})`);
    }
  };
  const pems = { key: read("bob_server.key"), cert: read("bob_server.crt"), ca: read(authority), authority };
  const lists = list ? read(list) : undefined;
  if (missing.length > 0) {
    stop(
      `can't read ${missing.join(", ")} in ${folder}: make the files with the page of mtls-certs, ` +
        "or with its examples/app_bob/make-certs.mjs, or name the folder where they are (node app_bob.js folder).",
    );
  }
  // Node takes an empty `ca` for none and then trusts the public CAs, so a CA file without a certificate must not get by.
  parseCertificate(pems.ca, join(folder, authority));
  const name = parseCertificate(pems.cert, join(folder, "bob_server.crt")).toLegacyObject().subject.CN;
  const crl = lists && splitLists(lists, join(folder, list));
  const passedOver = authority !== "ca.crt" && existsSync(join(folder, "ca.crt"));
  return { ...pems, crl, passedOver, host: typeof name === "string" && /^[\w.-]+$/.test(name) ? name : "localhost" };
}

function parseCertificate(pem, path) {
  try {
    return new X509Certificate(pem);
  } catch {
    return stop(`${path} holds no certificate in PEM form: make it again.`);
  }
}

// Node reads the first list of a text alone, so each goes by itself.
function splitLists(pem, path) {
  const lists = pem.toString().match(/^-----BEGIN X509 CRL-----$[^-]*^-----END X509 CRL-----$/gm);
  return lists ?? stop(`${path} holds no revocation list in PEM form: make it again.`);
}

function serve({ key, cert, ca, crl, authority, passedOver, host }, port) {
  let server;
  try {
    server = createServer({ key, cert, ca, crl, requestCert: true, rejectUnauthorized: true }, greet);
  } catch (error) {
    if (error.code === "ERR_CRYPTO_OPERATION_FAILED") stop("the revocation list can't be read: make it again.");
    stop(`bob_server.key and bob_server.crt can't be used together (${error.code}): make both again.`);
  }
  server.on("tlsClientError", (error, socket) => {
    // Where the chain fails, Node ends the connection as if it had been reset: the address is gone then, the reason stays.
    const code = socket.authorizationError || error.code;
    console.log(`refused ${socket.remoteAddress ?? "a client"}: ${REASONS[code] ?? code}`);
  });
  server.on("error", (error) => {
    if (error.code === "EADDRINUSE") stop(`port ${port} is taken: end the other program, or choose a port (PORT=3001).`);
    if (error.code === "EACCES") stop(`port ${port} may not be used by this user: choose one above 1023 (PORT=3001).`);
    throw error;
  });
  server.listen(port, () => {
    console.log(`Bob listens on https://${host}:${server.address().port} (${DEFAULT_MIN_VERSION} or later)`);
    console.log(`and lets in who shows a certificate from ${authority}${crl ? " that is not revoked" : ""}. Ctrl+C ends it.`);
    if (passedOver) console.log("There is a ca.crt too, which counts for nothing here: move amy_ca.crt away if it is the one that should.");
  });
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      server.close();
      // Not waiting for idle keep-alive connections and half-done handshakes: there is nothing to lose in them.
      process.exit(0);
    });
  }
}

function greet(request, response) {
  const name = commonName(request.socket.getPeerCertificate());
  // The address of the request is not logged: people put tokens into query strings.
  console.log(`let in ${request.socket.remoteAddress}: ${name}`);
  response.writeHead(200, { "content-type": "text/plain; charset=utf-8" });
  response.end(`Hello ${name}, your certificate let you in.\n`);
}

// A subject may hold several common names, or none, and the CA may have signed any characters.
function commonName(certificate) {
  const names = [certificate.subject?.CN ?? "client without a common name"].flat();
  return names.join(", ").replace(/\p{C}/gu, "?");
}

function stop(sentence) {
  console.error(`app_bob: ${sentence}`);
  process.exit(1);
}
