// Compares what inspectAll tells with what tests/python/facts.py tells of the same file.

/** Names that inspect uses for what cryptography tells by OID; an OID that is not here is expected as it is. */
const SIGNATURE_ALGORITHMS = {
  "1.2.840.113549.1.1.4": "RSA with MD5",
  "1.2.840.113549.1.1.5": "RSA with SHA-1",
  "1.3.14.3.2.29": "RSA with SHA-1",
  "1.2.840.10040.4.3": "DSA with SHA-1",
  "1.2.840.113549.1.1.14": "RSA with SHA-224",
  "1.2.840.10045.4.3.1": "ECDSA with SHA-224",
  "1.3.101.113": "Ed448",
  "1.2.840.113549.1.1.10": "RSA-PSS",
  "1.2.840.113549.1.1.11": "RSA with SHA-256",
  "1.2.840.113549.1.1.12": "RSA with SHA-384",
  "1.2.840.113549.1.1.13": "RSA with SHA-512",
  "1.2.840.10045.4.1": "ECDSA with SHA-1",
  "1.2.840.10045.4.3.2": "ECDSA with SHA-256",
  "1.2.840.10045.4.3.3": "ECDSA with SHA-384",
  "1.2.840.10045.4.3.4": "ECDSA with SHA-512",
  "1.3.101.112": "Ed25519",
};
const CURVES = { secp256r1: "ecdsa-p256", secp384r1: "ecdsa-p384", secp521r1: "ecdsa-p521" };
const BITS = { secp256r1: 256, secp384r1: 384, secp521r1: 521 };
const EXTENDED_KEY_USAGES = {
  "2.5.29.37.0": "anyExtendedKeyUsage",
  "1.3.6.1.5.5.7.3.1": "serverAuth",
  "1.3.6.1.5.5.7.3.2": "clientAuth",
  "1.3.6.1.5.5.7.3.3": "codeSigning",
  "1.3.6.1.5.5.7.3.4": "emailProtection",
  "1.3.6.1.5.5.7.3.8": "timeStamping",
  "1.3.6.1.5.5.7.3.9": "OCSPSigning",
};
/** The attribute types that RFC 4514 section 3 gives a short name; both sides must use it. */
const SHORT_NAMES = new Set(["2.5.4.3", "2.5.4.7", "2.5.4.8", "2.5.4.10", "2.5.4.11", "2.5.4.6", "2.5.4.9", "0.9.2342.19200300.100.1.25", "0.9.2342.19200300.100.1.1"]);

/** What differs, one line each. `count` is told of each fact that cryptography could not read. */
export function differences(items, details, count) {
  if (items.length !== details.length) return [`${details.length} things were read, and there are ${items.length}`];
  return items.flatMap((item, index) => {
    const ours = details[index];
    const { algorithm = "" } = ours.publicKey ?? {};
    // What stands in a key in place of its curve's name is no name to print.
    if (!/^[\w.-]{0,40}$/.test(algorithm)) return [`publicKey.algorithm is neither a name nor an OID: ${shown(algorithm)}`];
    if (item.error) return [];
    if (item.kind !== ours.type) return [`read as ${ours.type}, and is a ${item.kind}`];
    const found = [];
    for (const [fact, [mine, theirs]] of Object.entries(FACTS[item.kind](ours, item))) {
      if (theirs?.error) count("facts that cryptography can't read");
      else if (!equal(mine, theirs)) found.push(`${fact}: ${shown(mine)}, and is ${shown(theirs)}`);
    }
    return found;
  });
}

