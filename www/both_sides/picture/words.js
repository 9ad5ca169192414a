// The picture in words, for who can't see it, and for who would rather read.

/** Sentences, in the order in which things happen. */
export function inWords({ authorities, server, clients }) {
  const everyone = [server, ...clients];
  return [
    ...[...authorities, ...everyone].map(({ title, commonName, key }) => `${title} (${commonName}) keeps ${key}, which never leaves.`),
    ...everyone.map(({ role, request, signedBy, certificate }) => `${role} sends ${request} to ${theCa(signedBy)}, who signs it and sends back ${certificate}.`),
    ...everyone.map(({ role, trusts }) => `${role} gets ${trusts.certificate} of ${theCa(trusts)} as ca: whoever shows a certificate signed by it is trusted.`),
  ];
}

function theCa({ role }) {
  return role === "CA" ? "the CA" : role;
}
