// Names with values of a type that OpenSSL and Node read in no name: neither taken from a request, nor accepted in a certificate.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { sign, X509Certificate } from "node:crypto";
import { devNull } from "node:os";
import { test } from "node:test";
import { createAuthority, createRequest, generateKeyPair, issueCertificate, verifyCertificate } from "../../pkg/index.js";

const NAME = "visible-name";
const PRINTABLE_STRING = 0x13;
const VISIBLE_STRING = 0x1a;
const INTEGER = 0x02;

/** DER of PEM with NAME of another type, signed anew (ECDSA, SHA-256). */
function retyped(pem, tag, privateKey) {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ""), "base64");
  der[der.indexOf(NAME) - 2] = tag;
  const [toBeSigned, algorithm] = children(der);
  const signature = sign("sha256", toBeSigned, privateKey);
  return element(0x30, toBeSigned, algorithm, element(0x03, Buffer.of(0), signature));
}

function children(der) {
  const found = [];
  let at = der.length - contentLength(der);
  while (at < der.length) {
    const rest = der.subarray(at);
    const end = headerLength(rest) + contentLength(rest);
    found.push(rest.subarray(0, end));
    at += end;
  }
  return found;
}

const headerLength = (der) => (der[1] < 0x80 ? 2 : 2 + (der[1] & 0x7f));
const contentLength = (der) => (der[1] < 0x80 ? der[1] : der.readUIntBE(2, der[1] & 0x7f));

function element(tag, ...parts) {
  const content = Buffer.concat(parts);
  const length = content.length < 0x80 ? Buffer.of(content.length) : Buffer.of(0x82, content.length >> 8, content.length & 0xff);
  return Buffer.concat([Buffer.of(tag), length, content]);
}

const opensslReads = (input) => {
  try {
    execFileSync("openssl", ["req", "-inform", "DER", "-noout", "-verify"], { input, stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
};

test("a request whose subject is of such a type is refused, as by openssl", async () => {
  const authority = await createAuthority({ subject: "CN=ca" });
  const { privateKey } = await generateKeyPair();
  const { request } = await createRequest({ subject: { commonName: NAME }, profile: "client", privateKey });
  const good = retyped(request, PRINTABLE_STRING, privateKey);
  assert.ok(opensslReads(good));
  const { certificate } = await issueCertificate({ request: good, authority });
  assert.equal(new X509Certificate(certificate).subject, `CN=${NAME}`);
  for (const tag of [VISIBLE_STRING, INTEGER]) {
    const bad = retyped(request, tag, privateKey);
    assert.ok(!opensslReads(bad));
    await assert.rejects(issueCertificate({ request: bad, authority }), { code: "ERR_INVALID_REQUEST", field: "request", message: /of a type that no name has/ });
  }
  await assert.rejects(createRequest({ subject: "CN=#1A0161", privateKey }), { code: "ERR_INVALID_SUBJECT", field: "subject", message: /of a type that OpenSSL reads in no name/ });
  await assert.rejects(createRequest({ subject: "2.5.4.45=#020105", privateKey }), { code: "ERR_INVALID_SUBJECT" });
  assert.ok(await createRequest({ subject: "CN=#130161", privateKey }));
});

test("a certificate with such a subject is not accepted, and Node can't load it", async () => {
  const authority = await createAuthority({ subject: "CN=ca" });
  const { privateKey } = await generateKeyPair();
  const { request } = await createRequest({ subject: { commonName: NAME }, profile: "client", altNames: ["amy.example"], privateKey });
  const { certificate } = await issueCertificate({ request, authority, altNames: ["amy.example"] });
  const verdict = (der) => verifyCertificate({ certificate: der, trusted: authority.certificate, purpose: "client" });
  const good = retyped(certificate, PRINTABLE_STRING, authority.privateKey);
  assert.ok(new X509Certificate(good) && (await verdict(good)).ok);
  const bad = retyped(certificate, VISIBLE_STRING, authority.privateKey);
  assert.throws(() => new X509Certificate(bad));
  assert.deepEqual((await verdict(bad)).reasons.map(({ code }) => code), ["malformed"]);
});

test("of a request's names, the one that can't be taken is told", async () => {
  const authority = await createAuthority({ subject: "CN=ca" });
  const request = execFileSync("openssl", ["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", devNull, "-subj", "/CN=host.example", "-addext", "subjectAltName=DNS:good.example,DNS:my host.example"], { encoding: "utf8", stdio: "pipe" });
  await assert.rejects(issueCertificate({ request, authority, profile: "server" }), { code: "ERR_INVALID_ALT_NAME", field: "request", message: /^request: asks for the name `my host.example`, which is no host name: it holds a space; or give altNames instead$/ });
  const { details } = await issueCertificate({ request, authority, profile: "server", altNames: ["good.example"] });
  assert.deepEqual(details.altNames, [{ dns: "good.example" }]);
});