/** For each kind, the pairs to compare, ours first. */
const FACTS = {
  certificate: (ours, theirs) => ({
    version: [ours.version, theirs.version],
    serialNumber: [serial(ours.serialNumber), serial(theirs.serialNumber)],
    ...name("subject", ours.subject, theirs.subject),
    ...name("issuer", ours.issuer, theirs.issuer),
    notBefore: [time(ours.notBefore), time(theirs.notBefore)],
    notAfter: [time(ours.notAfter), time(theirs.notAfter)],
    ...publicKey(ours.publicKey, theirs.publicKey),
    signatureAlgorithm: [ours.signatureAlgorithm, signatureAlgorithm(theirs.signatureAlgorithm)],
    sha256: [hex(ours.fingerprints.sha256), theirs.sha256],
    ...extensions(ours, theirs.extensions),
  }),
  request: (ours, theirs) => ({
    ...name("subject", ours.subject, theirs.subject),
    ...publicKey(ours.publicKey, theirs.publicKey),
    signatureAlgorithm: [ours.signatureAlgorithm, signatureAlgorithm(theirs.signatureAlgorithm)],
    signatureValid: [ours.signatureValid, isVerified(theirs.publicKey, ours.publicKey) ? theirs.signatureValid : undefined],
    attributes: [ours.attributes.map(({ oid, text }) => [oid, text]), theirs.attributes.error ? theirs.attributes : theirs.attributes.filter(([oid]) => oid !== EXTENSION_REQUEST).map(([oid, text]) => [oid, text ?? ANY])],
    ...extensions(ours, theirs.extensions),
  }),
  crl: (ours, theirs) => ({
    ...name("issuer", ours.issuer, theirs.issuer),
    thisUpdate: [time(ours.thisUpdate), time(theirs.thisUpdate)],
    nextUpdate: [time(ours.nextUpdate), time(theirs.nextUpdate)],
    signatureAlgorithm: [ours.signatureAlgorithm, signatureAlgorithm(theirs.signatureAlgorithm)],
    sha256: [hex(ours.fingerprints.sha256), theirs.sha256],
    extensions: [ours.extensions.map(({ oid, critical }) => [oid, critical]), theirs.extensions.error ? theirs.extensions : theirs.extensions.all],
    crlNumber: [serial(ours.crlNumber), theirs.extensions.error ? theirs.extensions : theirs.extensions.crlNumber],
    authorityKeyIdentifier: [hex(ours.authorityKeyIdentifier), theirs.extensions.error ? theirs.extensions : (theirs.extensions.authorityKeyIdentifier ?? undefined)],
    revoked: [ours.revoked.length, theirs.revoked.error ? theirs.revoked : theirs.revoked.length],
    ...Object.fromEntries((theirs.revoked.error ? [] : theirs.revoked).flatMap((entry, index) => revoked(ours.revoked[index], entry, index))),
  }),
  privateKey: (ours, theirs) => publicKey(ours.publicKey, theirs.publicKey),
  publicKey: (ours, theirs) => publicKey(ours.publicKey, theirs.publicKey),
};

function name(what, ours, theirs) {
  if (theirs.error) return { [what]: [undefined, theirs] };
  // What is no text (a BIT STRING) is shown in hexadecimal, with or without its header in front.
  const text = ({ oid, value }, index) => {
    const octets = theirs.attributes[index]?.[1].hex;
    return [oid, octets && hex(value).endsWith(octets) ? octets : value];
  };
  const pairs = { [`${what}.attributes`]: [ours.attributes.map(text), theirs.attributes.map(([oid, value]) => [oid, value.hex ?? value])] };
  // A type without a name is written by its OID, and its value as RFC 4514 or as cryptography will.
  if (theirs.attributes.every(([oid]) => SHORT_NAMES.has(oid))) pairs[`${what}.text`] = [ours.text, theirs.text];
  return pairs;
}

function publicKey(ours, theirs) {
  const pairs = { "publicKey.sha256": [ours && hex(ours.sha256), theirs.sha256] };
  const bits = theirs.bits ?? BITS[theirs.curve];
  if (bits && !theirs.pss && !theirs.speltOut) pairs["publicKey.bits"] = [ours?.bits, bits];
  const algorithm = theirs.error ? theirs : algorithmOf(theirs);
  if (algorithm) pairs["publicKey.algorithm"] = [ours?.algorithm, algorithm];
  return pairs;
}

/** Nothing for algorithms that have neither one name in use nor a place here: there the hash of the key has to do. */
function algorithmOf({ type, bits, curve, pss, speltOut }) {
  if (pss || speltOut) return undefined;
  if (type === "RSA") return `rsa-${bits}`;
  if (type === "EC") return CURVES[curve];
  return type === "Ed25519" ? "ed25519" : undefined;
}

function extensions(ours, theirs) {
  if (theirs.error) return { extensions: [undefined, theirs] };
  const pairs = { extensions: [ours.extensions.map(({ oid, critical }) => [oid, critical]), theirs.all] };
  const { altNames } = theirs;
  pairs.altNames = [ours.altNames.map(altName), altNames?.error ? altNames : (altNames ?? []).map(comparable)];
  const { nameConstraints } = theirs;
  if (nameConstraints?.error) pairs.nameConstraints = [undefined, nameConstraints];
  else for (const which of ["permitted", "excluded"]) pairs[`nameConstraints.${which}`] = [(ours.nameConstraints?.[which] ?? []).map(altName), (nameConstraints?.[which] ?? []).map(comparable)];
  pairs.crlDistributionPoints = [ours.crlDistributionPoints ?? [], theirs.crlDistributionPoints ?? []];
  pairs.authorityInfoAccess = [[ours.authorityInfoAccess?.ocsp ?? [], ours.authorityInfoAccess?.caIssuers ?? []], [theirs.ocsp ?? [], theirs.caIssuers ?? []]];
  pairs.certificatePolicies = [(ours.certificatePolicies ?? []).map(({ oid, cps }) => [oid, cps]), theirs.certificatePolicies ?? []];
  pairs.keyUsage = [ours.keyUsage.toSorted(), (theirs.keyUsage ?? []).toSorted()];
  pairs.extendedKeyUsage = [ours.extendedKeyUsage.toSorted(), (theirs.extendedKeyUsage ?? []).map((oid) => EXTENDED_KEY_USAGES[oid] ?? oid).toSorted()];
  const constraints = (one) => one && [one.ca, one.pathLength ?? null];
  pairs.basicConstraints = [constraints(ours.basicConstraints), constraints(theirs.basicConstraints)];
  pairs.subjectKeyIdentifier = [hex(ours.subjectKeyIdentifier), theirs.subjectKeyIdentifier];
  pairs.authorityKeyIdentifier = [hex(ours.authorityKeyIdentifier), theirs.authorityKeyIdentifier ?? undefined];
  return pairs;
}

/** Whether signatures with such a key are verified here; of others, nothing is known. */
function isVerified({ type, bits }, { algorithm }) {
  return type === "RSA" ? bits >= 2048 : type === "Ed25519" || ["ecdsa-p256", "ecdsa-p384"].includes(algorithm);
}

/** Told of as extensions instead. */
const EXTENSION_REQUEST = "1.2.840.113549.1.9.14";
const UPN = "1.3.6.1.4.1.311.20.2.3";

/** One of inspect's alternative names as facts.py writes it. */
function altName(name) {
  const [kind, value] = Object.entries(name)[0];
  if (kind === "ip") return { ip: value.includes("/") ? value : packed(value) };
  if (kind === "otherName") return { otherName: value.oid, value: hex(value.value) };
  // A UTF8String (tag 12), shorter than 128 octets here.
  if (kind === "upn") return { otherName: UPN, value: Buffer.from([12, Buffer.byteLength(value), ...Buffer.from(value)]).toString("hex") };
  return { [kind]: value };
}

/** What both write alike: a directory name's text only where all of its types have short names. */
function comparable(name) {
  if (!name.directoryName) return name;
  return { directoryName: name.directoryName.attributes.every(([oid]) => SHORT_NAMES.has(oid)) ? name.directoryName.text : ANY };
}

/** Equal to whatever stands in its place. */
const ANY = "(any)";

function equal(mine, theirs) {
  if (theirs === ANY) return true;
  if (Array.isArray(theirs)) return Array.isArray(mine) && mine.length === theirs.length && theirs.every((one, index) => equal(mine[index], one));
  if (theirs && typeof theirs === "object") {
    return Boolean(mine) && typeof mine === "object" && equal(Object.keys(mine), Object.keys(theirs)) && Object.keys(theirs).every((key) => equal(mine[key], theirs[key]));
  }
  return mine === theirs;
}

/** An IP address as the hexadecimal of its octets. */
function packed(text) {
  if (!text.includes(":")) return text.split(".").map((octet) => Number(octet).toString(16).padStart(2, "0")).join("");
  const [head, tail] = text.split("::").map((half) => half.split(":").filter(Boolean));
  const groups = tail ? [...head, ...Array(8 - head.length - tail.length).fill("0"), ...tail] : head;
  return groups.map((group) => group.padStart(4, "0")).join("");
}

function revoked(ours, theirs, index) {
  return [
    [`revoked[${index}].serialNumber`, [serial(ours?.serialNumber), serial(theirs.serialNumber)]],
    [`revoked[${index}].date`, [time(ours?.date), time(theirs.date)]],
    [`revoked[${index}].reason`, [ours?.reason ?? null, theirs.reason]],
  ];
}

const signatureAlgorithm = (oid) => (oid.error ? oid : (SIGNATURE_ALGORITHMS[oid] ?? oid));
const hex = (text) => text?.replaceAll(":", "").toLowerCase();
/** Pairs of digits on our side, a number on theirs. */
const serial = (text) => (text?.error ? text : text?.toLowerCase().replace(/^(-?)0+(?=.)/, "$1"));
const time = (date) => (date?.error ? date : date ? new Date(date).toISOString() : null);
const shown = (fact) => (JSON.stringify(fact) ?? "nothing").slice(0, 300);
